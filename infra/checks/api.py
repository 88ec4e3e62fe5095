"""Does the API answer as its description says? Starts the twin given and asks it, by schemathesis.toml beside this."""

import json
import os
import pathlib
import re
import subprocess
import sys
import urllib.request


def ask(url: str, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def address(twin: subprocess.Popen) -> str:
    """Where it listens, which it says first."""
    said = []
    for line in twin.stdout:
        said.append(line)
        if found := re.search(r"http://localhost:\d+", line):
            return found[0]
    sys.exit(f"the twin did not start: {''.join(said)}")


def check(twin: subprocess.Popen) -> None:
    url = address(twin)
    token = ask(f"{url}/twin/token?name=fay@northgate.example&role=final")["token"]
    # One that is there, so that not every question ends at one that is not.
    complaint = ask(f"{url}/complaints", {"email": "ann@example.com", "description": "It rattles."})
    here = pathlib.Path(__file__).parent
    subprocess.run(
        [
            pathlib.Path(sys.executable).with_name("schemathesis"),
            *("--config-file", here / "schemathesis.toml"),
            *("run", f"{url}/openapi.json"),
            *("--header", f"Authorization: Bearer {token}"),
        ],
        check=True,
        env={**os.environ, "COMPLAINT": complaint["reference"]},
    )
    # What was posted went all its ways meanwhile: nothing may lie where what failed ends up.
    full = [queue for queue in ask(f"{url}/twin/queues") if queue["messages"]]
    if full:
        sys.exit(f"these could not be done: {json.dumps(full, indent=2)}")


if __name__ == "__main__":
    command = [sys.argv[1], "--memory", "--port", "0", "--start", "2026-10-05T08:00:00Z"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as twin:
        try:
            check(twin)
        except subprocess.CalledProcessError as failed:
            sys.exit(failed.returncode)
        finally:
            twin.terminate()
            twin.communicate()

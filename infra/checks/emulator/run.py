"""Runs the stories that need no clock, and the scenarios with one fault, where the template is deployed into an emulator.

run.py BINARIES [FILTER…] : the folder that cargo-lambda has filled; all of both, or what `cargo test` finds by these.
There are as many deployments side by side as there are processors, since each mostly waits; each does its share, one
test after another. Everything listens on loopback and ends with this.
"""

import concurrent.futures
import contextlib
import json
import os
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

import deployment
import libfaketime

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parents[2]
# Stories that hold the twin itself in their hands, its clock above all: one name a line.
TWIN_ONLY = ROOT / "tests/journeys/stories/twin_only.txt"
PATIENCE = 60
COMMAND = ["cargo", "test", "--locked", "--workspace", "--test", "journeys", "--"]


def free_ports(count):
    with contextlib.ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


@contextlib.contextmanager
def running(command, log, probe, environment):
    """A process that answers at `probe`, until the end."""
    with open(log, "w", encoding="utf-8") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, env=os.environ | environment)
    try:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                with urllib.request.urlopen(probe, timeout=5):
                    break
            except OSError:
                if process.poll() is not None or time.monotonic() > deadline:
                    sys.exit(f"{command} does not answer: {log.read_text()[-2000:]}")
                time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait()


def preload():
    """The library that moves the functions' clocks."""
    found = sorted(pathlib.Path(libfaketime.__file__).parent.rglob("libfaketime.so.1"))
    if not found:
        sys.exit("libfaketime is not there as it was expected")
    return str(found[0])


def deploy(endpoint, document, steps, binaries, clock, issuer):
    """The physical names of what was deployed, by the names in the template."""
    address = f"http://127.0.0.1:{issuer}/twin/issuer"
    told = {"STAFF_ISSUER": address, "STAFF_SIGN_IN": address, "STAFF_AUDIENCE": "local-staff"}
    more = {"LD_PRELOAD": preload(), "FAKETIME_TIMESTAMP_FILE": str(clock), "AWS_ENDPOINT_URL_S3": endpoint}
    document = deployment.adapted(document, steps, told, more)
    deployment.upload(endpoint, steps, binaries)
    physical = deployment.create(endpoint, document)
    routes = deployment.routes(endpoint, document, physical)
    print(f"Deployed: {len(physical)} resources, {len(steps)} of them functions, and {routes} routes.")
    return physical


def listed(*filters):
    """The names of the tests that these find, of those that a deployment is for."""
    skipped = [argument for name in twin_only() for argument in ("--skip", f"stories::{name}")]
    command = [*COMMAND, *filters, *skipped, "--list"]
    said = subprocess.run(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, check=True).stdout
    return re.findall(r"^(.+): test$", said, re.MULTILINE)


def twin_only():
    lines = TWIN_ONLY.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def tests(place, names):
    """Runs these tests in a deployment, one after another; whether all of them were run and passed."""
    environment = {
        "DESK_DEPLOYED": str(place),
        "AWS_REGION": deployment.REGION,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
    }
    process = subprocess.Popen(
        [*COMMAND, "--exact", "--include-ignored", "--test-threads=1", *names],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | environment,
    )
    passed = None
    for line in process.stdout:
        print(line, end="", flush=True)
        if found := re.match(r"test result: ok\. (\d+) passed", line):
            passed = int(found[1])
    return process.wait() == 0 and passed == len(names)


def run_share(binaries, names, ports):
    """Runs these tests in a deployment of their own; says how many scenarios were played."""
    document, steps = deployment.transformed(ROOT / "infra/template.yaml")
    emulator, proxy, issuer = ports
    endpoint, faults = f"http://127.0.0.1:{emulator}", f"http://127.0.0.1:{proxy}"
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        clock, mails, played, place = (folder / name for name in ("clock", "mails", "played", "place.json"))
        clock.write_text("2026-10-05 08:00:00\n")
        mails.touch()
        played.touch()
        cloud = {
            # The functions' way to the emulator leads through the proxy that makes the faults; but not to its buckets,
            # since links are signed for the host that they name.
            "AWS_ENDPOINT_URL": faults,
            "BIND_HOST": "127.0.0.1",
            "DESK_MAILS": str(mails),
            "DESK_SCANNED": deployment.scanned(document),
            "FAKETIME_TIMESTAMP_FILE": str(clock),
            "GATEWAY_PORT": str(emulator),
            "LAMBDA_WARM_TTL_SECONDS": "3600",
            "LOG_LEVEL": "WARNING",
            "MINISTACK_REGION": deployment.REGION,
            "TMPDIR": str(folder),
        }
        proxied = [sys.executable, HERE / "proxy.py"]
        proxied += ["--upstream", endpoint, "--host", "127.0.0.1", "--port", str(proxy)]
        with (
            running([sys.executable, HERE / "cloud.py"], folder / "cloud.log", f"{endpoint}/quiet", cloud),
            running(proxied, folder / "proxy.log", f"{faults}/_microburst/health", {}),
        ):
            try:
                physical = deploy(endpoint, document, steps, binaries, clock, issuer)
                deployment.warm(faults)
                named = {step: physical[function] for function, step in steps.items()}
                where = {
                    "endpoint": endpoint,
                    "faults": faults,
                    "issuer_port": issuer,
                    "host": deployment.DOMAIN,
                    "mails": str(mails),
                    "scenarios": str(played),
                    "clock": str(clock),
                    "table": physical["Table"],
                    "functions": named,
                }
                place.write_text(json.dumps(where))
                if not tests(place, names):
                    sys.exit("not all of them pass in the deployment")
            except BaseException:
                print((folder / "cloud.log").read_text(encoding="utf-8")[-4000:], file=sys.stderr)
                raise
        return len(set(played.read_text(encoding="utf-8").splitlines()))


def main(binaries, *filters):
    names = listed(*filters) if filters else listed("stories::") + listed("deployed::", "--ignored")
    if not names:
        sys.exit("no test is called so")
    count = min(os.cpu_count() or 1, len(names))
    # Neighbours take about as long as each other, so each gets its part of them.
    shares = [names[first::count] for first in range(count)]
    # All at once, so that none is given twice.
    ports = free_ports(3 * count)
    with concurrent.futures.ThreadPoolExecutor(count) as pool:
        runs = [pool.submit(run_share, binaries, share, ports[3 * at : 3 * at + 3]) for at, share in enumerate(shares)]
        scenarios = sum(run.result() for run in runs)
    if not filters and not scenarios:
        sys.exit("no scenario was played")
    stories = sum(name.startswith("stories::") for name in names)
    print(f"In the deployment: {stories} stories and {scenarios} scenarios.")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]).resolve(), *sys.argv[2:])

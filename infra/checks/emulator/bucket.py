"""The emulator's S3, with what the stories need and it does not do.

- It goes by the machine's clock when it looks at links and forms. Here it goes by the functions'.
- It tells the bus of what has arrived somewhat later. Here at once, so that `GET /quiet` knows of all that follows.
- Nobody scans what arrives. Here it is scanned as in the twin (see README), and the bus is told as by GuardDuty.
"""

import datetime
import json
import os
import pathlib
import types

from ministack.core import sigv4
from ministack.services import eventbridge, s3

CLOCK = pathlib.Path(os.environ["FAKETIME_TIMESTAMP_FILE"])
# Whose objects are scanned: a bucket, and what keys begin with.
BUCKET, PREFIX = os.environ["DESK_SCANNED"].split("/", 1)
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Now(datetime.datetime):
    """What the functions' clocks show."""

    @classmethod
    def now(cls, tz=None):
        shown = cls.strptime(CLOCK.read_text(encoding="utf-8").strip(), "%Y-%m-%d %H:%M:%S")
        return shown.replace(tzinfo=tz)


def scanned(key, etag, content):
    """Tells what the scan of an object has found, if it ever ends."""
    if b"TWIN-SCAN-NEVER" in content:
        return
    if EICAR in content:
        status, found = "COMPLETED", "THREATS_FOUND"
    elif b"TWIN-SCAN-FAILED" in content:
        status, found = "FAILED", "FAILED"
    else:
        status, found = "COMPLETED", "NO_THREATS_FOUND"
    detail = {
        "schemaVersion": "1.0",
        "scanStatus": status,
        "resourceType": "S3_OBJECT",
        "s3ObjectDetails": {"bucketName": BUCKET, "objectKey": key, "eTag": etag.strip('"')},
        "scanResultDetails": {"scanResultStatus": found},
    }
    entry = {
        "Source": "aws.guardduty",
        "DetailType": "GuardDuty Malware Protection Object Scan Result",
        "Detail": json.dumps(detail),
    }
    eventbridge._put_events({"Entries": [entry]}, allow_aws_source=True)


def arrived(bucket, key, event, **described):
    s3._fire_s3_event(bucket, key, event, sequencer=s3._next_event_sequencer(event), **described)
    if event.startswith("s3:ObjectCreated") and bucket == BUCKET and key.startswith(PREFIX):
        scanned(key, described["etag"], s3._get_object_data(bucket, key))


def helped():
    """Changes the emulator, before it starts."""
    # The modules' own name for `datetime`, with a clock of its own.
    clock = types.SimpleNamespace(**vars(datetime) | {"datetime": Now})
    s3._dt = sigv4.dt = clock
    s3.now_iso = lambda: Now.now().strftime("%Y-%m-%dT%H:%M:%S.000Z")
    s3._fire_s3_event_async = arrived

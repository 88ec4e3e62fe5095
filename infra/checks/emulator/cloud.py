"""The emulator, with what the stories need and it does not do (ministack 1.5.33).

- SES keeps neither tags, headers, attachments nor reply addresses of a mail and tells the bus nothing of its fate. Here
  each accepted mail is written to a file, a line each, and its fate, as its address says (see README), goes onto the
  default bus as SES's own events do.
- A rule's Lambda target is run once, whatever comes of it. Here it is run again after a failure, as often as the template
  says, and then goes into the queue.
- A stream's batch that is reported as failed in part is taken for done. Here it is given again, whole.
- Its S3 is helped by bucket.py.
- Nobody can ask whether everything is done. Here `GET /quiet` says what is still on its way, and how many runs there
  were so far.
"""

import collections
import json
import os
import threading
import time

import bucket
from ministack import app
from ministack.services import dynamodb, eventbridge, lambda_svc, ses_v2

MAILS, REGION = os.environ["DESK_MAILS"], os.environ["MINISTACK_REGION"]
# Seconds between two attempts; minutes on AWS.
PAUSE = 0.3
# What follows of an address: the name of the event on the bus, its type, and what it says.
BOUNCES = {
    "bounce": ("Permanent", "General"),
    "soft": ("Transient", "MailboxFull"),
    "suppressed": ("Permanent", "OnAccountSuppressionList"),
}

pending, runs, lock = 0, 0, threading.Lock()
# One run at a time of each function that nobody waits for: each more would start a process of its own.
turns = collections.defaultdict(threading.Lock)


def count(change, ended=0):
    global pending, runs
    with lock:
        pending += change
        runs += ended


def fates(address):
    """What SES tells of a mail to this address."""
    local, _, domain = address.rsplit("<", 1)[-1].rstrip("> ").rpartition("@")
    name = "bounce" if domain.lower() == "bounce.example" else local.split("+")[0]
    recipients = [{"emailAddress": address}]
    if name in BOUNCES:
        kind, detail = BOUNCES[name]
        bounce = {"bounceType": kind, "bounceSubType": detail, "bouncedRecipients": recipients}
        return [("Email Bounced", "Bounce", bounce)]
    if name == "reject":
        return [("Email Rejected", "Reject", {"reason": "Bad content"})]
    told = [("Email Delivered", "Delivery", {"recipients": [address]})]
    if name == "complaint":
        told.append(("Email Complaint Received", "Complaint", {"complainedRecipients": recipients}))
    return told


def keep(request, answer):
    """Writes an accepted mail down, and tells the bus."""
    simple, destination = request["Content"]["Simple"], request["Destination"]
    to = [address for kind in ("To", "Cc", "Bcc") for address in destination.get(f"{kind}Addresses") or []]
    pairs = {
        "headers": [[one["Name"], one["Value"]] for one in simple.get("Headers") or []],
        "tags": [[one["Name"], one["Value"]] for one in request.get("EmailTags") or []],
    }
    told = [fate for address in to for fate in fates(address)]
    mail = {
        "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "message_id": answer["MessageId"],
        "from": request["FromEmailAddress"],
        "to": to,
        "reply_to": request.get("ReplyToAddresses") or [],
        "subject": simple["Subject"]["Data"],
        "text": simple["Body"].get("Text", {}).get("Data"),
        "html": simple["Body"].get("Html", {}).get("Data"),
        "attachments": [
            {"name": one["FileName"], "content_type": one["ContentType"], "content": one["RawContent"]}
            for one in simple.get("Attachments") or []
        ],
        "delivered": all(kind in ("Delivery", "Complaint") for _, kind, _ in told),
        **pairs,
    }
    with lock, open(MAILS, "a", encoding="utf-8") as file:
        file.write(json.dumps(mail) + "\n")
    name = request.get("ConfigurationSetName")
    described = {
        "messageId": mail["message_id"],
        "source": mail["from"],
        "destination": to,
        "tags": {tag: [value] for tag, value in pairs["tags"]} | {"ses:configuration-set": [name]},
    }
    place = f"arn:aws:ses:{REGION}:{ses_v2.get_account_id()}:configuration-set/{name}"
    entries = [
        {
            "Source": "aws.ses",
            "Resources": [place],
            "DetailType": title,
            "Detail": json.dumps({"eventType": kind, kind.lower(): what, "mail": described}),
        }
        for title, kind, what in [("Email Sent", "Send", {}), *told]
    ]
    if name:
        eventbridge._put_events({"Entries": entries}, allow_aws_source=True)


def mailing(handle):
    async def handled(method, path, headers, body, query_params):
        answer = await handle(method, path, headers, body, query_params)
        if method == "POST" and path.endswith("/outbound-emails") and answer[0] == 200:
            keep(json.loads(body), json.loads(answer[2]))
        return answer

    return handled


def counted(execute):
    """Counts runs, and gives a stream's batch again of which a part has failed."""

    def run(function, event):
        count(1)
        try:
            result = execute(function, event)
        finally:
            count(-1, ended=1)
        records = event.get("Records") if isinstance(event, dict) else None
        if records and records[0].get("eventSource") == "aws:dynamodb":
            body = result.get("body")
            failures = body.get("batchItemFailures") if isinstance(body, dict) else None
            if failures and not result.get("error"):
                result |= {"error": True, "body": {"errorType": "BatchItemFailures", "errorMessage": str(failures)}}
        return result

    return run


def dispatch(arn, payload):
    """Hands an event of a rule to its function, which is on its way until the last attempt has ended."""
    function, config, name = lambda_svc._get_func_record_for_ref(arn)
    record, event = lambda_svc._execution_record_for_config(function, config), json.loads(payload)
    limits = function.get("event_invoke_config") or (function.get("event_invoke_configs") or {}).get("$LATEST") or {}
    count(1)

    def run():
        try:
            for attempt in range(1 + int(limits.get("MaximumRetryAttempts", 2))):
                time.sleep(attempt * PAUSE)
                with turns[arn]:
                    result = lambda_svc._execute_function_with_config_scope(record, event)
                if not result.get("error"):
                    return
            if queue := limits.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination"):
                lambda_svc._route_async_failure(queue, name, event, result)
        finally:
            count(-1)

    threading.Thread(target=run, daemon=True).start()


def behind():
    """Whether a reader of a stream has not come to its end."""
    for account, region, source in lambda_svc._iter_all_esms():
        tokens = lambda_svc._request_account_id.set(account), lambda_svc._request_region.set(region)
        try:
            table = lambda_svc._dynamodb_stream_table_from_arn_spec(lambda_svc.parse_arn(source["EventSourceArn"]))[0]
            read = lambda_svc._dynamodb_stream_positions.get(source["UUID"], dynamodb.stream_start_position(table))
            if read < dynamodb.stream_end_position(table):
                return True
        finally:
            lambda_svc._request_account_id.reset(tokens[0])
            lambda_svc._request_region.reset(tokens[1])
    return False


async def quiet(scope, receive, send):
    if scope["type"] != "http" or scope["path"] != "/quiet":
        return await served(scope, receive, send)
    with lock:
        said = {"pending": pending, "runs": runs}
    body = json.dumps(said | {"behind": behind()}).encode()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
    await send({"type": "http.response.body", "body": body})


served = app.app
app.app = quiet
ses_v2.handle_request = mailing(ses_v2.handle_request)
lambda_svc._execute_function = counted(lambda_svc._execute_function)
eventbridge._dispatch_to_lambda = dispatch
bucket.helped()
if __name__ == "__main__":
    app.main()

"""Deploys infra/template.yaml, as SAM transforms it, into the emulator.

The transformed template is the truth and goes through the emulator's CloudFormation whole. What is changed before, and
why, is all in `adapted` and `routes`.
"""

import io
import json
import os
import zipfile

import boto3
from botocore.config import Config
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

REGION, ACCOUNT, STACK, DOMAIN = "eu-west-1", "000000000000", "complaints", "complaints.example.org"
PARAMETERS = {
    "Sender": "complaints@desk.example",
    "DomainName": DOMAIN,
    "CertificateArn": f"arn:aws:acm:{REGION}:{ACCOUNT}:certificate/none",
    "AlarmEmail": "operations@example.org",
    "InboundDomain": "reply.desk.example",
    "Origins": "https://www.example.org,https://shop.example.org",
}
# What the emulator's CloudFormation does not know; why it can do without, see `adapted`.
UNKNOWN = {
    "AWS::Events::Archive",
    "AWS::GuardDuty::MalwareProtectionPlan",
    "AWS::SES::ReceiptRule",
    "AWS::SES::ReceiptRuleSet",
}
# The functions' time is what a file says, read at each look; how long something takes is still the machine's.
CLOCK = {"FAKETIME_DONT_FAKE_MONOTONIC": "1", "FAKETIME_NO_CACHE": "1", "TZ": "UTC"}


class NoPolicies:
    """AWS's own policies are named by their ARN here; none has to be looked up."""

    def load(self):
        return {}


def client(service, endpoint):
    """A client of the emulator; what it cannot do at once it is not asked again."""
    return boto3.client(
        service,
        endpoint_url=endpoint,
        region_name=REGION,
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=Config(retries={"max_attempts": 1}, read_timeout=120),
    )


def warm(endpoint):
    """Asks something of each service at the proxy, which reads what it knows of one at the first call: that takes it
    longer than a step would wait."""
    client("dynamodb", endpoint).list_tables()
    client("events", endpoint).list_event_buses()
    client("sesv2", endpoint).list_configuration_sets()


def folder(resource):
    """The step's folder, which is also the binary's: what the last part of CodeUri names."""
    return resource["Properties"]["CodeUri"].rsplit("/", 1)[-1]


def transformed(template):
    """As CloudFormation gets it; and which function runs which step."""
    with open(template, encoding="utf-8") as file:
        document = yaml_parse(file.read())
    steps = {}
    for name, resource in document["Resources"].items():
        if resource["Type"] == "AWS::Serverless::Function":
            steps[name] = folder(resource)
            resource["Properties"]["CodeUri"] = {"Bucket": "code", "Key": f"{steps[name]}.zip"}
    os.environ["AWS_DEFAULT_REGION"] = REGION
    return transform(document, PARAMETERS, NoPolicies()), steps


def named(bucket):
    """What the bucket is called, by its name in the template."""
    return f"local-{bucket.lower()}"


def scanned(document):
    """Whose objects the template has scanned for malware: the bucket, and what their keys begin with."""
    resources = document["Resources"].values()
    (plan,) = [one for one in resources if one["Type"] == "AWS::GuardDuty::MalwareProtectionPlan"]
    said = plan["Properties"]["ProtectedResource"]["S3Bucket"]
    (prefix,) = said["ObjectPrefixes"]
    return f"{named(said['BucketName']['Ref'])}/{prefix}"


def adapted(document, steps, told, more):
    """Changes what cannot be on one machine: each function is told where the issuer of staff tokens is, and its time.

    - AWS::Lambda::Function: the clock, the step's name for its requests, what `told` says of variables that it has, and
      `more`.
    - AWS::ApiGatewayV2::Api: the emulator reads no description, so its part on other origins is said as a property here,
      and its routes are added afterwards.
    - AWS::Scheduler::Schedule: disabled. A sweep would run while a story does; scenarios run them by hand.
    - AWS::S3::Bucket: under the names that the twin gives them, which stories know.
    - AWS::GuardDuty::MalwareProtectionPlan: left out; the emulator does not know it, and bucket.py does its work.
    - AWS::SES::ReceiptRuleSet, AWS::SES::ReceiptRule: left out; it takes no mail in, and stories do its work.
    - AWS::Lambda::EventSourceMapping: waits for no more to come with what there is; real time would pass.
    - AWS::Events::Archive: left out; the emulator's CloudFormation does not know it, and no story replays.
    - AWS::CloudWatch::Alarm on several metrics: left out; it knows those on one only.
    - Outputs of the DNS records for mail and of the receipt rules: left out; it has none.
    - AWS::DynamoDB::Table: nothing expires by itself: the emulator's own clock is not that of the functions.
    """
    for name, resource in list(document["Resources"].items()):
        properties = resource.get("Properties", {})
        match resource["Type"]:
            case "AWS::Lambda::Function":
                variables = properties.setdefault("Environment", {}).setdefault("Variables", {})
                variables |= {key: value for key, value in told.items() if key in variables}
                variables |= CLOCK | more | {"AWS_SDK_UA_APP_ID": steps[name]}
            case "AWS::ApiGatewayV2::Api":
                properties["CorsConfiguration"] = properties["Body"]["x-amazon-apigateway-cors"]
            case "AWS::Scheduler::Schedule":
                properties["State"] = "DISABLED"
            case "AWS::CloudWatch::Alarm" if "Metrics" in properties:
                del document["Resources"][name]
            case "AWS::Lambda::EventSourceMapping":
                properties.pop("MaximumBatchingWindowInSeconds", None)
            case "AWS::S3::Bucket":
                properties["BucketName"] = named(name)
            case kind if kind in UNKNOWN:
                del document["Resources"][name]
            case "AWS::DynamoDB::Table":
                properties["TimeToLiveSpecification"]["Enabled"] = False
    missing = ("DnsOfMail", "DnsOfInbound", "ReceiptRules")
    document["Outputs"] = {name: one for name, one in document["Outputs"].items() if not name.startswith(missing)}
    return document


def upload(endpoint, steps, binaries):
    """The code of each step: a bootstrap that starts the real one where cargo-lambda has put it.

    Sixty unstripped binaries would be gigabytes in the emulator's memory.
    """
    s3 = client("s3", endpoint)
    s3.create_bucket(Bucket="code", CreateBucketConfiguration={"LocationConstraint": REGION})
    for step in steps.values():
        binary = binaries / step / "bootstrap"
        if not binary.exists():
            raise SystemExit(f"{binary} is missing: was it built?")
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as file:
            file.writestr("bootstrap", f'#!/bin/sh\nexec "{binary}"\n')
        s3.put_object(Bucket="code", Key=f"{step}.zip", Body=archive.getvalue())


def create(endpoint, document):
    """Creates the stack, and waits until it stands."""
    cloudformation = client("cloudformation", endpoint)
    s3 = client("s3", endpoint)
    s3.put_object(Bucket="code", Key="template.json", Body=json.dumps(document))
    cloudformation.create_stack(
        StackName=STACK,
        TemplateURL=f"{endpoint}/code/template.json",
        Capabilities=["CAPABILITY_IAM"],
        Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in PARAMETERS.items()],
        DisableRollback=True,
    )
    waiter = cloudformation.get_waiter("stack_create_complete")
    try:
        waiter.wait(StackName=STACK, WaiterConfig={"Delay": 1, "MaxAttempts": 120})
    except Exception:
        events = cloudformation.describe_stack_events(StackName=STACK)["StackEvents"]
        failed = [one for one in events if one["ResourceStatus"].endswith("FAILED")]
        raise SystemExit(f"the stack does not stand: {json.dumps(failed, indent=1, default=str)}") from None
    pages = cloudformation.get_paginator("list_stack_resources").paginate(StackName=STACK)
    found = [one for page in pages for one in page["StackResourceSummaries"]]
    return {one["LogicalResourceId"]: one["PhysicalResourceId"] for one in found}


def called(operation):
    """The function that a route of the API's description calls, by its name in the template."""
    uri = operation["x-amazon-apigateway-integration"]["uri"]["Fn::Sub"]
    return uri.split("/functions/${", 1)[1].split(".Arn", 1)[0]


def routes(endpoint, document, physical):
    """Adds the routes of the API's description, which the emulator does not read, by its API; says how many."""
    gateway = client("apigatewayv2", endpoint)
    body, api = document["Resources"]["Api"]["Properties"]["Body"], physical["Api"]

    def uri(function):
        arn = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{physical[function]}"
        return f"arn:aws:apigateway:{REGION}:lambda:path/2015-03-31/functions/{arn}/invocations"

    authorizers = {}
    for name, scheme in body["components"]["securitySchemes"].items():
        said = scheme["x-amazon-apigateway-authorizer"]
        function = said["authorizerUri"]["Fn::Sub"][1]["__FunctionArn__"]["Fn::GetAtt"][0]
        authorizers[name] = gateway.create_authorizer(
            ApiId=api,
            Name=name,
            AuthorizerType="REQUEST",
            AuthorizerUri=uri(function),
            AuthorizerPayloadFormatVersion=said["authorizerPayloadFormatVersion"],
            EnableSimpleResponses=said["enableSimpleResponses"],
            AuthorizerResultTtlInSeconds=said["authorizerResultTtlInSeconds"],
            IdentitySource=said["identitySource"],
        )["AuthorizerId"]
    integrations, count = {}, 0
    for path, operations in body["paths"].items():
        for method, operation in operations.items():
            function = called(operation)
            if function not in integrations:
                integrations[function] = gateway.create_integration(
                    ApiId=api,
                    IntegrationType="AWS_PROXY",
                    IntegrationUri=uri(function),
                    PayloadFormatVersion=operation["x-amazon-apigateway-integration"]["payloadFormatVersion"],
                )["IntegrationId"]
            (guard,) = [name for scheme in operation["security"] for name in scheme]
            guarded = {} if guard == "NONE" else {"AuthorizationType": "CUSTOM", "AuthorizerId": authorizers[guard]}
            gateway.create_route(
                ApiId=api,
                RouteKey=f"{method.upper()} {path}",
                Target=f"integrations/{integrations[function]}",
                **guarded,
            )
            count += 1
    return count

"""Asks of the template as CloudFormation gets it: may any step change or remove what was recorded? And is it too large?

One step may remove it: the one that removes records whose time is over, and it may change nothing.

The template is transformed by SAM's own translator, so that what SAM adds to a role is asked as well. A request is
then judged as IAM does: the role allows it, its permissions boundary allows it, neither denies it. Where a condition
is not understood here, an allowing one counts as met and a denying one as not met.
"""

import copy
import fnmatch
import sys

from samcli.lib.translate.sam_template_validator import SamTemplateValidator
from samcli.yamlhelper import yaml_parse

TABLE = {"Fn::GetAtt": ["Table", "Arn"]}
EVENTS, ACCESSES = "E#0192fa3c-0000-7000-8000-000000000000", "A#0192fa3c-0000-7000-8000-000000000000"
ACTIONS = "ACTIONS"
# What AWS's own policies grant, as far as it may concern the table.
KNOWN = {
    "AWSLambdaBasicExecutionRole": ["logs:*"],
    "AWSLambdaDynamoDBExecutionRole": [
        "logs:*",
        "dynamodb:DescribeStream",
        "dynamodb:GetRecords",
        "dynamodb:GetShardIterator",
        "dynamodb:ListStreams",
    ],
}
# What CloudFormation takes in one template.
MOST_RESOURCES = 500
# The step that removes records whose time is over, by what it is bound.
REMOVES, BOUND_BY = "ExpireRecords", "CeilingOfExpiry"
# Ways around the writes of single items, none of which any step has use for.
WAYS_AROUND = [
    "BatchWriteItem", "PartiQLInsert", "PartiQLUpdate", "PartiQLDelete", "DeleteTable", "UpdateTable",
    "UpdateTimeToLive", "ImportTable", "RestoreTableFromBackup", "PutResourcePolicy",
]  # fmt: skip


class NoPolicies:
    """AWS's own policies are named by their ARN here; none has to be looked up."""

    def load(self):
        return {}


def transformed(path):
    with open(path, encoding="utf-8") as template:
        document = yaml_parse(template.read())
    validator = SamTemplateValidator(document, NoPolicies(), region="eu-west-1")
    return yaml_parse(validator.get_translated_template_if_valid())["Resources"]


def listed(value):
    return value if isinstance(value, list) else [value]


def statements(policy):
    return listed(policy["PolicyDocument"]["Statement"])


def granted(resources, role):
    """What a role's policies say, inline or by name."""
    found = [part for policy in role.get("Policies", []) for part in statements(policy)]
    for policy in role.get("ManagedPolicyArns", []):
        if isinstance(policy, dict) and "Ref" in policy:
            found += statements(resources[policy["Ref"]]["Properties"])
        else:
            name = str(policy).rsplit("/", 1)[-1].rstrip("'}")
            if name not in KNOWN:
                sys.exit(f"what does {policy} grant? Say it in infra/checks/rights.py")
            found.append({"Effect": "Allow", "Action": KNOWN[name], "Resource": "*"})
    return found


def may_be_the_table(resource):
    if isinstance(resource, dict) and "Fn::GetAtt" in resource:
        return resource == TABLE
    text = str(resource.get("Fn::Sub", resource)) if isinstance(resource, dict) else resource
    if "/index/" in text or "/stream/" in text:
        return False
    return not text.startswith("arn:") or text.split(":")[2] in ("dynamodb", "*")


def is_met(condition, keys, enclosing, unknown):
    """Whether a statement's condition holds for a request with these partition keys in this operation."""

    def one(operator, name, patterns):
        patterns = listed(patterns)

        def like(key):
            return any(fnmatch.fnmatchcase(key, pattern) for pattern in patterns)

        match (operator, name):
            case ("ForAllValues:StringLike", "dynamodb:LeadingKeys"):
                return all(map(like, keys))
            case ("ForAnyValue:StringLike", "dynamodb:LeadingKeys"):
                return any(map(like, keys))
            case ("StringEquals", "dynamodb:EnclosingOperation"):
                return enclosing in patterns
            case ("StringNotEquals", "dynamodb:EnclosingOperation"):
                return enclosing not in patterns
        return unknown

    return all(one(operator, name, wanted) for operator, parts in condition.items() for name, wanted in parts.items())


def applies(statement, action, keys, enclosing):
    allows = statement["Effect"] == "Allow"
    if "Action" not in statement or "Resource" not in statement:
        return allows
    if not any(fnmatch.fnmatchcase(action.lower(), one.lower()) for one in listed(statement["Action"])):
        return False
    if not any(map(may_be_the_table, listed(statement["Resource"]))):
        return False
    return is_met(statement.get("Condition", {}), keys, enclosing, allows)


def is_allowed(policies, action, keys=(), enclosing=None):
    """Judges a request by the role's statements and those of its boundary."""

    def said(effect, policy):
        return any(one["Effect"] == effect and applies(one, action, keys, enclosing) for one in policy)

    return all(said("Allow", policy) for policy in policies) and not any(said("Deny", policy) for policy in policies)


def faults(resources):
    """What some step may and none should; and how many requests that was asked of."""
    found, asked = [], 0
    steps = {name: one["Properties"] for name, one in resources.items() if one["Type"] == "AWS::Lambda::Function"}
    for name, step in steps.items():
        role = resources[step["Role"]["Fn::GetAtt"][0]]["Properties"]
        boundary = BOUND_BY if name == REMOVES else "Ceiling"
        if role.get("PermissionsBoundary") != {"Ref": boundary}:
            found.append(f"{name} is not bound by {boundary}")
            continue
        policies = granted(resources, role), statements(resources[boundary]["Properties"])
        requests = [(way, [key], None) for way in WAYS_AROUND for key in (EVENTS, ACCESSES, ACTIONS)]
        requests += [
            (action, [key], enclosing)
            for action in ("UpdateItem", "DeleteItem")
            if (name, action) != (REMOVES, "DeleteItem")
            for key in (EVENTS, ACCESSES, ACTIONS)
            for enclosing in (None, "TransactWriteItems")
        ]
        # An event comes in one transaction with its complaint, whose version keeps it from being written twice.
        requests.append(("PutItem", [EVENTS], None))
        for action, keys, enclosing in requests:
            asked += 1
            if is_allowed(policies, f"dynamodb:{action}", keys, enclosing):
                found.append(f"{name} may {action} {keys[0][:2]}…" + (f" in {enclosing}" if enclosing else ""))
    return found, asked


def prove(resources):
    """That the question finds something: without its denials and with a role that allows it."""
    planted = copy.deepcopy(resources)
    document = planted["Ceiling"]["Properties"]["PolicyDocument"]
    document["Statement"] = [one for one in document["Statement"] if one["Effect"] == "Allow"]
    actions = [f"dynamodb:{action}" for action in ("UpdateItem", "DeleteItem", "PutItem")]
    rights = {"Effect": "Allow", "Action": actions, "Resource": TABLE}
    policy = {"PolicyName": "planted", "PolicyDocument": {"Statement": [rights]}}
    planted["ShowCaseRole"]["Properties"].setdefault("Policies", []).append(policy)
    found = [fault for fault in faults(planted)[0] if fault.startswith("ShowCase may ")]
    if len(found) != 13:
        sys.exit(f"of thirteen planted rights of ShowCase this finds {found}")
    # With the denials back, the same role may do none of it.
    planted["Ceiling"] = resources["Ceiling"]
    if faults(planted)[0]:
        sys.exit(f"the denials of Ceiling do not hold: {faults(planted)[0]}")


def main():
    resources = transformed("infra/template.yaml")
    found, asked = faults(resources)
    for fault in found:
        print(fault)
    if found:
        sys.exit(1)
    prove(resources)
    if len(resources) > MOST_RESOURCES:
        sys.exit(f"the template has {len(resources)} resources; CloudFormation takes {MOST_RESOURCES}")
    print(f"The template has {len(resources)} of the {MOST_RESOURCES} resources that CloudFormation takes.")
    print(
        f"No step may change an event, the record of an access or an action on a report, and none but {REMOVES} may remove one: "
        f"{asked} requests asked, none allowed."
    )


main()

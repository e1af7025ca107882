"""What roles may do, read from a plan or a state: each policy's statements, whoever they are for."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

# Why a statement of a role has the resource `*`, by its Sid.
ANY_RESOURCE = {
    "SignInToRegistry": "ecr:GetAuthorizationToken is about the whole registry",
    "SessionManagerChannels": "ssmmessages, by which the tunnel speaks to Session Manager, has no resources",
    "SeePublicAccessBlock": "s3:GetAccountPublicAccessBlock is about the account",
    "FindLogGroups": "logs:DescribeLogGroups lists all groups",
    "PublishMetrics": "cloudwatch:PutMetricData has no resource; MWAA writes its own metrics",
    "FindContainers": "ecs:ListTasks has the cluster as a condition only, which is set",
    "DeliverLogs": "the log delivery that Step Functions uses has no resources",
    "UseKeysOfOwnQueues": "MWAA's queue is in an account of AWS, under a key of that account; ours are excepted",
}


@dataclass(frozen=True)
class Statement:
    """One statement of a role's policy."""

    role: str
    sid: str
    effect: str
    actions: tuple[str, ...]
    resources: tuple[str, ...]
    condition: Mapping[str, Any]

    @classmethod
    def parse(cls, role: str, statement: Mapping[str, Any]) -> "Statement":
        """A statement that allows all but some resources counts as one for any resource."""
        assert "NotAction" not in statement or statement["Effect"] == "Deny", statement
        return cls(
            role,
            statement.get("Sid", ""),
            statement["Effect"],
            _words(statement.get("Action", [])),
            _words(statement.get("Resource", "*")),
            statement.get("Condition", {}),
        )


@dataclass(frozen=True)
class Resource:
    """A managed resource: planned, without what only apply makes known, or applied."""

    address: str
    kind: str
    values: Mapping[str, Any]


def planned_resources(plan: Mapping[str, Any]) -> list[Resource]:
    """What a plan leads to, in all modules."""
    changes = [change for change in plan["resource_changes"] if change["mode"] == "managed" and change["change"]["after"]]
    return [Resource(change["address"], change["type"], change["change"]["after"]) for change in changes]


def applied_resources(state: Mapping[str, Any]) -> list[Resource]:
    """What a state holds, in all modules."""
    found, pending = [], [state["values"]["root_module"]]
    while pending:
        module = pending.pop()
        managed = [resource for resource in module.get("resources", []) if resource["mode"] == "managed"]
        found += [Resource(resource["address"], resource["type"], resource["values"]) for resource in managed]
        pending += module.get("child_modules", [])
    return found


def role_statements(resources: Iterable[Resource], unknown: frozenset[str] = frozenset()) -> list[Statement]:
    """The statements of all roles. Only those whose address is in `unknown` may have a policy that apply alone makes known."""
    found = []
    for resource in resources:
        match resource.kind:
            case "aws_iam_role_policy" if resource.address not in unknown:
                assert resource.values.get("policy"), f"the policy of {resource.address} is not known before apply"
                found += _statements(resource.values["role"], resource.values["policy"])
            case "aws_iam_policy" | "aws_iam_user_policy" | "aws_iam_group_policy" | "aws_iam_role_policy_attachment":
                raise AssertionError(f"{resource.address}: a role's policy is inline, so that it is read with its role")
            case "aws_iam_role":
                assert not resource.values.get("managed_policy_arns"), f"{resource.address} takes over a policy of AWS"
    return found


def trust_statements(resources: Iterable[Resource]) -> dict[str, list[dict[str, Any]]]:
    """Who may assume each role, by its name."""
    roles = [resource.values for resource in resources if resource.kind == "aws_iam_role"]
    return {role["name"]: json.loads(role["assume_role_policy"])["Statement"] for role in roles}


def _statements(role: str, policy: str) -> list[Statement]:
    return [Statement.parse(role, statement) for statement in json.loads(policy)["Statement"]]


def _words(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)

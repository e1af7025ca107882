"""What roles may do, read from a plan or a state: each policy's statements, whoever they are for."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

# Why a statement of a runtime role has the resource `*`. AWS has no resource for these actions.
ANY_RESOURCE: dict[str, str] = {}


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
        """A statement with NotAction or NotResource allows what it does not name, so it is refused here."""
        assert not {"NotAction", "NotResource", "NotPrincipal"} & statement.keys() or statement["Effect"] == "Deny", statement
        return cls(
            role,
            statement.get("Sid", ""),
            statement["Effect"],
            _words(statement.get("Action", [])),
            _words(statement.get("Resource", [])),
            statement.get("Condition", {}),
        )


def resources(values: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Every managed resource of a plan's `planned_values` or a state's `values`, in all modules."""
    pending = [values["root_module"]]
    while pending:
        module = pending.pop()
        yield from (resource for resource in module.get("resources", []) if resource["mode"] == "managed")
        pending.extend(module.get("child_modules", []))


def role_statements(values: Mapping[str, Any]) -> list[Statement]:
    """The statements of all roles. A policy that is not known yet is an error: read the state instead."""
    found = []
    for resource in resources(values):
        address, attributes = resource["address"], resource["values"]
        match resource["type"]:
            case "aws_iam_role_policy":
                assert attributes.get("policy"), f"the policy of {address} is not known before apply"
                found += _statements(attributes["role"], attributes["policy"])
            case "aws_iam_policy" | "aws_iam_user_policy" | "aws_iam_group_policy" | "aws_iam_role_policy_attachment":
                raise AssertionError(f"{address}: a role's policy is inline, so that it is read with its role")
            case "aws_iam_role":
                assert not attributes.get("managed_policy_arns"), f"{address} takes over a policy of AWS"
    return found


def trust_statements(values: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Who may assume each role, by its name."""
    return {
        resource["values"]["name"]: json.loads(resource["values"]["assume_role_policy"])["Statement"]
        for resource in resources(values)
        if resource["type"] == "aws_iam_role"
    }


def _statements(role: str, policy: str) -> list[Statement]:
    return [Statement.parse(role, statement) for statement in json.loads(policy)["Statement"]]


def _words(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)

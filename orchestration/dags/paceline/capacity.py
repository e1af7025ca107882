"""Where ECS takes a container's capacity from: the list `capacity_providers` in `paceline.json`. Independent of Airflow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# ECS's limits for a strategy.
_MOST_PROVIDERS, _MAX_WEIGHT, _MAX_BASE = 20, 1_000, 100_000
_MEMBERS = {"provider", "weight", "base"}
_SPOT, _ON_DEMAND = "FARGATE_SPOT", "FARGATE"


@dataclass(frozen=True, kw_only=True)
class CapacityProvider:
    """One entry of a capacity provider strategy."""

    provider: str
    """`FARGATE`, `FARGATE_SPOT` or one of the cluster's own. A Spot interruption is a failure that is retried."""
    weight: int
    """Its share of the tasks beyond each `base`; 0 means none of them."""
    base: int = 0
    """How many running tasks it gets before the weights count. Only one provider may have one."""

    def to_ecs(self) -> dict[str, Any]:
        return {"capacityProvider": self.provider, "weight": self.weight, "base": self.base}


def without_spot(strategy: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The strategy for a task that must not depend on Spot, in ECS's form: on demand alone, if the given one has Spot in it.

    A strategy's weights are shares. They are no fallback: if Spot has no capacity, ECS does not start the task elsewhere.
    """
    if any(each.get("capacityProvider") == _SPOT for each in strategy):
        return [CapacityProvider(provider=_ON_DEMAND, weight=1).to_ecs()]
    return list(strategy)


def capacity_problems(value: Any) -> list[str]:
    """What is wrong with the list, each as the end of a sentence that begins with the file; none if nothing is."""
    if not isinstance(value, list) or not 1 <= len(value) <= _MOST_PROVIDERS:
        return [
            f"has capacity_providers that are not a list of 1 to {_MOST_PROVIDERS} objects"
            ' such as {"provider": "FARGATE", "weight": 1, "base": 0}'
        ]
    problems = [
        problem for number, entry in enumerate(value) for problem in _entry_problems(f"capacity_providers[{number}]", entry)
    ]
    return problems or _together(value)


def _entry_problems(where: str, entry: Any) -> list[str]:
    if not isinstance(entry, Mapping):
        return [f"has a {where} that is not an object"]
    provider = entry.get("provider")
    problems = [f"has an unknown key {name} in {where}" for name in sorted(entry.keys() - _MEMBERS)]
    if not isinstance(provider, str) or not provider:
        problems.append(f"has a {where} without a provider, e.g. FARGATE")
    if not _is_number(entry.get("weight"), _MAX_WEIGHT):
        problems.append(f"has a {where} whose weight is not a whole number from 0 to {_MAX_WEIGHT}")
    if not _is_number(entry.get("base", 0), _MAX_BASE):
        problems.append(f"has a {where} whose base is not a whole number from 0 to {_MAX_BASE}")
    return problems


def _together(entries: list[Mapping[str, Any]]) -> list[str]:
    """What ECS refuses only when a task starts."""
    problems = []
    names = [entry["provider"] for entry in entries]
    if len(set(names)) < len(names):
        problems.append("names a provider twice in capacity_providers")
    if all(entry["weight"] == 0 for entry in entries):
        problems.append("has capacity_providers whose weights are all 0: one must be more")
    if sum(entry.get("base", 0) > 0 for entry in entries) > 1:
        problems.append("has a base for several capacity_providers: ECS takes one")
    if len({name.startswith("FARGATE") for name in names}) > 1:
        problems.append("mixes Fargate and others in capacity_providers: ECS takes one kind in a strategy")
    return problems


def _is_number(value: Any, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most

"""Walks through a state machine: the part of the Amazon States Language (with JSONPath) that ours uses.

Whatever it does not know is an error, so that no definition passes a test by a feature that was not looked at.
"""

import copy
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from states_paths import MISSING, PathError, look_up, put, value_of

_COMMON = {"Type", "Comment"}
_FIELDS = {
    "Pass": {"InputPath", "Parameters", "Result", "ResultPath", "Next"},
    "Task": {"Resource", "Parameters", "TimeoutSeconds", "ResultPath", "Catch", "Next"},
    "Choice": {"Choices", "Default"},
    "Wait": {"Seconds", "Next"},
    "Fail": {"ErrorPath", "CausePath"},
    "Succeed": set(),
}
_LONGEST_NAME = 80
# Far more than any walk of a test: what goes round and round is an error.
_MOST_STEPS = 500


class UnknownToTestsError(AssertionError):
    """The definition uses something that this interpreter lacks, or is wrong."""


@dataclass(frozen=True)
class TaskFailure:
    """How a task fails: the name of the error, and its cause."""

    error: str
    cause: str | None = None

    def to_json(self) -> dict[str, str]:
        return {"Error": self.error} | ({} if self.cause is None else {"Cause": self.cause})


@dataclass
class Walk:
    """What one execution did."""

    visited: list[str] = field(default_factory=list)
    tasks: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    """The state of each task that was run, and what it was run with."""
    waited: list[int] = field(default_factory=list)
    failure: TaskFailure | None = None
    """None if the execution succeeded."""


Run = Callable[[str, Mapping[str, Any]], Mapping[str, Any] | TaskFailure]


class StateMachine:
    """One definition, checked when it is read."""

    def __init__(self, definition: str) -> None:
        whole = json.loads(definition)
        _only(whole, {"Comment", "StartAt", "States"}, "the state machine")
        self._start: str = whole["StartAt"]
        self.states: dict[str, dict[str, Any]] = whole["States"]
        for name, state in self.states.items():
            self._check(name, state)

    def walk(self, run: Run, given: Any = None, name: str = "execution") -> Walk:
        """Executes it; `run` gets a task's state and parameters, and returns its output or how it failed."""
        context = {"Execution": {"Name": name}}
        walk, data, current = Walk(), copy.deepcopy(given or {}), self._start
        while len(walk.visited) < _MOST_STEPS:
            walk.visited.append(current)
            state = self.states[current]
            match state["Type"]:
                case "Succeed":
                    return walk
                case "Fail":
                    walk.failure = TaskFailure(*(str(look_up(state[path], data, context)) for path in ("ErrorPath", "CausePath")))
                    return walk
                case "Choice":
                    current = next((rule["Next"] for rule in state["Choices"] if _holds(rule, data, context)), state["Default"])
                    continue
                case "Wait":
                    walk.waited.append(state["Seconds"])
                case "Pass":
                    given_to = look_up(state["InputPath"], data, context) if "InputPath" in state else data
                    template = value_of(state["Parameters"], given_to, context) if "Parameters" in state else given_to
                    data = put(state.get("ResultPath", "$"), data, copy.deepcopy(state.get("Result", template)))
                case "Task":
                    parameters = value_of(state["Parameters"], data, context)
                    walk.tasks.append((current, parameters))
                    ended = run(current, parameters)
                    if isinstance(ended, TaskFailure):
                        handler = state["Catch"][0]
                        data = put(handler["ResultPath"], data, ended.to_json())
                        current = handler["Next"]
                        continue
                    data = put(state["ResultPath"], data, dict(ended))
            current = state["Next"]
        raise UnknownToTestsError(f"The execution does not end: {walk.visited[-20:]}")

    def _check(self, name: str, state: Mapping[str, Any]) -> None:
        if state.get("Type") not in _FIELDS:
            raise UnknownToTestsError(f"{name} has the unknown type {state.get('Type')}.")
        _only(state, _COMMON | _FIELDS[state["Type"]], name)
        if len(name) > _LONGEST_NAME:
            raise UnknownToTestsError(f"The name {name} is longer than {_LONGEST_NAME} characters.")
        catches, rules = state.get("Catch", []), state.get("Choices", [])
        for handler in catches:
            _only(handler, {"ErrorEquals", "ResultPath", "Next"}, name)
            if handler["ErrorEquals"] != ["States.ALL"]:
                raise UnknownToTestsError(f"{name} catches {handler['ErrorEquals']}.")
        targets = [each["Next"] for each in [*catches, *rules]]
        targets += [state[key] for key in ("Next", "Default") if key in state]
        if missing := set(targets) - self.states.keys():
            raise UnknownToTestsError(f"{name} goes on to {missing}, which do not exist.")
        if "Next" in _FIELDS[state["Type"]] and "Next" not in state:
            raise UnknownToTestsError(f"{name} goes nowhere.")


def _only(value: Mapping[str, Any], known: set[str], where: str) -> None:
    if unknown := value.keys() - known:
        raise UnknownToTestsError(f"{where} has the unknown fields {sorted(unknown)}.")


def _holds(rule: Mapping[str, Any], data: Any, context: Any) -> bool:
    """Whether a rule of a Choice holds. A variable that is missing is an error, except where the rule asks for that."""
    rule = {name: value for name, value in rule.items() if name not in ("Next", "Comment")}
    match list(rule):
        case ["And"]:
            return all(_holds(each, data, context) for each in rule["And"])
        case ["Or"]:
            return any(_holds(each, data, context) for each in rule["Or"])
        case ["Not"]:
            return not _holds(rule["Not"], data, context)
    value = look_up(rule.pop("Variable"), data, context, default=MISSING)
    [(comparison, wanted)] = rule.items()
    return _compares(value, comparison, wanted)


def _compares(value: Any, comparison: str, wanted: Any) -> bool:
    if comparison == "IsPresent":
        return (value is not MISSING) == wanted
    if value is MISSING:
        raise PathError(f"A Choice compares a variable that does not exist with {wanted}.")
    # A value of another type is not equal, and not an error.
    number = isinstance(value, int | float) and not isinstance(value, bool)
    match comparison:
        case "StringEquals":
            return value == wanted
        case "StringMatches":
            return isinstance(value, str) and _matches(value, wanted)
        case "NumericEquals":
            return number and value == wanted
        case "NumericLessThan":
            return number and value < wanted
    raise UnknownToTestsError(f"The comparison {comparison} is unknown.")


def _matches(value: str, pattern: str) -> bool:
    if re.search(r"[\\?\[]", pattern):
        raise UnknownToTestsError(f"Only * is known in a pattern: {pattern}")
    return fnmatchcase(value, pattern)

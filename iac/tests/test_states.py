"""The interpreter itself: it refuses what it does not know, instead of walking past it."""

import json
from typing import Any

import pytest
from states import StateMachine, TaskFailure, UnknownToTestsError
from states_paths import PathError, look_up, put, value_of


def machine(**states: Any) -> StateMachine:
    return StateMachine(json.dumps({"StartAt": "A", "States": states}))


def nothing(_state: str, _parameters: Any) -> TaskFailure:
    raise AssertionError("There is no task.")


@pytest.mark.parametrize(
    "state",
    [
        {"Type": "Parallel", "Branches": [], "End": True},
        {"Type": "Pass", "End": True},
        {"Type": "Pass"},
        {"Type": "Pass", "Next": "Nowhere"},
        {"Type": "Pass", "OutputPath": "$", "Next": "A"},
        {"Type": "Wait", "SecondsPath": "$.x", "Next": "A"},
        {"Type": "Task", "Retry": [], "Next": "A"},
        {"Type": "Task", "Catch": [{"ErrorEquals": ["States.Timeout"], "ResultPath": "$.x", "Next": "A"}], "Next": "A"},
    ],
    ids=lambda state: f"{state['Type']} {list(state)[-1]}",
)
def test_a_definition_with_something_unknown_is_refused(state: dict[str, Any]) -> None:
    with pytest.raises(UnknownToTestsError):
        machine(A=state)


def test_an_execution_that_does_not_end_is_an_error() -> None:
    with pytest.raises(UnknownToTestsError, match="does not end"):
        machine(A={"Type": "Pass", "Next": "A"}).walk(nothing)


@pytest.mark.parametrize(
    ("rule", "error"),
    [
        ({"Variable": "$.missing", "NumericEquals": 1}, PathError),
        ({"Variable": "$.x", "TimestampEquals": "2026-01-01T00:00:00Z"}, UnknownToTestsError),
        ({"Variable": "$.x", "StringMatches": "a\\*"}, UnknownToTestsError),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_choice_fails_on_what_is_missing_or_unknown(rule: dict[str, Any], error: type[Exception]) -> None:
    choice = machine(A={"Type": "Choice", "Choices": [{**rule, "Next": "B"}], "Default": "B"}, B={"Type": "Succeed"})
    with pytest.raises(error):
        choice.walk(nothing, {"x": "a"})


@pytest.mark.parametrize("path", ["$.b", "$.a[1]", "$.a[*]", "$..x", "a", "$.a[?(@.x=='1')].y"])
def test_a_path_that_leads_nowhere_is_an_error(path: str) -> None:
    with pytest.raises(PathError):
        look_up(path, {"a": [{"x": "1"}]}, {})


@pytest.mark.parametrize(
    "text", ["States.UUID()", "States.Format('{} {}', $.a)", "States.StringToJson($.n)", "States.MathAdd($.a, 1)", "text"]
)
def test_a_function_that_is_unknown_or_gets_the_wrong_type_is_an_error(text: str) -> None:
    with pytest.raises(PathError):
        value_of({"x.$": text}, {"a": "b", "n": 1}, {})


def test_values_are_found_computed_and_put_where_they_belong() -> None:
    data = {"n": 2, "list": [{"Name": "a", "v": 1}, {"Name": "b", "v": 2}], "text": '{"y": [1]}'}
    template = {
        "sum.$": "States.MathAdd($.n, 1)",
        "text.$": "States.Format('{}', $.n)",
        "json.$": "States.StringToJson($.text)",
        "found.$": "$.list[?(@.Name=='b')]",
        "run.$": "$$.Execution.Name",
        "as_it_is": ["$.n"],
    }
    assert value_of(template, data, {"Execution": {"Name": "e"}}) == {
        "sum": 3,
        "text": "2",
        "json": {"y": [1]},
        "found": [{"Name": "b", "v": 2}],
        "run": "e",
        "as_it_is": ["$.n"],
    }
    assert put("$.new.deep", data, 1) == {**data, "new": {"deep": 1}}
    assert "new" not in data

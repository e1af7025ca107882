"""The chain without Airflow does as the DAG does: every exit code of every step, walked through Terraform's own definition."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from airflow_found import found_in_airflow
from mocked import outputs, planned
from orchestrator_given import LAKE, NAME, given
from paceline.outcome import ContainerExit, Done, Failed, TryLater, outcome
from states import StateMachine, TaskFailure, Walk
from terraform import copy_of_iac

STEPS = {"Extract": "extract", "Load": "load", "dbt": "transformation"}
TRIES, WAIT = 3, 300
SHARES = [
    {"CapacityProvider": "FARGATE_SPOT", "Weight": 4, "Base": 0},
    {"CapacityProvider": "FARGATE", "Weight": 1, "Base": 1},
]

GOES_ON, TRIES_AGAIN, FAILS = "goes on", "tries again, then fails", "fails at once"
OTHERS = dict.fromkeys((1, 69, 70, 137, 139, 143), TRIES_AGAIN)
FINAL = dict.fromkeys((64, 65, 77, 78), FAILS)
MEANS = {
    "Extract": {0: GOES_ON, 75: GOES_ON, **FINAL, **OTHERS},
    "Load": {0: GOES_ON, 75: GOES_ON, **FINAL, **OTHERS},
    "dbt": {0: GOES_ON, 75: TRIES_AGAIN, **FINAL, **OTHERS},
}
ENDS = [(step, code, meaning) for step, codes in MEANS.items() for code, meaning in codes.items()]


@dataclass(frozen=True)
class End:
    """How a task on ECS ended."""

    exit_code: int | None = 0
    stop_code: str = "EssentialContainerExited"
    sidecar: bool = False
    """Whether AWS added a container to the task, which comes first and was killed at the end."""

    def of(self, container: str) -> Mapping[str, Any] | TaskFailure:
        """What ecs:runTask.sync makes of it: the task, as the state's output or as the cause of its failure."""
        ours = {"Name": container, "LastStatus": "STOPPED", **({} if self.exit_code is None else {"ExitCode": self.exit_code})}
        others = [{"Name": "aws-guardduty-agent-1", "LastStatus": "STOPPED", "ExitCode": 137}] if self.sidecar else []
        task = {"Containers": [*others, ours], "StopCode": self.stop_code, "StoppedReason": "…", "TaskArn": "arn:…/1"}
        return task if self.exit_code == 0 else TaskFailure("States.TaskFailed", json.dumps(task))


NO_CAPACITY = TaskFailure("AmazonECS.Unknown", '{"Failures":[{"Reason":"Capacity is unavailable at this time"}],"Tasks":[]}')
THROTTLED = TaskFailure("ECS.AmazonECSException", "Rate exceeded (Service: AmazonECS; Status Code: 400; …)")
TIMED_OUT = TaskFailure("States.Timeout")
FAILED_WITHOUT_CAUSE = TaskFailure("States.TaskFailed")
NOT_STARTED = End(None, "TaskFailedToStart")


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> StateMachine:
    iac = copy_of_iac(tmp_path_factory.mktemp("chain"))
    return StateMachine(outputs(planned(iac / "modules" / "orchestrator", given("scheduler")))["definition"])


def walk(machine: StateMachine, ends: Mapping[str, list[End | TaskFailure]]) -> Walk:
    """An execution in which steps end in turn as given, the last way again and again, and otherwise well."""
    left = {step: list(each) for step, each in ends.items()}

    def run(step: str, _parameters: Mapping[str, Any]) -> Mapping[str, Any] | TaskFailure:
        coming = left.get(step, [End()])
        end = coming.pop(0) if len(coming) > 1 else coming[0]
        return end if isinstance(end, TaskFailure) else end.of(STEPS[step])

    return machine.walk(run, given={"started": "by hand"}, name="execution-1")


def tries(walked: Walk) -> dict[str, int]:
    ran = [step for step, _ in walked.tasks]
    return {step: ran.count(step) for step in dict.fromkeys(ran)}


def test_a_day_without_failure_runs_each_step_once_in_order(machine: StateMachine) -> None:
    walked = walk(machine, {})
    assert tries(walked) == {"Extract": 1, "Load": 1, "dbt": 1}
    assert (walked.failure, walked.waited) == (None, [])


@pytest.mark.parametrize(("step", "code", "meaning"), ENDS)
def test_each_exit_code_of_each_step(machine: StateMachine, step: str, code: int, meaning: str) -> None:
    walked = walk(machine, {step: [End(code)]})
    times = TRIES if meaning == TRIES_AGAIN else 1
    behind = list(STEPS)[list(STEPS).index(step) + 1 :]
    goes_on = meaning == GOES_ON or step == "Extract"
    before = {each: 1 for each in STEPS if each not in (step, *behind)}
    assert tries(walked) == {**before, step: times, **(dict.fromkeys(behind, 1) if goes_on else {})}
    assert walked.waited == [WAIT] * (times - 1)
    assert (walked.failure is None) == (meaning == GOES_ON)
    assert not walked.failure or walked.failure.error == f"{step.capitalize()}Failed"


@pytest.mark.parametrize(("step", "code", "meaning"), ENDS)
def test_each_exit_code_means_what_it_means_to_the_dag(step: str, code: int, meaning: str) -> None:
    """A chain cannot read reports: exit 75 of extract and load goes on, whether or not something was committed."""
    match outcome(ContainerExit(STEPS[step], code, "EssentialContainerExited", "", None), datetime.now(UTC)):
        case Done():
            assert meaning == GOES_ON
        case TryLater():
            assert meaning == (TRIES_AGAIN if step == "dbt" else GOES_ON)
        case Failed(final=final):
            assert meaning == (FAILS if final else TRIES_AGAIN)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(
    "end",
    [
        NO_CAPACITY,
        THROTTLED,
        TIMED_OUT,
        FAILED_WITHOUT_CAUSE,
        NOT_STARTED,
        End(None, "SpotInterruption"),
        End(None, "TaskFailedToStart", sidecar=True),
        End(0, "SpotInterruption"),
        End(75, "SpotInterruption"),
        End(143, "SpotInterruption"),
        End(78, "UserInitiated"),
    ],
    ids=str,
)
def test_what_never_ran_or_was_stopped_from_outside_is_tried_again(
    machine: StateMachine, step: str, end: End | TaskFailure
) -> None:
    well_at_last = walk(machine, {step: [end, end, End()]})
    assert tries(well_at_last) == {each: TRIES if each == step else 1 for each in STEPS}
    assert (well_at_last.failure, well_at_last.waited) == (None, [WAIT, WAIT])
    never_well = walk(machine, {step: [end]})
    assert tries(never_well)[step] == TRIES
    assert never_well.failure


def test_an_extract_that_fails_is_loaded_and_built_and_the_execution_fails_in_the_end(machine: StateMachine) -> None:
    walked = walk(machine, {"Extract": [End(77)]})
    assert tries(walked) == {"Extract": 1, "Load": 1, "dbt": 1}
    assert walked.failure
    assert "extract failed" in str(walked.failure.cause)


def test_the_cause_of_a_failed_execution_is_that_of_its_last_failure(machine: StateMachine) -> None:
    walked = walk(machine, {"Extract": [End(77)], "Load": [End(65)]})
    assert tries(walked) == {"Extract": 1, "Load": 1}
    assert walked.failure
    assert walked.failure.error == "LoadFailed"


@pytest.mark.parametrize("code", [0, 65, 75, 69])
def test_the_exit_code_is_that_of_our_container_and_not_of_one_that_aws_added(machine: StateMachine, code: int) -> None:
    alone, accompanied = (walk(machine, {"Load": [End(code, sidecar=sidecar)]}) for sidecar in (False, True))
    assert accompanied == alone


def test_two_executions_at_once_end_well(machine: StateMachine) -> None:
    """The second finds the accounts, and then the load, taken; dbt waits for the other's build."""
    walked = walk(machine, {"Extract": [End(75)], "Load": [End(75)], "dbt": [End(75), End()]})
    assert tries(walked) == {"Extract": 1, "Load": 1, "dbt": 2}
    assert walked.failure is None


def test_each_step_runs_what_the_dag_runs(machine: StateMachine, tmp_path: Path) -> None:
    found = found_in_airflow(tmp_path)
    dag = found["tasks"]
    ran = {step: parameters["Overrides"]["ContainerOverrides"][0] for step, parameters in walk(machine, {}).tasks}
    families = {step: parameters["TaskDefinition"] for step, parameters in walk(machine, {}).tasks}
    # The chain gives no --ds: the date is then that of the source's clock. `load run` is stage, check and publish in one.
    verb, source, _, _, *rest = dag["extract"]["container"]["command"]
    assert ran["Extract"]["Command"] == [verb, source, *rest]
    assert ran["Load"]["Command"] == ["run", *dag["stage"]["container"]["command"][1:]]
    assert ran["dbt"]["Command"] == dag["dbt"]["container"]["command"]
    for step, task in {"Extract": "extract", "Load": "stage", "dbt": "dbt"}.items():
        assert families[step] == dag[task]["family"].replace("paceline-", f"{NAME}-")
        assert ran[step]["Name"] == dag[task]["container"]["name"]
        assert [each["Name"] for each in ran[step]["Environment"]] == [
            each["name"] for each in dag[task]["container"]["environment"]
        ]
        assert machine.states[step]["TimeoutSeconds"] == dag[task]["seconds"]
        assert (dag[task]["tries"], dag[task]["wait_seconds"]) == (TRIES, WAIT)


def test_a_container_knows_its_lake_its_execution_and_its_try(machine: StateMachine) -> None:
    walked = walk(machine, {"Load": [End(69), End()]})
    environments = [
        {each["Name"]: each["Value"] for each in parameters["Overrides"]["ContainerOverrides"][0]["Environment"]}
        for _, parameters in walked.tasks
    ]
    assert [each["PACELINE_ORCHESTRATOR_TRY"] for each in environments] == ["1", "1", "2", "1"]
    assert {each["PACELINE_ORCHESTRATOR_RUN"] for each in environments} == {"execution-1"}
    assert {each["PACELINE_LAKE"] for each in environments} == {LAKE}


def strategies(walked: Walk) -> list[list[Mapping[str, Any]]]:
    return [parameters["CapacityProviderStrategy"] for _, parameters in walked.tasks]


@pytest.mark.parametrize("step", STEPS)
def test_the_last_try_of_a_step_does_not_run_on_spot(machine: StateMachine, step: str) -> None:
    """If Spot has no capacity, ECS starts nothing on demand instead. What runs after it is on Spot again."""
    on_demand = [{"CapacityProvider": "FARGATE", "Weight": 1, "Base": 0}]
    walked = walk(machine, {step: [NO_CAPACITY, NO_CAPACITY, End()]})
    before, behind = list(STEPS).index(step), len(STEPS) - list(STEPS).index(step) - 1
    assert strategies(walked) == [*[SHARES] * (before + TRIES - 1), on_demand, *[SHARES] * behind]


def test_without_spot_each_try_is_the_same(tmp_path: Path) -> None:
    iac = copy_of_iac(tmp_path)
    variables = given("scheduler", capacity_providers=[{"provider": "FARGATE", "weight": 2}])
    machine = StateMachine(outputs(planned(iac / "modules" / "orchestrator", variables))["definition"])
    walked = walk(machine, {"Load": [NO_CAPACITY, NO_CAPACITY, End()]})
    assert strategies(walked) == [[{"CapacityProvider": "FARGATE", "Weight": 2, "Base": 0}]] * (TRIES + 2)


def test_a_task_gets_capacity_and_network_of_the_deployment(machine: StateMachine) -> None:
    for step, parameters in walk(machine, {}).tasks:
        assert machine.states[step]["Resource"] == "arn:aws:states:::ecs:runTask.sync"
        assert parameters["Cluster"] == NAME
        assert parameters["CapacityProviderStrategy"] == SHARES
        assert parameters["NetworkConfiguration"]["AwsvpcConfiguration"] == {
            "Subnets": ["subnet-a", "subnet-b"],
            "SecurityGroups": ["sg-tasks"],
            "AssignPublicIp": "DISABLED",
        }


def test_no_state_is_left_that_these_ends_do_not_reach(machine: StateMachine) -> None:
    walks = [walk(machine, {step: [end]}) for step in STEPS for end in (End(), End(69), End(65), NO_CAPACITY)]
    assert machine.states.keys() == {state for walked in walks for state in walked.visited}

"""Each application of a source has a task definition of its own, and no container gets a secret that it does not use."""

from collections.abc import Callable
from typing import Any

import pytest
from harness import EventRecorder, context, secrets_of, task_definitions
from paceline.extract import SourceToS3Operator, StravaToS3Operator
from paceline.load import S3ToPostgresOperator
from paceline.task import PacelineTaskOperator
from paceline.transform import DbtOperator

WAREHOUSE = {"PACELINE_WAREHOUSE": "/paceline/warehouse/url", "PACELINE_WAREHOUSE_PASSWORD": "/paceline/warehouse/password"}


def strava(application: str) -> dict[str, str]:
    return {
        "PACELINE_STRAVA_ACCOUNTS": f"/paceline/{application}/accounts",
        "PACELINE_STRAVA_CLIENT_ID": f"/paceline/{application}/client-id",
        "PACELINE_STRAVA_CLIENT_SECRET": f"/paceline/{application}/client-secret",
    }


@pytest.mark.usefixtures("ecs")
@pytest.mark.parametrize(
    ("new_task", "application"),
    [
        (lambda: StravaToS3Operator(task_id="extract"), "strava"),
        (lambda: StravaToS3Operator(task_id="extract_club", application="strava-club"), "strava-club"),
        (lambda: S3ToPostgresOperator(task_id="publish", source="strava", step="publish"), None),
        (lambda: DbtOperator(task_id="dbt"), None),
    ],
    ids=["extract", "extract of a second application", "load", "transformation"],
)
def test_a_container_gets_the_secrets_that_it_uses_and_no_other(
    new_task: Callable[[], PacelineTaskOperator],
    application: str | None,
    recorder: EventRecorder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Seen by the container itself: `env` in place of the image."""
    monkeypatch.setenv("PACELINE_STRAVA_API_KEY", "value of this shell")
    task = new_task()
    task.overrides["containerOverrides"][0]["command"] = ["env"]
    task.execute(context())
    environment = dict(line.split("=", 1) for line in recorder.ended[-1].log.read_text().splitlines())
    others = {"PACELINE_LAKE", "PACELINE_ORCHESTRATOR_RUN", "PACELINE_ORCHESTRATOR_TRY"}
    own = {name: value for name, value in environment.items() if name.startswith(("PACELINE_", "AWS_")) and name not in others}
    secrets = strava(application) if application else WAREHOUSE
    tokens = {"PACELINE_TOKENS": f"ssm:/paceline/{application}/tokens"} if application else {}
    assert own == {**{name: f"value of {parameter}" for name, parameter in secrets.items()}, **tokens}
    assert environment["PACELINE_LAKE"] == "file:///nowhere"


def test_there_is_a_definition_for_each_application_and_one_each_for_load_and_transformation() -> None:
    families = {definition["family"]: secrets_of(definition) for definition in task_definitions()}
    assert families == {
        "paceline-extract-strava": strava("strava"),
        "paceline-extract-strava-club": strava("strava-club"),
        "paceline-load": WAREHOUSE,
        "paceline-transformation": WAREHOUSE,
    }


def test_a_task_may_read_some_of_its_applications_accounts() -> None:
    task = StravaToS3Operator(task_id="extract_club", application="strava-club", accounts=["cleo", "dan"])
    assert task.overrides["containerOverrides"][0]["command"][-4:] == ["--account", "cleo", "--account", "dan"]


def test_an_application_without_a_task_definition_is_named() -> None:
    with pytest.raises(ValueError, match="no family for the task definition extract-club, only for extract-strava, "):
        StravaToS3Operator(task_id="extract_club", application="club")


@pytest.mark.parametrize(
    "name",
    ["PACELINE_WAREHOUSE_PASSWORD", "PACELINE_BANK_API_KEY", "PACELINE_STRAVA_TOKEN_ANNA", "AWS_SECRET_ACCESS_KEY"],
)
def test_no_task_takes_a_secret_in_its_environment(name: str) -> None:
    with pytest.raises(ValueError, match=f"{name} must not hold a secret") as refused:
        PacelineTaskOperator(task_id="load", image="load", command=["stage"], environment={name: "hush-hush"})
    assert "hush" not in str(refused.value)


def test_a_task_takes_references_and_other_settings_in_its_environment() -> None:
    variables = {"PACELINE_WAREHOUSE_PASSWORD": "ssm:/other", "PACELINE_STRAVA_STREAMS": "activities"}
    task = PacelineTaskOperator(task_id="load", image="load", command=["stage"], environment=variables)
    given: list[dict[str, Any]] = task.overrides["containerOverrides"][0]["environment"]
    assert {variable["name"]: variable["value"] for variable in given}.items() >= variables.items()


@pytest.mark.parametrize("name", ["PACELINE_STRAVA_CLIENT_ID", "PACELINE_STRAVA_ACCOUNTS", "PACELINE_TOKENS"])
def test_what_belongs_to_an_application_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=rf"{name} cannot be given in a task's environment.*application='NAME'"):
        SourceToS3Operator(task_id="extract", source="strava", environment={name: "x"})

"""Two applications of one source: each task serves its own, and no secret is in a task's environment."""

from typing import Any

import pytest
from harness import EventRecorder, context
from paceline.application import Application
from paceline.extract import SourceToS3Operator, StravaToS3Operator
from paceline.task import PacelineTaskOperator

CLUB = Application(client_id="67890", client_secret="ssm:/paceline/strava-club/client-secret")


def environment_in(task: PacelineTaskOperator, recorder: EventRecorder) -> set[str]:
    """Runs `env` in place of the image."""
    task.overrides["containerOverrides"][0]["command"] = ["env"]
    task.execute(context())
    return set(recorder.ended[-1].log.read_text().splitlines())


@pytest.mark.usefixtures("ecs")
def test_two_tasks_carry_their_own_application(recorder: EventRecorder) -> None:
    first = environment_in(StravaToS3Operator(task_id="extract"), recorder)
    second = environment_in(StravaToS3Operator(task_id="extract_club", application=CLUB, accounts=["cleo", "dan"]), recorder)

    def strava(environment: set[str]) -> set[str]:
        return {line for line in environment if line.startswith("PACELINE_STRAVA_")}

    assert strava(first) == {
        "PACELINE_STRAVA_ACCOUNTS=value of /paceline/strava/accounts",
        "PACELINE_STRAVA_CLIENT_ID=value of /paceline/strava/client-id",
        "PACELINE_STRAVA_CLIENT_SECRET=value of /paceline/strava/client-secret",
    }
    assert strava(second) == {
        "PACELINE_STRAVA_CLIENT_ID=67890",
        "PACELINE_STRAVA_CLIENT_SECRET=ssm:/paceline/strava-club/client-secret",
    }
    shared = {"PACELINE_LAKE=file:///nowhere", "PACELINE_TOKENS=value of /paceline/tokens"}
    assert shared <= first & second


def test_the_second_task_reads_its_own_accounts() -> None:
    task = StravaToS3Operator(task_id="extract_club", application=CLUB, accounts=["cleo", "dan"])
    assert task.overrides["containerOverrides"][0]["command"][-4:] == ["--account", "cleo", "--account", "dan"]


def test_an_application_without_accounts_is_refused() -> None:
    with pytest.raises(ValueError, match="Name the accounts of the application 67890"):
        StravaToS3Operator(task_id="extract_club", application=CLUB)


def test_the_variables_are_those_of_the_source() -> None:
    assert set(CLUB.environment("my-bank")) == {"PACELINE_MY_BANK_CLIENT_ID", "PACELINE_MY_BANK_CLIENT_SECRET"}


@pytest.mark.parametrize("reference", ["secretsmanager:strava#club", "file:/home/me/club-secret"])
def test_a_client_secret_may_be_any_reference(reference: str) -> None:
    club = Application(client_id="67890", client_secret=reference)
    assert club.environment("strava")["PACELINE_STRAVA_CLIENT_SECRET"] == reference


def test_a_client_secret_that_is_no_reference_is_refused_and_not_shown() -> None:
    with pytest.raises(ValueError, match="PACELINE_STRAVA_CLIENT_SECRET must not hold a secret") as refused:
        Application(client_id="67890", client_secret="hush-hush").environment("strava")
    assert "hush" not in str(refused.value)


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
def test_what_ecs_would_ignore_because_the_task_definition_has_it_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=rf"{name} in a task's environment would not replace .*application=Application"):
        SourceToS3Operator(task_id="extract", source="strava", environment={name: "x"})

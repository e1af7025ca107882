"""A whole day in containers: the simulated API, S3, a Postgres that speaks TLS only, the marts. The tests share it, in order."""

import json

import pytest
from paceline_local.waiting import wait_until
from pipeline import Pipeline, definition, ended

DETAIL = "/activities/{id}"
ACTIVITIES = "select count(*) from strava.activities where _deleted_at is null"
MARTS = "select sum(n)::int from mart.activity_summary_monthly"
CONNECT = {"load": ["status", "strava"], "transformation": ["build", "--select", "dim_date"]}


def test_sigterm_during_an_import_commits_what_was_read_and_exits_in_time(pipeline: Pipeline) -> None:
    """As ECS stops a container: SIGTERM, and SIGKILL if it has not ended after `stopTimeout`."""
    pipeline.sandbox.control("POST", "faults", {"kind": "hold", "endpoint": DETAIL, "after": 20})
    with pipeline.running("extract", "sync", "strava") as container:
        wait_until(lambda: any(fault["happened"] for fault in pipeline.sandbox.control("GET", "faults")), "No call was held", "")
        container.kill("SIGTERM")
        wait_until(lambda: b"Asked to stop" in container.logs(), "extract did not notice", "")
        pipeline.sandbox.control("DELETE", "faults")
        stopped = ended(container, stop_timeout("extract"))
    assert stopped.exit_code == 75, stopped.output
    (account,) = stopped.report["accounts"]
    assert account["commits"] == [1]
    assert account["streams"]["activity_details"]["upserts"] >= 20


def test_the_next_run_continues_and_everything_arrives_in_the_marts(pipeline: Pipeline) -> None:
    extracted = pipeline.run("extract", "sync", "strava")
    assert extracted.exit_code == 0, extracted.output
    loaded = pipeline.run("load", "run", "strava")
    assert loaded.exit_code == 0, loaded.output
    built = pipeline.run("transformation", "build", "--select", "tag:strava")
    assert built.exit_code == 0, built.output
    (activities,) = pipeline.rows("select count(*) from strava.activities")
    assert pipeline.rows(MARTS) == [activities]
    assert int(activities) == pipeline.sandbox.control("GET", "athletes")[0]["activities"] > 100


def test_the_next_day_brings_only_what_is_new(pipeline: Pipeline) -> None:
    (before,) = pipeline.rows(ACTIVITIES)
    pipeline.sandbox.begin_next_day()
    extracted = pipeline.run("extract", "sync", "strava")
    assert extracted.exit_code == 0, extracted.output
    new = extracted.report["accounts"][0]["streams"]["activities"]
    assert new["upserts"] < int(before)
    loaded = pipeline.run("load", "run", "strava")
    assert loaded.exit_code == 0, loaded.output
    assert pipeline.run("transformation", "build", "--select", "tag:strava").exit_code == 0
    assert pipeline.rows("select count(*) from ops.loads") == ["2"]


def test_sigterm_during_a_load_rolls_back_and_exits_in_time(pipeline: Pipeline) -> None:
    """It ends like any Java process, with 143: nothing is worth committing, because a load takes effect as a whole."""
    pipeline.sandbox.begin_next_day()
    extracted = pipeline.run("extract", "sync", "strava")
    assert extracted.exit_code == 0, extracted.output
    with pipeline.locked("strava.activities"), pipeline.running("load", "run", "strava") as container:
        wait_until(lambda: pipeline.waits("paceline load"), "load did not wait for the lock", "")
        container.kill("SIGTERM")
        stopped = ended(container, stop_timeout("load"))
    assert stopped.exit_code == 143, stopped.output
    # Postgres notices that a client is gone only once the session need not wait any more.
    wait_until(lambda: not pipeline.is_connected("paceline load"), "Postgres kept the session of the stopped load", "")
    assert pipeline.rows("select count(*) from ops.loads") == ["2"]
    again = pipeline.run("load", "run", "strava")
    assert again.exit_code == 0, again.output
    assert pipeline.rows("select count(*) from ops.loads") == ["3"]


def test_sigterm_during_a_build_is_reported_and_exits_in_time(pipeline: Pipeline) -> None:
    with pipeline.locked("dwh.fact_activity"), pipeline.running("transformation", "build", "--select", "tag:strava") as container:
        wait_until(lambda: pipeline.waits("dbt"), "dbt did not wait for the lock", "")
        container.kill("SIGTERM")
        stopped = ended(container, stop_timeout("transformation"))
        wait_until(lambda: not pipeline.is_connected("dbt"), "dbt left a statement that still waits", "")
    assert stopped.exit_code == 75, stopped.output
    assert "asked to stop (SIGTERM)" in stopped.report["error"]["what"]
    again = pipeline.run("transformation", "build", "--select", "tag:strava")
    assert again.exit_code == 0, again.output
    assert pipeline.rows(MARTS) == pipeline.rows(ACTIVITIES)


def test_no_secret_is_in_what_the_containers_print(pipeline: Pipeline) -> None:
    runs = [
        pipeline.run("extract", "sync", "strava"),
        pipeline.run("load", "run", "strava"),
        pipeline.run("transformation", "debug", "--connection"),
    ]
    assert [run.exit_code for run in runs] == [0, 0, 0], runs
    secrets = [
        pipeline.environment["load"]["PACELINE_WAREHOUSE_PASSWORD"],
        pipeline.environment["load"]["AWS_SECRET_ACCESS_KEY"],
        pipeline.sandbox.client_secret,
        *(athlete["refresh_token"] for athlete in pipeline.sandbox.athletes()),
    ]
    printed = json.dumps([run.output for run in runs])
    assert "sslrootcert" in printed, "dbt shows its settings"
    assert [secret for secret in secrets if secret in printed] == []


@pytest.mark.parametrize("image", CONNECT)
def test_a_warehouse_whose_ca_is_not_trusted_is_refused_with_78(pipeline: Pipeline, image: str) -> None:
    run = pipeline.run(image, *CONNECT[image], PACELINE_WAREHOUSE_CA="")
    assert run.exit_code == 78, run.output
    assert "is not signed by a CA that is trusted here" in run.report["error"]["what"]
    assert "PACELINE_WAREHOUSE_CA" in run.report["error"]["remedy"]


@pytest.mark.parametrize("image", CONNECT)
def test_only_the_setting_that_says_so_connects_without_verifying(pipeline: Pipeline, image: str) -> None:
    unverified = {"PACELINE_WAREHOUSE_CA": "", "PACELINE_WAREHOUSE_UNVERIFIED": "true"}
    run = pipeline.run(image, *CONNECT[image], **unverified)
    assert run.exit_code == 0, run.output


def stop_timeout(image: str) -> int:
    (container,) = definition(image)["containerDefinitions"]
    return int(container["stopTimeout"])

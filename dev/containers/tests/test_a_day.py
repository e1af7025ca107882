"""A whole day in containers, from the simulated API over S3 and a Postgres that speaks TLS only to the marts; in order."""

import json

from paceline_local.waiting import wait_until
from pipeline import Pipeline, definition, ended

DETAIL = "/activities/{id}"
MARTS = "select sum(n)::int from mart.activity_summary_monthly"


def test_sigterm_during_an_import_commits_what_was_read_and_exits_in_time(pipeline: Pipeline) -> None:
    """The container is held while it waits for a response, and stopped as ECS does: SIGTERM, then SIGKILL after `stopTimeout`."""
    pipeline.sandbox.control("POST", "faults", {"kind": "hold", "endpoint": DETAIL, "after": 20})
    with pipeline.running("extract", "sync", "strava") as container:
        wait_until(lambda: any(fault["happened"] for fault in pipeline.sandbox.control("GET", "faults")), "No call was held", "")
        container.stop(timeout=stop_timeout("extract"))
        stopped = ended(container)
    pipeline.sandbox.control("DELETE", "faults")
    assert stopped.exit_code == 75, stopped.output
    assert stopped.report["commits"] > 0
    assert stopped.report["status"] == "try_again"


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
    (before,) = pipeline.rows("select count(*) from strava.activities where _deleted_at is null")
    pipeline.sandbox.begin_next_day()
    extracted = pipeline.run("extract", "sync", "strava")
    assert extracted.exit_code == 0, extracted.output
    new = extracted.report["accounts"][0]["streams"]["activities"]
    assert new["upserts"] < int(before)
    loaded = pipeline.run("load", "run", "strava")
    assert loaded.exit_code == 0, loaded.output
    assert pipeline.run("transformation", "build", "--select", "tag:strava").exit_code == 0
    assert pipeline.rows("select count(*) from ops.loads") == ["2"]


def stop_timeout(image: str) -> int:
    (container,) = definition(image)["containerDefinitions"]
    return int(container["stopTimeout"])


def test_no_secret_is_in_what_the_containers_print(pipeline: Pipeline) -> None:
    secrets = [pipeline.environment["load"]["PACELINE_WAREHOUSE_PASSWORD"], pipeline.sandbox.client_secret]
    runs = [
        pipeline.run("extract", "sync", "strava"),
        pipeline.run("load", "run", "strava"),
        pipeline.run("transformation", "debug"),
    ]
    printed = json.dumps([run.output for run in runs])
    assert [secret for secret in secrets if secret in printed] == []

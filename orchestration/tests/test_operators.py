"""Operators against an endpoint that really starts their containers: how a container's exit becomes the result of its task."""

import json
import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowRescheduleException, AirflowTaskTimeout
from airflow.sdk.execution_time.timeout import timeout
from botocore.exceptions import ClientError
from harness import DagRun, EventRecorder, TaskInstance, context, report, run_worker, write_deployment
from jinja2 import Environment
from paceline.container_log import ContainerLog
from paceline.extract import SourceToS3Operator, StravaToS3Operator
from paceline.load import S3ToPostgresOperator
from paceline.task import PacelineTaskOperator
from paceline.transform import DbtOperator
from paceline_local.ecs.endpoint import Endpoint
from paceline_local.waiting import wait_until

NewTask = Callable[..., PacelineTaskOperator]
COMMITTED = report(status="try_again", commits=1, accounts=[{"account": "ann", "commits": [4]}], resume_at="2027-01-01T00:00:00Z")
BUSY = report(status="try_again", commits=0, accounts=[{"account": "ann", "commits": []}])

pytestmark = pytest.mark.usefixtures("ecs")


def test_a_container_that_succeeds_returns_its_report_and_shows_its_log(
    new_task: NewTask, capfd: pytest.CaptureFixture[str]
) -> None:
    found = new_task(f"echo reading; echo '{report(status='done', calls=3)}'").execute(context())
    assert found == json.loads(report(status="done", calls=3))
    shown = capfd.readouterr().out
    assert "] reading" in shown
    assert "Report of extract sync strava: done · 0.1 s" in shown


def test_without_a_report_a_container_still_succeeds_and_returns_nothing(new_task: NewTask) -> None:
    assert new_task("echo no report").execute(context()) is None


def test_a_missing_report_that_later_tasks_need_is_retried(new_task: NewTask) -> None:
    with pytest.raises(AirflowException, match="It left no report") as raised:
        new_task("echo no report", needs_report=True).execute(context())
    assert not isinstance(raised.value, AirflowFailException)


def test_a_spent_budget_with_a_commit_succeeds_and_its_report_is_the_xcom(new_task: NewTask) -> None:
    assert new_task(f"echo '{COMMITTED}'; exit 75").execute(context()) == json.loads(COMMITTED)


def test_a_spent_budget_without_a_commit_resumes_when_the_report_says(new_task: NewTask) -> None:
    resume_at = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=5)
    try_again = report(status="try_again", resume_at=resume_at.isoformat())
    with pytest.raises(AirflowRescheduleException) as raised:
        new_task(f"echo '{try_again}'; exit 75").execute(context())
    assert raised.value.reschedule_date == resume_at


def test_with_rescheduling_off_it_fails_immediately(new_task: NewTask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PACELINE_RESCHEDULE", "off")
    with pytest.raises(AirflowFailException, match="PACELINE_RESCHEDULE is off"):
        new_task(f"echo '{BUSY}'; exit 75").execute(context())


def test_a_task_waits_for_at_most_a_day(new_task: NewTask) -> None:
    since = datetime.now(UTC) - timedelta(hours=23, minutes=50)
    with pytest.raises(AirflowFailException, match="It has waited since"):
        new_task(f"echo '{BUSY}'; exit 75").execute(context(TaskInstance(waiting_since=since)))


def test_a_load_whose_stage_was_lost_fails_instead_of_waiting() -> None:
    check = S3ToPostgresOperator(task_id="check", source="strava", step="check", load_id="3")
    check.overrides["containerOverrides"][0]["command"] = ["bash", "-c", f"echo '{report('check', report='load')}'; exit 75"]
    with pytest.raises(AirflowException, match="exit 75") as raised:
        check.execute(context())
    assert not isinstance(raised.value, AirflowFailException | AirflowRescheduleException)


@pytest.mark.parametrize("exit_code", [64, 65, 77, 78])
def test_what_a_retry_cannot_change_fails_without_one(new_task: NewTask, exit_code: int) -> None:
    error = {"doing": "Reading x", "what": "it is wrong", "remedy": "fix it"}
    with pytest.raises(AirflowFailException, match=rf"exit {exit_code}, .*Reading x: it is wrong; fix it.*clear this task"):
        new_task(f"echo '{report(error=error)}'; exit {exit_code}").execute(context())


@pytest.mark.parametrize(
    ("end", "exit_code"), [("exit 69", 69), ("exit 70", 70), ("exit 1", 1), ("kill -9 $$", 137), ("kill -15 $$", 143)]
)
def test_a_failure_that_may_be_temporary_is_retried(new_task: NewTask, end: str, exit_code: int) -> None:
    with pytest.raises(AirflowException, match=rf"exit {exit_code}") as raised:
        new_task(end).execute(context())
    assert not isinstance(raised.value, AirflowFailException | AirflowRescheduleException)


def test_a_container_that_cannot_start_is_retried(new_task: NewTask) -> None:
    task = new_task("")
    task.overrides["containerOverrides"][0]["command"] = ["/no/such/program"]
    with pytest.raises(AirflowException, match=r"extract did not start: .*/no/such/program") as raised:
        task.execute(context())
    assert not isinstance(raised.value, AirflowFailException)


def test_an_override_that_ecs_rejects_starts_no_container(new_task: NewTask, recorder: EventRecorder) -> None:
    unknown = new_task("true")
    unknown.overrides["containerOverrides"][0]["name"] = "extrat"
    with pytest.raises(ClientError, match="extrat"):
        unknown.execute(context())
    with pytest.raises(ClientError, match="8192"):
        new_task("true " * 2000).execute(context())
    assert recorder.events == []


def test_a_timeout_sends_sigterm_to_the_container(new_task: NewTask, ecs: Endpoint, tmp_path: Path) -> None:
    """As in Airflow's worker: the timeout's alarm interrupts `execute`, then `on_kill` is called."""
    ready, terminated = tmp_path / "ready", tmp_path / "terminated"
    task = new_task(f"trap 'touch {terminated}; exit 75' TERM; touch {ready}; while true; do sleep 0.1; done")

    def raise_the_alarm_once_it_is_ready() -> None:
        wait_until(ready.exists, "The container did not start", "")
        os.kill(os.getpid(), signal.SIGALRM)

    with ThreadPoolExecutor(1) as pool:
        alarm = pool.submit(raise_the_alarm_once_it_is_ready)
        with pytest.raises(AirflowTaskTimeout), timeout(60):
            task.execute(context())
        alarm.result()
    task.on_kill()
    wait_until(terminated.exists, "SIGTERM did not arrive", "")
    assert task.task_log_fetcher is not None
    task.task_log_fetcher.join()


def test_an_unreadable_log_does_not_fail_a_successful_container(new_task: NewTask, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = ClientError({"Error": {"Code": "ThrottlingException", "Message": "Rate exceeded"}}, "GetLogEvents")

    def refuse(*_args: object) -> list[str]:
        raise refused

    monkeypatch.setattr(ContainerLog, "get_last_log_messages", refuse)
    assert new_task(f"echo '{report(status='done')}'").execute(context()) is None
    with pytest.raises(AirflowException, match="It left no report"):
        new_task("true", needs_report=True).execute(context())


def test_output_after_the_report_does_not_hide_it(new_task: NewTask) -> None:
    found = new_task(f"echo '{report(status='done')}'; seq 30").execute(context())
    assert found == json.loads(report(status="done"))


@pytest.mark.parametrize(
    ("ti", "runs_on"),
    [
        (TaskInstance(try_number=1, max_tries=2), "FARGATE_SPOT"),
        (TaskInstance(try_number=2, max_tries=2), "FARGATE_SPOT"),
        (TaskInstance(try_number=3, max_tries=2), "FARGATE"),
        (TaskInstance(try_number=1, max_tries=0), "FARGATE"),
        (TaskInstance(try_number=4, max_tries=5), "FARGATE_SPOT"),
    ],
    ids=["first", "second", "last", "only", "first after it was cleared"],
)
def test_the_last_try_does_not_run_on_spot(
    new_task: NewTask, deployment_file: Path, capfd: pytest.CaptureFixture[str], ti: TaskInstance, runs_on: str
) -> None:
    write_deployment(deployment_file.parent, capacity_providers=[{"provider": "FARGATE_SPOT", "weight": 1}])
    task = new_task("true")
    task.execute(context(ti))
    [started] = task.client.describe_tasks(cluster=task.cluster, tasks=[task.arn])["tasks"]
    assert started["capacityProviderName"] == runs_on
    assert ("it runs on FARGATE instead of FARGATE_SPOT" in capfd.readouterr().out) == (runs_on == "FARGATE")


def test_a_last_try_without_spot_is_as_the_others(new_task: NewTask, capfd: pytest.CaptureFixture[str]) -> None:
    new_task("true").execute(context(TaskInstance(try_number=3)))
    assert "last try" not in capfd.readouterr().out


def test_a_killed_workers_container_is_found_again(
    new_task: NewTask, recorder: EventRecorder, deployment_file: Path, tmp_path: Path
) -> None:
    finish = tmp_path / "finish"
    script = f"echo started >> {tmp_path}/starts; until [ -e {finish} ]; do sleep 0.1; done; echo '{report(status='done')}'"
    worker = get_context("spawn").Process(target=run_worker, args=(deployment_file, script))
    worker.start()
    wait_until((tmp_path / "starts").exists, "The container did not start", "")
    worker.kill()
    worker.join()
    assert worker.exitcode == -signal.SIGKILL

    second = new_task(script)

    def let_it_finish_once_it_is_found() -> None:
        wait_until(lambda: second.arn is not None, "The next worker found no container", "")
        finish.touch()

    with ThreadPoolExecutor(1) as pool:
        finishing = pool.submit(let_it_finish_once_it_is_found)
        assert second.execute(context()) == json.loads(report(status="done"))
        finishing.result()
    assert (tmp_path / "starts").read_text() == "started\n"
    assert [task.task_id for task in recorder.started] == [second.arn.rsplit("/", 1)[-1]]


def test_the_container_sees_its_run_its_lake_and_its_secrets(recorder: EventRecorder) -> None:
    task = rendered(StravaToS3Operator(task_id="extract"), context())
    task.overrides["containerOverrides"][0]["command"] = ["env"]
    task.execute(context())
    seen = recorder.ended[0].log.read_text()
    for line in (
        "PACELINE_LAKE=file:///nowhere",
        "PACELINE_ORCHESTRATOR_RUN=manual__2026-11-21",
        "PACELINE_ORCHESTRATOR_TRY=1",
        "PACELINE_STRAVA_CLIENT_SECRET=value of /paceline/strava/client-secret",
    ):
        assert line in seen
    assert "AWS_SECRET_ACCESS_KEY" not in seen


def rendered(task: PacelineTaskOperator, values: dict[str, Any]) -> PacelineTaskOperator:
    environment = Environment(autoescape=False)
    environment.filters["ds"] = lambda moment: moment.strftime("%Y-%m-%d")
    task.render_template_fields(values, environment)
    return task


def command(task: PacelineTaskOperator, values: dict[str, Any] | None = None) -> list[str]:
    return rendered(task, values or context()).overrides["containerOverrides"][0]["command"]


@pytest.mark.parametrize(
    ("dag_run", "ds"),
    [(DagRun(), "2026-11-21"), (DagRun(datetime(2026, 11, 20, 5, 5, tzinfo=UTC)), "2026-11-20")],
    ids=["by a user or the API", "by the scheduler"],
)
def test_every_run_has_a_date(dag_run: DagRun, ds: str) -> None:
    assert command(StravaToS3Operator(task_id="extract"), context(dag_run=dag_run)) == [
        *("sync", "strava", "--ds", ds),
        *("--on-limit", "window"),
    ]


def test_accounts_can_be_named() -> None:
    accounts = {"accounts": ["ann", "ben"], "application": "strava"}
    task = SourceToS3Operator(task_id="extract", source="spotify", ds="2026-01-02", **accounts)
    assert command(task)[-4:] == ["--account", "ann", "--account", "ben"]
    assert command(task)[:4] == ["sync", "spotify", "--ds", "2026-01-02"]


def test_a_run_can_end_at_the_first_limit_instead_of_waiting_out_the_quarter_hour() -> None:
    assert command(StravaToS3Operator(task_id="extract", on_limit="stop", ds="2026-01-02"))[-2:] == ["--on-limit", "stop"]


def test_a_step_of_the_load_passes_the_load_id_that_stage_created() -> None:
    load_id = "{{ ti.xcom_pull(task_ids='stage')['load_id'] }}"
    task = S3ToPostgresOperator(task_id="publish", source="strava", step="publish", load_id=load_id)
    values = context(TaskInstance(reports={"stage": {"load_id": 42}}))
    assert command(task, values) == ["publish", "strava", "--load-id", "42", "--catch-up"]
    assert command(S3ToPostgresOperator(task_id="stage", source="strava", step="stage")) == ["stage", "strava"]


def test_dbt_does_not_wait_for_a_budget() -> None:
    assert not DbtOperator(task_id="dbt").waits


def test_dbt_builds_what_is_selected_or_everything() -> None:
    assert command(DbtOperator(task_id="dbt", select="tag:strava")) == ["build", "--select", "tag:strava"]
    assert command(DbtOperator(task_id="dbt", command="test")) == ["test"]


def test_what_a_dag_sets_overrides_the_deployment() -> None:
    task = DbtOperator(task_id="dbt", cluster="another", execution_timeout=timedelta(minutes=5))
    assert (task.cluster, task.execution_timeout, task.reattach, task.deferrable) == (
        "another",
        timedelta(minutes=5),
        True,
        False,
    )

"""
### Strava, every day

Applies what was added, changed or deleted on Strava since the last run to the warehouse and the marts.

Each task runs one container and shows its log. If a task is red, the last line of its log says what was being done and what to
do next.

- `extract`: reads all accounts in turn, from the API into the lake. While there is much to read, as in a first import, it waits
  out Strava's quarter-hours and takes two and a half hours, until the day's budget is spent; its log then says every five minutes
  until when it waits. It then ends green, and the next day's run continues. Red with exit 77: the last line names the account to
  authorize again. What the other accounts committed is still loaded.
- `stage`: copies the lake's new commits into `strava_stage`. It runs even if `extract` failed.
- `check`: the gate. Red with exit 65: a check halted the load and nothing was published. Look at `ops.check_results`, fix the
  cause, then clear `extract` with downstream.
- `publish`: publishes to `strava` in one transaction and emits the asset `warehouse://strava`. Red with exit 65: it had to repeat
  the check, which halted. Red with exit 75 (`check` can be as well): another load was running each time. Clear the task.
- `dbt`: builds and tests the models of `tag:strava`. Red with exit 65: a test failed; the models built before it are kept.
- `discard_stage`: discards what this run staged but did not publish. Nothing is lost, because it is still in the lake. This task
  does not affect the state of the run.
- `all_succeeded`: does nothing; it keeps the run red if an earlier task was red.

**Any task can be cleared and run again**, with or without downstream and upstream, as often as you like: a rerun repeats work but
never loses or duplicates data. `check` and `publish` stage and check their load again if that is needed. A failed run needs
downstream, since the tasks behind the failed one have not run. A task that is *up for reschedule* is waiting for Strava's budget,
for at most a day.

Backfill past days one at a time, because they share the stage, and up to the end of the last day:
`airflow backfill create --dag-id strava_daily --from-date 2026-11-18 --to-date 2026-11-20T23:59:59 --max-active-runs 1`.
"""

from datetime import UTC, datetime, timedelta

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, Asset, CronDataIntervalTimetable
from paceline.deployment import Deployment
from paceline.extract import StravaToS3Operator
from paceline.load import S3ToPostgresOperator
from paceline.transform import DbtOperator

LOAD_ID = "{{ ti.xcom_pull(task_ids='stage')['load_id'] }}"

with DAG(
    dag_id="strava_daily",
    description="Athletes' Strava data into the lake, the warehouse and the marts",
    doc_md=__doc__,
    # Strava's daily budget begins at midnight UTC.
    schedule=CronDataIntervalTimetable("5 0 * * *", timezone="UTC"),
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    tags=["strava"],
    default_args={"owner": "paceline", "retries": Deployment.load().retries, "retry_delay": timedelta(minutes=5)},
):
    extract = StravaToS3Operator(task_id="extract")
    stage = S3ToPostgresOperator(task_id="stage", source="strava", step="stage", trigger_rule="all_done")
    check = S3ToPostgresOperator(task_id="check", source="strava", step="check", load_id=LOAD_ID)
    publish = S3ToPostgresOperator(
        task_id="publish", source="strava", step="publish", load_id=LOAD_ID, outlets=[Asset("warehouse://strava")]
    )
    dbt = DbtOperator(task_id="dbt", command="build", select="tag:strava")
    discard_stage = S3ToPostgresOperator(task_id="discard_stage", source="strava", step="discard", load_id=LOAD_ID)
    all_succeeded = EmptyOperator(task_id="all_succeeded")

    extract >> stage >> check >> publish >> dbt
    [check, publish] >> discard_stage.as_teardown(setups=stage)
    [extract, stage, check, publish, dbt] >> all_succeeded

"""
### Strava, every day

Brings what the athletes' Strava has gained, changed or lost since yesterday into the warehouse and its marts.

Each task is one container, whose log it shows; the last line of a red one says what was being done and what to do next.

- `extract`: all accounts in turn, from the API into the lake. Red by exit 77: its last line names the account to authorize
  anew. What other accounts committed is loaded all the same.
- `stage`: the lake's new commits into `strava_stage`. It runs although `extract` failed.
- `check`: the gate. Red by exit 65: a check halted and nothing was published. See `ops.check_results`, mend it, clear
  `extract` with downstream.
- `publish`: one transaction into `strava`; it emits the asset `warehouse://strava`. Red by exit 75, as `check` may be:
  another load has its stage or its lock. Clear it with downstream, `stage` is cleared with it.
- `dbt`: models and tests of `tag:strava`. Red by exit 65: a test failed; the models before it stand.
- `discard_stage`: discards what this run staged and did not publish. Nothing is lost, the lake has it. Its colour does not
  count.
- `all_succeeded`: does nothing, and keeps the run red where a task before it was.

**Any task can be cleared with downstream and run again**, as often as you like: a run repeats at most work. A task that is
*up for reschedule* waits for Strava's budget, at most a day.

Past days go one at a time, because they share the stage, and to the end of the last:
`airflow backfill create --dag-id strava_daily --from-date 2026-11-18 --to-date 2026-11-20T23:59:59 --max-active-runs 1`.
"""

from datetime import UTC, datetime, timedelta

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, Asset, CronDataIntervalTimetable
from paceline.extract import StravaToS3Operator
from paceline.load import S3ToPostgresOperator
from paceline.place import Place
from paceline.transform import DbtOperator

LOAD_ID = "{{ ti.xcom_pull(task_ids='stage')['load_id'] }}"

with DAG(
    dag_id="strava_daily",
    description="The athletes' Strava into lake, warehouse and marts",
    doc_md=__doc__,
    # Strava's daily budget begins at midnight UTC.
    schedule=CronDataIntervalTimetable("5 0 * * *", timezone="UTC"),
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    tags=["strava"],
    default_args={"owner": "paceline", "retries": Place.here().retries, "retry_delay": timedelta(minutes=5)},
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
    publish >> discard_stage.as_teardown(setups=stage)
    [extract, stage, check, publish, dbt] >> all_succeeded

"""
### Strava, every day

Brings what the athletes' Strava has gained, changed or lost since yesterday into the warehouse and its marts.

| task | what it does | when it is red |
| --- | --- | --- |
| `extract` | all accounts in turn: the API into the lake | its last line names the account. 77: type the `extract authorize` line that it shows. What the other accounts committed is loaded all the same |
| `stage` | the lake's new commits into `strava_stage`; runs although `extract` failed | 69: the warehouse was away, it is tried again |
| `check` | the gate | 65: a check halted and nothing was published; see `ops.check_results`, mend, clear `extract` |
| `publish` | one transaction into `strava`; emits the asset `warehouse://strava` | 75: another load took its stage; clear `stage` with all that follows |
| `dbt` | models and tests of `tag:strava` | 65: a test failed, the marts before it stand |
| `empty_stage` | throws away what this run staged and did not publish; nothing is lost, the lake has it | does not matter: the next `stage` replaces it |
| `all_succeeded` | nothing: keeps the run red where a task before it was | look left |

**Everything can be cleared and run again**, in any order and as often as you like: a run repeats at most work. A task that is
*up for reschedule* waits for Strava's budget, at most a day. For past days: `airflow backfill create --dag-id strava_daily
--from-date … --to-date … --max-active-runs 1` (one at a time: they share the stage).
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
    # A few minutes into a quarter-hour and a day of Strava's budget.
    schedule=CronDataIntervalTimetable("5 5 * * *", timezone="UTC"),
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
    empty_stage = S3ToPostgresOperator(task_id="empty_stage", source="strava", step="empty", load_id=LOAD_ID)
    all_succeeded = EmptyOperator(task_id="all_succeeded")

    extract >> stage >> check >> publish >> dbt
    publish >> empty_stage.as_teardown(setups=stage)
    [extract, stage, check, publish, dbt] >> all_succeeded

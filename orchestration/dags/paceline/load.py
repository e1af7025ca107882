"""Load as Airflow tasks: the lake into Postgres on RDS, Supabase or a laptop, step by step."""

from typing import Any, Literal

from paceline.task import PacelineTaskOperator

Step = Literal["stage", "check", "publish", "discard"]


class S3ToPostgresOperator(PacelineTaskOperator):
    """Runs one step of a source's load; nothing reaches production without stage, check and publish.

    `check` and `publish` first do what is missing for their load, so that each can be cleared and run again on its own: stage it
    again under its id, or check it (docs/decisions/0027).

    :param source: a folder in `sources/`.
    :param step: `stage` what is not published yet, `check` it, `publish` it in one transaction, or `discard` what is staged.
    :param load_id: the load that `stage` created, from its XCom (templated). `discard` leaves another load that has been staged
        since alone. None means whichever load is staged.
    """

    def __init__(self, *, source: str, step: Step, load_id: str | None = None, **kwargs: Any) -> None:
        load_id_option = [] if load_id is None else ["--load-id", load_id]
        catch_up = ["--catch-up"] if step in ("check", "publish") else []
        super().__init__(
            image="load",
            command=[step, source, *load_id_option, *catch_up],
            needs_report=step == "stage",
            # The other steps exit with 75 if another load holds the lock: that takes minutes, and retries wait as long.
            waits=step == "stage",
            **kwargs,
        )

"""Load as Airflow tasks: the lake into Postgres on RDS, Supabase or a laptop, step by step."""

from typing import Any, Literal

from paceline.task import PacelineTaskOperator

Step = Literal["stage", "check", "publish", "discard"]


class S3ToPostgresOperator(PacelineTaskOperator):
    """Runs one step of a source's load; nothing reaches production without stage, check and publish.

    :param source: a folder in `sources/`.
    :param step: `stage` what is not published yet, `check` it, `publish` it in one transaction, or `discard` what is staged.
    :param load_id: the load that `stage` created, from its XCom (templated). If another load has been staged since, it is left
        alone. None means whichever load is staged.
    """

    def __init__(self, *, source: str, step: Step, load_id: str | None = None, **kwargs: Any) -> None:
        load_id_option = [] if load_id is None else ["--load-id", load_id]
        super().__init__(
            image="load",
            command=[step, source, *load_id_option],
            needs_report=step == "stage",
            # The other steps also exit with 75 if their load is no longer staged, and waiting does not fix that.
            waits=step == "stage",
            **kwargs,
        )

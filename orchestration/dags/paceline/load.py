"""Load as Airflow tasks: the lake into Postgres, on RDS, Supabase or a laptop, step by step."""

from typing import Any, Literal

from paceline.task import PacelineTaskOperator

Step = Literal["stage", "check", "publish", "discard"]


class S3ToPostgresOperator(PacelineTaskOperator):
    """Runs one step of a source's load; nothing reaches production without stage, check and publish.

    :param source: a folder of `sources/`.
    :param step: `stage` what is not published yet, `check` it, `publish` it in one transaction, or `discard` what is staged.
    :param load_id: the load that `stage` drew, from its XCom (templated); another one that has taken its place since is left
        alone. Whichever is staged, where it is None.
    """

    def __init__(self, *, source: str, step: Step, load_id: str | None = None, **kwargs: Any) -> None:
        which = [] if load_id is None else ["--load-id", load_id]
        super().__init__(
            image="load",
            command=[step, source, *which],
            needs_report=step == "stage",
            # The others answer 75 where their load is no longer staged, too, and no waiting mends that.
            waits=step == "stage",
            **kwargs,
        )

"""dbt as an Airflow task: published tables into the marts."""

from typing import Any, Literal

from paceline.task import PacelineTaskOperator


class DbtOperator(PacelineTaskOperator):
    """Runs dbt on the whole project or on a part of it: one container for all its models, not one a model.

    :param command: dbt's own, e.g. `build`, `test` or `run`.
    :param select: which models and tests, in dbt's syntax (templated); all of them where None.
    """

    def __init__(self, *, command: Literal["build", "run", "test"] = "build", select: str | None = None, **kwargs: Any) -> None:
        which = [] if select is None else ["--select", select]
        super().__init__(image="transformation", command=[command, *which], waits=False, **kwargs)

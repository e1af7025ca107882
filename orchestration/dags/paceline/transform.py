"""dbt as an Airflow task: published tables into the marts."""

from typing import Any, Literal

from paceline.task import PacelineTaskOperator


class DbtOperator(PacelineTaskOperator):
    """Runs dbt on all or part of the project, in one container rather than one per model.

    :param command: the dbt command, e.g. `build`, `test` or `run`.
    :param select: which models and tests to run, in dbt's selection syntax (templated); None means all of them.
    """

    def __init__(self, *, command: Literal["build", "run", "test"] = "build", select: str | None = None, **kwargs: Any) -> None:
        select_option = [] if select is None else ["--select", select]
        super().__init__(image="transformation", command=[command, *select_option], waits=False, **kwargs)

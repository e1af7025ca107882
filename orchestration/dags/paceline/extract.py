"""Extract as Airflow tasks: a source's API into the lake."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from paceline.task import DS, PacelineTaskOperator


class SourceToS3Operator(PacelineTaskOperator):
    """Reads what is new, changed or gone at a source, and commits it to the lake.

    One task takes all accounts of an application in turn: they share a lock and a budget. One that fails never stops the next,
    and what the others committed stays.

    :param source: a folder of `sources/`.
    :param accounts: whose data; all that the container's environment names, where none is given.
    :param ds: the run's logical date, `YYYY-MM-DD` (templated).
    """

    def __init__(
        self,
        *,
        source: str,
        accounts: Sequence[str] = (),
        ds: str = DS,
        execution_timeout: timedelta = timedelta(hours=2),
        **kwargs: Any,
    ) -> None:
        whose = [word for account in accounts for word in ("--account", account)]
        super().__init__(
            image="extract",
            command=["sync", source, "--ds", ds, *whose],
            execution_timeout=execution_timeout,
            **kwargs,
        )


class StravaToS3Operator(SourceToS3Operator):
    """Reads Strava's API into the lake, for every athlete who authorized the application."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(source="strava", **kwargs)

"""Extract as Airflow tasks: a source's API into the lake."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Literal

from paceline.task import DS, PacelineTaskOperator

# The settings of a source that belong to an application. Its task definition has them as secrets.
_OF_AN_APPLICATION = ("CLIENT_ID", "CLIENT_SECRET", "ACCOUNTS")


class SourceToS3Operator(PacelineTaskOperator):
    """Reads what is new, changed or deleted at a source and commits it to the lake.

    One task processes all accounts of an application in turn, because they share a budget of calls. An account that fails
    never stops the next one, and what the others committed stays.

    :param source: a folder in `sources/`.
    :param application: which of the source's applications: the task runs the definition `extract-<application>`, whose secrets
        are this application's and no other's. By default it has the source's name.
    :param accounts: the accounts to read; by default all that the task definition names.
    :param ds: the run's logical date, `YYYY-MM-DD` (templated).
    :param on_limit: what the run does when the budget is spent. `window` waits out a window of at most an hour, such as Strava's
        quarter-hour, and ends with exit 75 when a longer one is spent: a day's 1,000 reads of Strava take two and a half hours.
        `stop` ends at the first limit. There is no `wait`: nobody should pay for a container that sleeps until tomorrow.
    :param execution_timeout: longer than the day's budget takes. A run that it stops has committed what it read.
    """

    def __init__(
        self,
        *,
        source: str,
        application: str | None = None,
        accounts: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
        ds: str = DS,
        on_limit: Literal["stop", "window"] = "window",
        execution_timeout: timedelta = timedelta(hours=4),
        **kwargs: Any,
    ) -> None:
        _check_environment(source, environment or {})
        account_options = [argument for account in accounts for argument in ("--account", account)]
        super().__init__(
            image="extract",
            definition=f"extract-{application or source}",
            environment=environment,
            command=["sync", source, "--ds", ds, "--on-limit", on_limit, *account_options],
            execution_timeout=execution_timeout,
            **kwargs,
        )


class StravaToS3Operator(SourceToS3Operator):
    """Reads Strava's API into the lake for every athlete who has authorized the application."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(source="strava", **kwargs)


def _check_environment(source: str, environment: Mapping[str, str]) -> None:
    """Raises ValueError for a variable that belongs to the application, and so to its task definition.

    ECS keeps the definition's secrets, and the task's role may use the token store of its own application alone.
    """
    prefix = f"PACELINE_{source.upper().replace('-', '_')}_"
    own = {f"{prefix}{name}" for name in _OF_AN_APPLICATION} | {"PACELINE_TOKENS"}
    refused = sorted(own & environment.keys())
    if refused:
        raise ValueError(
            f"{', '.join(refused)} cannot be given in a task's environment, because each application's task definition has its"
            " own. For another application add a task definition extract-NAME, and give application='NAME'."
        )

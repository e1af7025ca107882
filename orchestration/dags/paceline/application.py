"""Another application of a source, for a task of its own. Independent of Airflow."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from paceline.environment import check_secrets

# The variables of a source that belong to an application.
_CLIENT_ID, _CLIENT_SECRET, _ACCOUNTS = "CLIENT_ID", "CLIENT_SECRET", "ACCOUNTS"


@dataclass(frozen=True, kw_only=True)
class Application:
    """A client that is registered with a source; its accounts share a budget of calls.

    The task definition `extract` has the settings of one application as ECS `secrets`, and what a task sets in the environment
    does not replace those. So a task for another application runs the definition `extract-application`, which has none.
    """

    client_id: str
    client_secret: str = field(repr=False)
    """Where the image finds it: `ssm:/path`, `secretsmanager:name`, or `file:/path` on a laptop; never the secret itself."""

    def environment(self, source: str) -> dict[str, str]:
        """The variables that `extract sync SOURCE` reads."""
        variables = {
            variable(source, _CLIENT_ID): self.client_id,
            variable(source, _CLIENT_SECRET): self.client_secret,
        }
        check_secrets(variables)
        return variables


def variable(source: str, name: str) -> str:
    return f"PACELINE_{source.upper().replace('-', '_')}_{name}"


def check_no_application(source: str, environment: Mapping[str, str]) -> None:
    """Raises ValueError for a variable that a task definition may already have as a secret, which ECS would keep."""
    kept = {variable(source, name) for name in (_CLIENT_ID, _CLIENT_SECRET, _ACCOUNTS)} | {"PACELINE_TOKENS"}
    ignored = sorted(kept & environment.keys())
    if ignored:
        raise ValueError(
            f"{', '.join(ignored)} in a task's environment would not replace what its task definition has. Give"
            " application=Application(…) and accounts=[…]."
        )

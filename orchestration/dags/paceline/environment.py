"""What a task may put into the environment of its container: everyone who sees the task sees it. Independent of Airflow."""

import re
from collections.abc import Mapping

_SECRET = re.compile(r"(SECRET|PASSWORD|API_KEY|TOKEN)(_|$)")
# The images resolve these, see docs/reference/commands.md#secrets.
_REFERENCES = ("ssm:", "secretsmanager:", "file:")


def check_secrets(environment: Mapping[str, str]) -> None:
    """Raises ValueError, without the value, for a secret that is not a reference to where it is stored."""
    open_secrets = [name for name, value in environment.items() if _SECRET.search(name) and not value.startswith(_REFERENCES)]
    if open_secrets:
        raise ValueError(
            f"{', '.join(open_secrets)} must not hold a secret: ECS and Airflow show the environment of a task."
            " Give a reference to where it is stored: ssm:/path, secretsmanager:name or file:/path."
        )

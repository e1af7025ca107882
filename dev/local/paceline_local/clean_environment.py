"""The environment variables that a started program gets from this shell."""

import os
from collections.abc import Mapping

from paceline_local.loopback import no_proxy_for_loopback


def clean_environment(env: Mapping[str, str]) -> dict[str, str]:
    """This shell's environment without its PACELINE_ variables: a demo must never touch a real account.

    With `env` added, and without a proxy for loopback.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PACELINE_")}
    return {**kept, "AWS_EC2_METADATA_DISABLED": "true", **env, **no_proxy_for_loopback({**kept, **env})}

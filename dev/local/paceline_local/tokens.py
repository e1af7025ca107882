"""The first token of an account in the token store, as an athlete's consent creates it. Never overwrites a newer one."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from paceline_local.private_file import write_private


def put_first_token(store: Path, source: str, account: str, athlete: Mapping[str, Any]) -> bool:
    """Returns whether there was none before. From then on only extract changes it.

    `athlete` has an `id` and the `refresh_token` that is valid now. Both are stored, as `extract authorize` does.
    """
    token = {"refresh_token": athlete["refresh_token"], "athlete": {"id": athlete["id"]}}
    store.mkdir(parents=True, exist_ok=True, mode=0o700)
    store.chmod(0o700)
    try:
        write_private(store / f"{source}-{account}.json", json.dumps(token))
    except FileExistsError:
        return False
    return True

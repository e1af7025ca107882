"""The first token of an account in the token store, as an athlete's consent creates it. Never overwrites a newer one."""

import json
from pathlib import Path

from paceline_local.private_file import write_private


def put_first_token(store: Path, source: str, account: str, refresh_token: str) -> bool:
    """Returns whether there was none before. From then on only extract changes it."""
    store.mkdir(parents=True, exist_ok=True, mode=0o700)
    store.chmod(0o700)
    try:
        write_private(store / f"{source}-{account}.json", json.dumps({"refresh_token": refresh_token}))
    except FileExistsError:
        return False
    return True

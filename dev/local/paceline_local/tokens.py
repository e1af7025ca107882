"""The token store's first entry: what an athlete's consent leaves behind, put there once and never over a newer one."""

import json
from pathlib import Path

from paceline_local.private_file import write_private


def put_first_token(store: Path, source: str, account: str, refresh_token: str) -> bool:
    """True where there was none; extract alone changes it from then on."""
    store.mkdir(parents=True, exist_ok=True, mode=0o700)
    store.chmod(0o700)
    try:
        write_private(store / f"{source}-{account}.json", json.dumps({"refresh_token": refresh_token}))
    except FileExistsError:
        return False
    return True

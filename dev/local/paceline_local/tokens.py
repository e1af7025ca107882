"""The token store's first entry: what an athlete's consent leaves behind, put there once and never over a newer one."""

import json
import os
from pathlib import Path


def put_first_token(store: Path, source: str, account: str, refresh_token: str) -> bool:
    """True where there was none; extract alone changes it from then on."""
    store.mkdir(parents=True, exist_ok=True, mode=0o700)
    store.chmod(0o700)
    try:
        file = os.open(store / f"{source}-{account}.json", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(file, "w") as out:
        json.dump({"refresh_token": refresh_token}, out)
    return True

"""`make stop` and `make demo-clean`: ends what the demos left running, and removes what they made."""

import shutil

from paceline_local.locked import only_one
from paceline_local.places import LAST, ROOT, variants
from paceline_local.postgres import Postgres
from paceline_local.sandbox import Sandbox


def stop() -> int:
    stopped = False
    for variant in variants():
        for name, server in (("sandbox", Sandbox(variant.sandbox)), ("postgres", Postgres(variant.postgres))):
            if server.stop():
                print(f"Stopped {name} of {variant.name}.")
                stopped = True
    if not stopped:
        print("Nothing was running.")
    return 0


def clean() -> int:
    for variant in variants():
        with only_one(ROOT / f"{variant.name}.lock", f"running the demo {variant.name}"):
            Sandbox(variant.sandbox).stop()
            Postgres(variant.postgres).stop()
            shutil.rmtree(variant.folder)
            print(f"Removed {variant.folder}.")
        (ROOT / f"{variant.name}.lock").unlink(missing_ok=True)
    LAST.unlink(missing_ok=True)
    return 0

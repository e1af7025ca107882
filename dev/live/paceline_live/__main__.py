"""Signs in, reads one activity, checks that a refreshed token is stored, tries lake and warehouse; skipped without settings."""

import os
import tempfile
from pathlib import Path

from paceline_local.failure import BUG, Failure, exit_with
from paceline_local.tools import Tools

from paceline_live.activity import read_one_activity
from paceline_live.configuration import FILE, Configuration, variable_of
from paceline_live.lake_object import put_read_and_delete
from paceline_live.settings import Live, missing
from paceline_live.sign_in import rotation, sign_in, stored_token
from paceline_live.warehouse import connect

MAX_CALLS = 5


def main() -> int:
    configuration = Configuration.of(os.environ, Path.cwd())
    if unset := missing(configuration):
        file = configuration.file or FILE
        print("test-live: SKIPPED, because these settings are missing:")
        print(*(f"  {variable_of(setting)}, or {setting} in {file}" for setting in unset), sep="\n")
        return 0
    with tempfile.TemporaryDirectory(prefix="paceline-live-") as folder:
        return run_checks(Live.of(configuration, Tools.found(), Path(folder)))


def run_checks(live: Live) -> int:
    """The order matters: signing in may refresh the token, and reading the activity then uses the stored one."""
    before = stored_token(live)
    signed_in = sign_in(live)
    _print("token", signed_in.message)
    activity = read_one_activity(live)
    _print("activity", activity.message)
    _print("rotation", rotation(before, signed_in.token, stored_token(live)))
    _print("lake", put_read_and_delete(live.lake, live.region))
    _print("warehouse", connect(live))
    calls = signed_in.calls + activity.calls
    if calls > MAX_CALLS:
        raise Failure(f"It took {calls} calls, more than {MAX_CALLS}.", "Please report this as a bug.", BUG)
    _print("calls", f"{calls}, of {MAX_CALLS} at most")
    print("test-live: PASSED")
    return 0


def _print(what: str, sentence: str) -> None:
    print(f"  {what:10} {sentence}", flush=True)


exit_with(main)

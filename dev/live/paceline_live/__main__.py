"""Signs in, reads one activity, proves that a renewed token is kept, and touches lake and warehouse; skipped without settings."""

import os
import tempfile
from pathlib import Path

from paceline_local.failure import BUG, Failure, exit_with, unwind_on_signals
from paceline_local.tools import Tools

from paceline_live.activity import read_one_activity
from paceline_live.configuration import FILE, Configuration, variable_of
from paceline_live.lake_object import put_read_and_delete
from paceline_live.settings import Live, missing
from paceline_live.sign_in import rotation, sign_in, stored_token
from paceline_live.warehouse import connect

MOST_CALLS = 5


def main() -> int:
    unwind_on_signals()
    configuration = Configuration.of(os.environ, Path.cwd())
    if lacking := missing(configuration):
        file = configuration.file or FILE
        print("test-live: SKIPPED, for these settings are missing:")
        print(*(f"  {variable_of(setting)}, or {setting} in {file}" for setting in lacking), sep="\n")
        return 0
    with tempfile.TemporaryDirectory(prefix="paceline-live-") as folder:
        return prove(Live.of(configuration, Tools.found(), Path(folder)))


def prove(live: Live) -> int:
    """The order matters: the token that signing in renews is the one that reading the activity finds stored."""
    found = stored_token(live)
    signed_in = sign_in(live)
    _say("token", signed_in.says)
    activity = read_one_activity(live)
    _say("activity", activity.says)
    _say("rotation", rotation(found, signed_in.token, stored_token(live)))
    _say("lake", put_read_and_delete(live.lake, live.region))
    _say("warehouse", connect(live))
    calls = signed_in.calls + activity.calls
    if calls > MOST_CALLS:
        raise Failure(f"It took {calls} calls, more than {MOST_CALLS}.", "Please report it: this is a bug of ours.", BUG)
    _say("calls", f"{calls}, of {MOST_CALLS} at most")
    print("test-live: PASSED")
    return 0


def _say(what: str, sentence: str) -> None:
    print(f"  {what:10} {sentence}", flush=True)


exit_with(main)

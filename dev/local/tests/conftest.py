"""What holds for all tests of this folder."""

from paceline_local.failure import unwind_on_signals

# Started as a background job, pytest would pass on ignored signals to all that it starts.
unwind_on_signals()

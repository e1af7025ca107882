"""How a run ends: the exit codes of BSD's `sysexits`, with the codes and arguments of `extract` and `load` (lake's Exit.java)."""

from enum import IntEnum


class Exit(IntEnum):
    """A process's exit code; its `word` is the `status` of a report."""

    DONE = 0
    USAGE = 64
    # A test failed, or the warehouse refused a model for its data.
    UNUSABLE = 65
    # The warehouse cannot be reached.
    UNAVAILABLE = 69
    # Of ours, or of dbt.
    BUG = 70
    # Busy, or asked to stop: the same command does it later.
    TRY_AGAIN = 75
    # The user or the password was refused, or a right is missing.
    REFUSED = 77
    # The project or its profile cannot be read.
    CONFIGURATION = 78

    @property
    def word(self) -> str:
        return self.name.lower()


MOST_SEVERE_FIRST = (
    Exit.BUG,
    Exit.USAGE,
    Exit.CONFIGURATION,
    Exit.REFUSED,
    Exit.UNUSABLE,
    Exit.UNAVAILABLE,
    Exit.TRY_AGAIN,
)

"""How a run ends: BSD's `sysexits`, with the same codes and status words as `extract` and `load` (see Exit.java)."""

from enum import IntEnum


class Exit(IntEnum):
    """A process's exit code; its `word` is the `status` of a report."""

    DONE = 0
    USAGE = 64
    # A test failed, or the warehouse rejected a model's data.
    UNUSABLE = 65
    # The warehouse cannot be reached.
    UNAVAILABLE = 69
    # In our code, or in dbt.
    BUG = 70
    # Busy, or stopped: run the same command again later.
    TRY_AGAIN = 75
    # The user or the password was refused, or a permission is missing.
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

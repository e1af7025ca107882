"""`iac/scripts/run`: `make aws-run`, but it ends with the container's exit code. make itself turns every other one into 2."""

import sys
from collections.abc import Sequence

from paceline_local.failure import USAGE, Failure, exit_with

from paceline_aws.run_task import run
from paceline_aws.task_choice import VARIABLES

_USAGE = """\
Usage: iac/scripts/run ENVIRONMENT=… IMAGE=… [NAME=VALUE…]

Runs one task of a deployment, shows its log, and ends with the container's exit code.
The names are those of `make aws-run`, in docs/reference/aws-run.md: {names}.

  iac/scripts/run ENVIRONMENT=qa IMAGE=load CMD='status strava'
"""


def main(words: Sequence[str]) -> int:
    if {"-h", "--help"} & {*words}:
        print(_USAGE.format(names=", ".join(VARIABLES)), end="")
        return 0
    return run(choices(words))


def choices(words: Sequence[str]) -> dict[str, str]:
    """NAME=VALUE; as with make, the last of a name counts."""
    given = {}
    for word in words:
        name, assigned, value = word.partition("=")
        if not assigned or name not in VARIABLES:
            raise Failure(f"{word} is not one of the choices.", f"Give NAME=VALUE, with a NAME of {', '.join(VARIABLES)}.", USAGE)
        given[name] = value
    return given


if __name__ == "__main__":
    exit_with(lambda: main(sys.argv[1:]))

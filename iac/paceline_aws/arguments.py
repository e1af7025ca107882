"""The command line of a script: a wrong one is a usage error like every other, one sentence and exit 64."""

from argparse import ArgumentParser
from typing import NoReturn

from paceline_local.failure import USAGE, Failure


class Arguments(ArgumentParser):
    """Without abbreviations: a script that works today must not break when an option is added."""

    def __init__(self, script: str, description: str, epilog: str | None = None) -> None:
        super().__init__(prog=f"iac/scripts/{script}", description=description, epilog=epilog, allow_abbrev=False)

    def error(self, message: str) -> NoReturn:
        raise Failure(f"{message[:1].upper()}{message[1:].rstrip('.')}.", f"`{self.prog} --help` says more.", USAGE)

"""The JDK, Maven and Python that `dev/toolchain` found; the only place that reads them from the environment."""

import os
from dataclasses import dataclass
from pathlib import Path

from paceline_local.failure import Failure


@dataclass(frozen=True)
class Tools:
    """Paths of the programs; `dev/toolchain` has tried each."""

    java_home: Path
    maven: Path
    python: Path

    @property
    def java(self) -> Path:
        return self.java_home / "bin" / "java"

    @staticmethod
    def found() -> "Tools":
        try:
            names = ("JAVA_HOME", "PACELINE_MAVEN", "PACELINE_PYTHON")
            return Tools(*(Path(os.environ[name]) for name in names))
        except KeyError as missing:
            raise Failure(f"{missing.args[0]} is not set.", "Start this through `make` or `dev/python`.") from None

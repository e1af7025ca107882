"""Where files are: the checkout, what all variants share in `.paceline/`, and the folder of one variant."""

from dataclasses import dataclass
from pathlib import Path

from paceline_local.failure import USAGE, Failure

CHECKOUT = Path(__file__).resolve().parents[3]
ROOT = CHECKOUT / ".paceline"
STAMPS = ROOT / "stamps"
LOGS = ROOT / "logs"
LAST = ROOT / "last"


@dataclass(frozen=True)
class Variant:
    """A separate lake, warehouse and sandbox, e.g. `.paceline/demo`."""

    folder: Path

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def lake(self) -> Path:
        return self.folder / "lake"

    @property
    def tokens(self) -> Path:
        return self.folder / "tokens"

    @property
    def postgres(self) -> Path:
        return self.folder / "postgres"

    @property
    def sandbox(self) -> Path:
        return self.folder / "sandbox"

    @property
    def airflow(self) -> Path:
        return self.folder / "airflow"

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    @property
    def container_logs(self) -> Path:
        return self.logs / "ecs"


def variants() -> list[Variant]:
    """All existing variants. Other folders in `.paceline/` have no Postgres, lake or sandbox."""
    folders = sorted(ROOT.iterdir()) if ROOT.is_dir() else []
    marks = ("lake", "postgres", "sandbox")
    return [Variant(folder) for folder in folders if any((folder / mark).is_dir() for mark in marks)]


def variant_named(name: str | None) -> Variant:
    """The variant of that name, or else the one that ran last."""
    known = {variant.name: variant for variant in variants()}
    chosen = name or (LAST.read_text().strip() if LAST.exists() else "")
    if chosen in known:
        return known[chosen]
    if not known:
        raise Failure("There is no warehouse yet.", "Create one with `make demo`.")
    raise Failure(f"There is no variant '{chosen}'.", f"Choose from: {', '.join(known)}.", USAGE)

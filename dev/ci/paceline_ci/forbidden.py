"""What must never be committed: a path of a developer's machine, the host of a registry, a lock file with URLs, a secret.

A path outside home folders counts as one of a machine only on the machine where it exists.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from paceline_ci.tracked import shown

# Written so that this file does not match itself.
_EVERYWHERE = {
    "a path of a machine": re.compile(r"(?<![\w.$}*~/-])/(?:root|home/(?!me\b)\w+|Users/(?!me\b)\w+)/"),
    "a registry's host": re.compile(
        r"(?:repo1?\.maven\.(?:apache\.)?org|files\.pythonhosted\.org|pypi\.org/simple|registry\.npmjs\.org"
        r"|artifactory\.|\.jfrog\.io|codeartifact\.|nexus\.)[\w./]"
    ),
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY"),
    "an AWS key": re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
}
# Top-level folders that every Linux or macOS has say nothing about this machine; home folders are found above.
_SYSTEM_FOLDERS = (
    "bin|boot|dev|etc|home|lib[0-9]*|media|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var"
    "|Applications|Library|System|Users|Volumes|cores|private"
)
_ABSOLUTE_PATH = re.compile(rf"(?<![\w.$}}*~/-])/(?!(?:{_SYSTEM_FOLDERS})/)(\w[\w.-]*/\.?\w[\w.-]*)")
_LOCK_NAME = re.compile(r"^(?:requirements.*|uv)\.txt$|lock\.json$|\.lock$")
_LOCK_CONTENT = re.compile(r"^ +--hash=sha256:", re.MULTILINE)
_LOCK_ADDRESS = re.compile(r"https?://|--(?:extra-)?index-url|--find-links|^\s*# .*(?:/tmp|uv pip compile .*/)", re.MULTILINE)


def violations(files: Iterable[Path], disk: Path = Path("/")) -> list[str]:
    """One line for each thing found, with file and line number. `disk` is the root of this machine's file system."""
    found = []
    for file in files:
        try:
            text = file.read_text()
        except UnicodeDecodeError:
            continue
        for what, match in _matches(file, text, disk):
            line = text.count("\n", 0, match.start()) + 1
            found.append(f"{shown(file)}:{line}: holds {what}: {match.group().strip()}")
    return found


def _matches(file: Path, text: str, disk: Path) -> Iterator[tuple[str, re.Match[str]]]:
    patterns = dict(_EVERYWHERE)
    if _LOCK_NAME.search(file.name) or _LOCK_CONTENT.search(text):
        patterns["an address in a lock"] = _LOCK_ADDRESS
    for what, pattern in patterns.items():
        for match in pattern.finditer(text):
            yield what, match
    for match in _ABSOLUTE_PATH.finditer(text):
        if (disk / match[1]).exists():
            yield "a path of a machine", match

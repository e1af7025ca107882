"""What must never be committed: a path of somebody's machine, a registry's host, a lock with addresses, a secret."""

import re
from collections.abc import Iterable
from pathlib import Path

from paceline_local.paths import CHECKOUT

# Written so that this file does not match itself.
_EVERYWHERE = {
    "a path of a machine": re.compile(r"(?<![\w.$}*~/-])/(?:root|work|farm|home/(?!me\b)\w+|Users/(?!me\b)\w+)/"),
    "a registry's host": re.compile(
        r"(?:repo1?\.maven\.(?:apache\.)?org|files\.pythonhosted\.org|pypi\.org/simple|registry\.npmjs\.org"
        r"|artifactory\.|\.jfrog\.io|codeartifact\.|nexus\.)[\w./]"
    ),
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY"),
    "an AWS key": re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
}
_LOCKS = re.compile(r"^(?:requirements.*|uv)\.txt$|lock\.json$|\.lock$")
_LOCK_ADDRESS = re.compile(r"https?://|--(?:extra-)?index-url|--find-links|^\s*# .*(?:/tmp|uv pip compile .*/)", re.MULTILINE)


def violations(files: Iterable[Path]) -> list[str]:
    """One sentence for each thing found, with its place."""
    said = []
    for file in files:
        try:
            text = file.read_text()
        except UnicodeDecodeError:
            continue
        kinds = dict(_EVERYWHERE)
        if _LOCKS.search(file.name):
            kinds["an address in a lock"] = _LOCK_ADDRESS
        for what, pattern in kinds.items():
            for match in pattern.finditer(text):
                line = text.count("\n", 0, match.start()) + 1
                said.append(f"{_shown(file)}:{line}: holds {what}: {match.group().strip()}")
    return said


def _shown(file: Path) -> Path:
    return file.relative_to(CHECKOUT) if file.is_relative_to(CHECKOUT) else file

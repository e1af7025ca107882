"""Finds links, anchors, files, folders and classes in Markdown pages that do not exist."""

import posixpath
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from paceline_local.paths import CHECKOUT

_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?!https?:|mailto:)([^)\s#]*)(?:#([^)\s]+))?\)")
_CODE = re.compile(r"`([^`\n]+)`")
_HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
# `log/CommitLog`: a class, by package and name.
_CLASS = re.compile(r"(?:[a-z]+/)+[A-Z]\w+")
# Names that stand for several: `<source>`, `…`, `*`.
_WILDCARD = re.compile(r"<[^>]+>|\*+|…")


def broken_references(files: Iterable[Path], root: Path = CHECKOUT) -> list[str]:
    """One line for each broken link or unknown name in the Markdown pages of `files`, with page and line number.

    A name is relative to the page's folder or to `root`, whichever has its first folder; any other is not checked. A wildcard
    must match something. Only `files` exist.
    """
    files = sorted(files)
    names = {file.relative_to(root).as_posix() for file in files}
    names |= {f"{parent}/" for name in names for parent in _parents(name)}
    found = []
    for file in files:
        if file.suffix != ".md":
            continue
        page, text = file.relative_to(root).as_posix(), _without_fences(file.read_text())
        for start, what in [*_broken_links(page, text, names, root), *_unknown_names(page, text, names)]:
            found.append(f"{page}:{text.count(chr(10), 0, start) + 1}: {what}")
    return found


def _broken_links(page: str, text: str, names: set[str], root: Path) -> Iterator[tuple[int, str]]:
    for match in _LINK.finditer(text):
        target, anchor = match.groups()
        linked = posixpath.normpath(posixpath.join(posixpath.dirname(page), target)) if target else page
        if linked not in names and f"{linked}/" not in names:
            yield match.start(), f"links to {target}, which does not exist"
        elif anchor and linked.endswith(".md") and anchor not in _anchors((root / linked).read_text()):
            yield match.start(), f"links to #{anchor}, a heading that {target or 'this page'} does not have"


def _unknown_names(page: str, text: str, names: set[str]) -> Iterator[tuple[int, str]]:
    for match in _CODE.finditer(text):
        name = match[1].strip()
        if _CLASS.fullmatch(name):
            wanted = re.compile(rf".*/{re.escape(name)}\.(?:java|py)")
        elif (base := _base(name, page, names)) is not None:
            wanted = re.compile(re.escape(base) + _regex(name.removesuffix("/")) + "/?")
        else:
            continue
        if not any(wanted.fullmatch(known) for known in names):
            yield match.start(), f"names `{name}`, which does not exist"


def _base(name: str, page: str, names: set[str]) -> str | None:
    """The folder, with its slash, that a name in a page is relative to; None if it is not the name of a file or folder."""
    first, slash, _ = name.partition("/")
    if not slash or " " in name:
        return None
    bases = (f"{posixpath.dirname(page)}/".removeprefix("/"), "")
    return next((base for base in bases if f"{base}{first}/" in names), None)


def _parents(name: str) -> list[str]:
    parts = name.split("/")
    return ["/".join(parts[:end]) for end in range(1, len(parts))]


def _regex(name: str) -> str:
    pattern, at = "", 0
    for match in _WILDCARD.finditer(name):
        pattern += re.escape(name[at : match.start()]) + (".*" if match[0] in ("…", "**") else "[^/]*")
        at = match.end()
    return pattern + re.escape(name[at:])


def _anchors(text: str) -> set[str]:
    """As GitHub makes them: lower case, blanks to hyphens, other punctuation dropped."""
    headings = (re.sub(r"\]\([^)]*\)", "", heading) for heading in _HEADING.findall(_without_fences(text)))
    return {re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-") for heading in headings}


def _without_fences(text: str) -> str:
    """Blanks out code fences, so that offsets stay the same."""
    return _FENCE.sub(lambda fence: re.sub(r"[^\n]", " ", fence[0]), text)

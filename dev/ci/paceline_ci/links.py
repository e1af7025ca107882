"""Pages must not point at what is not there: links, anchors, and the files, folders and classes they name."""

import re
from collections.abc import Iterable
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


def broken(files: Iterable[Path], root: Path = CHECKOUT) -> list[str]:
    """One sentence for each link or name in a Markdown page of `files` that leads nowhere, with its place.

    A name is looked for below `root` where its first folder is there; a wildcard has to match something.
    """
    tracked = sorted(files)
    names = {f"/{path.relative_to(root).as_posix()}" for path in tracked}
    names |= {f"{parent}/" for name in names for parent in _parents(name)}
    found = []
    for page in tracked:
        if page.suffix != ".md":
            continue
        text = page.read_text()
        for start, what in [*_dead_links(page, text), *_dead_names(text, names)]:
            found.append(f"{page.relative_to(root)}:{text.count(chr(10), 0, start) + 1}: {what}")
    return found


def _dead_links(page: Path, text: str) -> Iterable[tuple[int, str]]:
    for match in _LINK.finditer(_without_fences(text)):
        target, anchor = match.groups()
        linked = (page.parent / target).resolve() if target else page
        if not linked.exists():
            yield match.start(), f"links to {target}, which does not exist"
        elif anchor and linked.suffix == ".md" and anchor not in _anchors(linked.read_text()):
            yield match.start(), f"links to #{anchor}, a heading that {target or 'this page'} does not have"


def _dead_names(text: str, names: set[str]) -> Iterable[tuple[int, str]]:
    tops = {name.split("/")[1] for name in names if name.count("/") > 1}
    for match in _CODE.finditer(_without_fences(text)):
        name = match[1].strip()
        if _CLASS.fullmatch(name):
            wanted = re.compile(rf".*/{re.escape(name)}\.(?:java|py)")
        elif "/" in name and name.split("/")[0] in tops and " " not in name:
            wanted = re.compile("/" + _regex(name.removesuffix("/")) + "/?")
        else:
            continue
        if not any(wanted.fullmatch(known) for known in names):
            yield match.start(), f"names `{name}`, which does not exist"


def _parents(name: str) -> list[str]:
    parts = name.split("/")
    return ["/".join(parts[:end]) for end in range(2, len(parts))]


def _regex(name: str) -> str:
    ends = [match.span() for match in _WILDCARD.finditer(name)]
    pattern, at = "", 0
    for start, end in ends:
        pattern += re.escape(name[at:start]) + (".*" if name[start:end] in ("…", "**") else "[^/]*")
        at = end
    return pattern + re.escape(name[at:])


def _anchors(text: str) -> set[str]:
    """As GitHub makes them: lower case, blanks to hyphens, other punctuation dropped."""
    headings = (re.sub(r"[`*\[\]]|\(.*?\)", "", heading) for heading in _HEADING.findall(text))
    return {re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-") for heading in headings}


def _without_fences(text: str) -> str:
    """Blanked out, so that places stay what they are."""
    return _FENCE.sub(lambda fence: re.sub(r"[^\n]", " ", fence[0]), text)

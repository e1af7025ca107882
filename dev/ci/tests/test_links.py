"""A page that points at what is not there is found; one that points at what is there is let pass."""

from pathlib import Path

import pytest
from paceline_ci.links import broken


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("docs/page.md", "lake/src/main/java/dev/lake/log/CommitLog.java", "sources/strava/tables/gear.yaml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("# Of a page's end\n")
    return tmp_path


def complaints(tree: Path, text: str) -> list[str]:
    (tree / "README.md").write_text(f"first line\n{text}\n")
    return broken([path for path in tree.rglob("*") if path.is_file()], tree)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("[x](docs/absent.md)", "links to docs/absent.md"),
        ("[x](docs/page.md#absent)", "links to #absent"),
        ("[x](#absent)", "a heading that this page does not have"),
        ("`lake/src/test/`", "names `lake/src/test/`"),
        ("`log/CommitLogs`", "names `log/CommitLogs`"),
        ("`sources/<source>/checks/<name>.sql`", "names `sources/<source>/checks/<name>.sql`"),
        ("`lake/…/store/`", "names `lake/…/store/`"),
    ],
)
def test_is_found_with_its_line(tree: Path, text: str, what: str) -> None:
    said = complaints(tree, text)
    assert len(said) == 1
    assert said[0].startswith("README.md:2: ")
    assert what in said[0]


@pytest.mark.parametrize(
    "text",
    [
        "[x](docs/page.md#of-a-pages-end)",
        "[x](https://example.org/absent)",
        "`lake/` `sources/strava` `sources/<source>/tables/<table>.yaml` `lake/…/log/`",
        "`log/CommitLog`",
        "`bronze/part` `a sentence/with blanks`",
        "```\n`lake/absent`\n```",
    ],
)
def test_is_let_pass(tree: Path, text: str) -> None:
    assert complaints(tree, text) == []

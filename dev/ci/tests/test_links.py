"""A reference to something that does not exist is found; a valid reference is accepted."""

from pathlib import Path

import pytest
from paceline_ci.links import broken_references

PAGE = """\
# Of a page's end
## Exit codes (as in sysexits)
```
# not a heading
```
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in (
        "docs/page.md",
        "docs/sub/page.md",
        "lake/src/main/java/dev/lake/log/CommitLog.java",
        "sources/strava/tables/gear.yaml",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(PAGE)
    return tmp_path


def broken_in(tree: Path, text: str, page: str = "README.md") -> list[str]:
    files = [path for path in tree.rglob("*") if path.is_file()]
    (tree / page).write_text(f"first line\n{text}\n")
    return broken_references({*files, tree / page}, tree)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("[x](docs/absent.md)", "links to docs/absent.md"),
        ("[x](../outside.md)", "links to ../outside.md"),
        ("[x](docs/page.md#absent)", "links to #absent"),
        ("[x](docs/page.md#not-a-heading)", "links to #not-a-heading"),
        ("[x](#absent)", "a heading that this page does not have"),
        ("`lake/src/test/`", "names `lake/src/test/`"),
        ("`log/CommitLogs`", "names `log/CommitLogs`"),
        ("`sources/<source>/checks/<name>.sql`", "names `sources/<source>/checks/<name>.sql`"),
        ("`lake/…/store/`", "names `lake/…/store/`"),
    ],
)
def test_a_broken_reference_is_found_with_its_line(tree: Path, text: str, what: str) -> None:
    (found,) = broken_in(tree, text)
    assert found.startswith("README.md:2: ")
    assert what in found


@pytest.mark.parametrize(
    "text",
    [
        "[x](docs/page.md#of-a-pages-end) [x](docs/page.md#exit-codes-as-in-sysexits) [x](docs/)",
        "[x](https://example.org/absent)",
        "`lake/` `sources/strava` `sources/<source>/tables/<table>.yaml` `lake/…/log/`",
        "`log/CommitLog`",
        "`bronze/part` `a sentence/with blanks`",
        "```\n`lake/absent`\n```",
    ],
)
def test_a_valid_reference_is_accepted(tree: Path, text: str) -> None:
    assert broken_in(tree, text) == []


def test_a_name_may_be_relative_to_the_folder_of_its_page(tree: Path) -> None:
    assert broken_in(tree, "`sub/page.md` `sources/strava`", "docs/other.md") == []
    assert broken_in(tree, "`sub/absent.md`", "docs/other.md") == ["docs/other.md:2: names `sub/absent.md`, which does not exist"]


def test_a_file_that_is_not_committed_does_not_exist(tree: Path) -> None:
    files = [path for path in tree.rglob("*") if path.is_file()]
    (tree / "docs" / "generated.md").write_text("")
    (tree / "docs" / "page.md").write_text("[x](generated.md)")
    assert broken_references(files, tree) == ["docs/page.md:1: links to generated.md, which does not exist"]

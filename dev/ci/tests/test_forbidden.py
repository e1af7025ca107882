"""What must never be committed is found; what only looks like it is accepted."""

from pathlib import Path

import pytest
from paceline_ci.forbidden import violations

SLASH = "/"


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("notes.md", f"see {SLASH}root/thing/x", "a path of a machine"),
        ("A.java", f'"{SLASH}Users/ann/x"', "a path of a machine"),
        ("pom.xml", "<url>https://repo.maven." + "apache.org/maven2</url>", "a registry's host"),
        ("requirements.txt", "--index-url x", "an address in a lock"),
        ("requirements.txt", "a @ https://example.org/a.whl", "an address in a lock"),
        ("key", "-----BEGIN RSA " + "PRIVATE KEY-----", "a private key"),
        ("x.py", "AKIA" + "ABCDEFGHIJKLMNOP", "an AWS key"),
    ],
)
def test_a_violation_is_found_with_its_line(tmp_path: Path, name: str, text: str, what: str) -> None:
    (tmp_path / name).write_text(f"first line\n{text}\n")
    found = violations([tmp_path / name])
    assert len(found) == 1
    assert f"{name}:2: holds {what}" in found[0]


@pytest.mark.parametrize(
    "text", ["/usr/lib/jvm", "$HOME/paceline", "https://adoptium.net", "file:///dir", f"the framework{SLASH}root{SLASH}x"]
)
def test_what_only_looks_like_a_violation_is_accepted(tmp_path: Path, text: str) -> None:
    (tmp_path / "notes.md").write_text(text)
    assert violations([tmp_path / "notes.md"]) == []


def test_a_binary_file_is_skipped(tmp_path: Path) -> None:
    (tmp_path / "x.png").write_bytes(b"\x89PNG\xff\xfe")
    assert violations([tmp_path / "x.png"]) == []


def test_a_lock_is_recognised_by_its_hashes_whatever_its_name(tmp_path: Path) -> None:
    (tmp_path / "next.txt").write_text("a @ https://example.org/a.whl \\\n    --hash=sha256:0123\n")
    (found,) = violations([tmp_path / "next.txt"])
    assert "next.txt:1: holds an address in a lock" in found


def test_a_path_that_exists_on_this_machine_is_found(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    for folder in ("checkouts/paceline", "checkouts/.cache", "usr/lib"):
        (disk / folder).mkdir(parents=True)
    (tmp_path / "notes.md").write_text(
        "/usr/lib\n/checkouts/gone x/checkouts/paceline\n/checkouts/paceline/pom.xml\n/checkouts/.cache/x\n"
    )
    found = violations([tmp_path / "notes.md"], disk)
    assert [line.partition("notes.md:")[2] for line in found] == [
        "3: holds a path of a machine: /checkouts/paceline",
        "4: holds a path of a machine: /checkouts/.cache",
    ]

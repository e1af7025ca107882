"""What must never be committed is found; what only looks like it is not."""

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
def test_is_found_with_its_line(tmp_path: Path, name: str, text: str, what: str) -> None:
    (tmp_path / name).write_text(f"first line\n{text}\n")
    said = violations([tmp_path / name])
    assert len(said) == 1
    assert f"{name}:2: holds {what}" in said[0]


@pytest.mark.parametrize(
    "text", ["/usr/lib/jvm", "$HOME/paceline", "https://adoptium.net", "file:///dir", f"the framework{SLASH}root{SLASH}x"]
)
def test_is_let_pass(tmp_path: Path, text: str) -> None:
    (tmp_path / "notes.md").write_text(text)
    assert violations([tmp_path / "notes.md"]) == []


def test_a_picture_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "x.png").write_bytes(b"\x89PNG\xff\xfe")
    assert violations([tmp_path / "x.png"]) == []

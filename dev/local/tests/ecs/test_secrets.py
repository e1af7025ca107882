"""Secrets come from a file that only its owner can read, and are never shown."""

import subprocess
from pathlib import Path

import pytest
from paceline_local.ecs import Secrets
from paceline_local.failure import CONFIGURATION, Failure

from .conftest import SECRET
from .world import World, definition


def write(path: Path, text: str, mode: int = 0o600) -> Path:
    path.write_text(text)
    path.chmod(mode)
    return path


def test_a_parameter_is_found_by_its_name_and_its_arn(tmp_path: Path) -> None:
    secrets = Secrets.read(write(tmp_path / "secrets.json", '{"/paceline/a/b": "1", "plain": "2"}'))
    arn = "arn:aws:ssm:eu-west-1:123456789012:parameter"
    assert [secrets.lookup(name) for name in ("/paceline/a/b", f"{arn}/paceline/a/b", "plain", f"{arn}/plain")] == [
        "1",
        "1",
        "2",
        "2",
    ]
    assert [secrets.lookup(name) for name in ("/paceline/a", "a/b", f"{arn}/gone", "", "arn:aws:s3:::/plain")] == [None] * 5


def test_a_secret_of_secrets_manager_is_found_by_its_arn_and_a_member() -> None:
    arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret"
    secrets = Secrets({f"{arn}:rds!db-1-abc": '{"username": "me", "password": "p:1", "port": 5432}', f"{arn}:text-def": "words"})
    found = ("rds!db-1-abc:password::", "text-def", "text-def:::", "rds!db-1-abc:::")
    assert [secrets.lookup(f"{arn}:{name}") for name in found] == ["p:1", "words", "words", secrets.values[f"{arn}:rds!db-1-abc"]]
    missing = ("rds!db-1-abc:token::", "rds!db-1-abc:port::", "text-def:password::", "gone:password::", "rds!db-1-abc:password")
    assert [secrets.lookup(f"{arn}:{name}") for name in missing] == [None] * len(missing)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o644, 0o610])
def test_a_file_that_others_can_open_is_refused(tmp_path: Path, mode: int) -> None:
    with pytest.raises(Failure, match=rf"by others \(mode 0{mode:o}\)\. chmod 600 .*secrets\.json") as refused:
        Secrets.read(write(tmp_path / "secrets.json", "{}", mode))
    assert refused.value.exit_code == CONFIGURATION


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f'{{"/a": "{SECRET}"', "is not valid JSON (line 1"),
        (f'["{SECRET}"]', "is not a JSON object"),
        (f'{{"/a": ["{SECRET}"]}}', "gives '/a' a value that is not a string"),
    ],
)
def test_an_invalid_file_is_refused_without_showing_its_values(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(Failure) as refused:
        Secrets.read(write(tmp_path / "secrets.json", text))
    assert message in str(refused.value)
    assert SECRET not in str(refused.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(Failure, match=r"cannot be read from .*secrets\.json: No such file"):
        Secrets.read(tmp_path / "secrets.json")


def test_a_secret_is_in_no_command_line_no_response_and_no_repr(world: World) -> None:
    world.endpoint.register(definition("secret", secrets=[{"name": "TOKEN", "valueFrom": "/paceline/token"}]))
    arn = world.begin('[ -n "$TOKEN" ] && echo has it; exec sleep 60', family="secret")
    world.wait_for("has it", arn)
    shown = subprocess.run(["ps", "-ww", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    described = world.ecs.describe_task_definition(taskDefinition="secret")
    assert "sleep 60" in shown
    for text in (
        shown,
        str(world.task(arn)),
        str(described),
        repr(Secrets({"/paceline/token": SECRET})),
        str(world.watched.events),
    ):
        assert SECRET not in text

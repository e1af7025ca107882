"""No secret is printed, stored in the lake, or visible in `ps` (promise 8)."""

import gzip
import json
import subprocess
from pathlib import Path

from paceline_local.commands import start_jar
from paceline_local.stack import SOURCE, Stack
from stacks import NewStack


def secrets_of(stack: Stack) -> list[str]:
    """The application's and the database's secrets, and every token currently in the store."""
    tokens = [json.loads(file.read_text()) for file in stack.variant.tokens.glob("*.json")]
    held = [str(token[name]) for token in tokens for name in ("refresh_token", "access_token") if token.get(name)]
    return [stack.sandbox.client_secret, stack.warehouse.password, *held]


def command_lines() -> str:
    return subprocess.run(["ps", "-ww", "-A", "-o", "command="], capture_output=True, text=True, check=True).stdout


def test_ps_shows_no_secret_while_extract_and_load_run(new_stack: NewStack) -> None:
    stack = new_stack()
    secrets = secrets_of(stack)
    seen = ""
    for jar, step, env in (("extract", "sync", stack.extract_environment()), ("load", "run", stack.load_environment())):
        process = start_jar(stack.tools, jar, [step, SOURCE, "--verbose"], env, stack.variant.logs / f"{jar}.log")
        while process.poll() is None:
            seen += command_lines()
        assert process.returncode == 0, (stack.variant.logs / f"{jar}.log").read_text()
    assert "extract.jar" in seen
    assert [secret for secret in [*secrets, *secrets_of(stack)] if secret in seen] == []


def test_logs_reports_and_lake_hold_no_secret(new_stack: NewStack) -> None:
    stack = new_stack()
    before = secrets_of(stack)
    stack.extract("--verbose").or_fail("extract")
    stack.load("run", "--verbose").or_fail("load")
    stack.dbt().or_fail("dbt")
    secrets = [*before, *secrets_of(stack)]
    folders = (stack.variant.logs, stack.variant.lake, stack.variant.folder / "dbt")
    files = [stack.sandbox.log, *(file for folder in folders for file in folder.rglob("*") if file.is_file())]
    assert any(file.suffix == ".gz" for file in files)
    found = [(file.name, index) for file in files for index, secret in enumerate(secrets) if secret in text_of(file)]
    assert found == []


def test_only_the_owner_can_read_the_token_store(new_stack: NewStack) -> None:
    stack = new_stack()
    stack.extract().or_fail("extract")
    assert stack.variant.tokens.stat().st_mode & 0o777 == 0o700
    modes = {file.stat().st_mode & 0o777 for file in stack.variant.tokens.glob("*.json")}
    assert modes == {0o600}


def text_of(file: Path) -> str:
    content = file.read_bytes()
    return (gzip.decompress(content) if file.suffix == ".gz" else content).decode(errors="replace")

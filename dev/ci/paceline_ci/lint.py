"""`make lint` and, with --fix, `make format`: each language's own checker, then this repository's own rules."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from paceline_local.environments import VENVS
from paceline_local.failure import Failure, exit_with
from paceline_local.paths import CHECKOUT, LOGS
from paceline_local.steps import Steps
from paceline_local.tools import Tools

from paceline_ci.forbidden import violations
from paceline_ci.java_var import var_uses
from paceline_ci.links import broken_references
from paceline_ci.tracked import tracked

_MAX_LINES = 40


@dataclass(frozen=True)
class Check:
    """A checker and its name; one that can also fix what it finds has a command for that."""

    name: str
    command: list[str]
    fix: list[str] | None = None


def is_shell(file: Path) -> bool:
    with file.open("rb") as opened:
        first = opened.readline(80)
    return first.startswith(b"#!") and (b"bash" in first or first.rstrip().endswith(b"sh"))


def checks(tools: Tools, files: list[Path]) -> list[Check]:
    def tool(name: str) -> str:
        return str(VENVS / "dev" / "bin" / name)

    maven = [str(tools.maven), "-B", "-q", "-ntp", "-T1C"]
    shells = [str(file) for file in files if is_shell(file)]
    yamls = [str(file) for file in files if file.suffix in (".yaml", ".yml")]
    found = [
        Check("spotless", [*maven, "spotless:check"], [*maven, "spotless:apply"]),
        Check("ruff", [tool("ruff"), "check", "."], [tool("ruff"), "check", "--fix", "."]),
        Check("ruff format", [tool("ruff"), "format", "--check", "."], [tool("ruff"), "format", "."]),
        Check("shellcheck", ["shellcheck", *shells]),
        Check("yamllint", [tool("yamllint"), "--strict", "-c", str(CHECKOUT / ".yamllint.yaml"), *yamls]),
    ]
    sql = [str(file) for file in files if file.suffix == ".sql"]
    if sql:
        quiet = ["--disable-progress-bar", "--processes", "2"]
        found.append(Check("sqlfluff", [tool("sqlfluff"), "lint", *quiet, *sql], [tool("sqlfluff"), "fix", *quiet, *sql]))
    return found


def lint(fix: bool) -> int:
    tools, files, steps = Tools.found(), tracked(), Steps()
    failed = []
    for check in checks(tools, files):
        if fix and not check.fix:
            continue
        output = _run(check, fix, tools, steps)
        if output is not None:
            failed.append(check.name)
            print(output)
    if not fix:
        for name, rule in (("forbidden", violations), ("java var", var_uses), ("links", broken_references)):
            if found := rule(files):
                failed.append(name)
                print(*found, sep="\n")
    print(f"lint failed: {', '.join(failed)}" if failed else "formatted" if fix else "lint passed")
    return int(bool(failed))


def _run(check: Check, fix: bool, tools: Tools, steps: Steps) -> str | None:
    """None if the check passes, otherwise its output."""
    command = check.fix if fix and check.fix else check.command
    if not shutil.which(command[0]):
        raise Failure(
            f"{command[0]} was not found.", f"Get it with `sudo apt install {check.name}` or `brew install {check.name}`."
        )
    with steps.step(check.name, "fixing" if fix else "checking") as step:
        env = {**os.environ, "JAVA_HOME": str(tools.java_home)}
        done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, env=env, check=False)
        step.result = "failed" if done.returncode else "ok"
    if not done.returncode:
        return None
    log = LOGS / f"lint-{check.name.replace(' ', '-')}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text(done.stdout + done.stderr)
    lines = (done.stdout + done.stderr).strip().splitlines()
    return "\n".join([*lines[:_MAX_LINES], f"Log: {log}"])


if __name__ == "__main__":
    exit_with(lambda: lint("--fix" in sys.argv[1:]))

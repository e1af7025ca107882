"""`dev/toolchain` only accepts tools that run: fake tools in a fake PATH and HOME."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from paceline_local.paths import CHECKOUT

# What the script itself needs, without a folder that may also contain Java, Maven or Python.
PLAIN = ("bash", "env", "sed", "head", "awk", "cat", "dirname")


class Machine:
    """A computer with only the tools that a test puts there."""

    def __init__(self, folder: Path) -> None:
        self.home, self.bin, self.jvm = folder / "home", folder / "bin", folder / "jvm"
        for made in (self.home, self.bin, self.jvm):
            made.mkdir()
        for name in PLAIN:
            found = next(Path(folder, name) for folder in ("/bin", "/usr/bin") if Path(folder, name).exists())
            (self.bin / name).symlink_to(found)
        self.env = {"PATH": str(self.bin), "HOME": str(self.home), "PACELINE_JVM_DIR": str(self.jvm)}

    def has(self, file: Path, says: str, exit_code: int = 0) -> Path:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"#!/bin/bash\ncat <<'SAID'\n{says}\nSAID\nexit {exit_code}\n")
        file.chmod(0o755)
        return file

    def has_jdk(self, home: Path, version: str) -> Path:
        self.has(home / "bin" / "javac", f"javac {version}")
        self.has(home / "bin" / "java", f'openjdk version "{version}" 2025-09-16\n    java.home = {home}')
        return home

    def has_everything(self) -> None:
        self.has_jdk(self.jvm / "jdk-25", "25.0.1")
        self.has(self.bin / "mvn", "Apache Maven 3.8.7")
        self.has(self.bin / "python3.12", "3.12")

    def toolchain(self, *tools: str, **env: str) -> subprocess.CompletedProcess[str]:
        command = ["/bin/bash", str(CHECKOUT / "dev" / "toolchain"), *tools]
        return subprocess.run(command, env={**self.env, **env}, capture_output=True, text=True, check=False)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def assigned(done: subprocess.CompletedProcess[str], name: str) -> str:
    assert done.returncode == 0, done.stderr
    script = f'{done.stdout}\nprintf %s "${name}"'
    return subprocess.run(["/bin/bash", "-c", script], env={}, capture_output=True, text=True, check=True).stdout


def test_finds_all_three(machine: Machine) -> None:
    machine.has_everything()
    done = machine.toolchain()
    assert assigned(done, "JAVA_HOME") == str(machine.jvm / "jdk-25")
    assert assigned(done, "PACELINE_MAVEN") == str(machine.bin / "mvn")
    assert assigned(done, "PACELINE_PYTHON") == str(machine.bin / "python3.12")


def test_skips_a_java_home_that_is_too_old(machine: Machine, tmp_path: Path) -> None:
    machine.has_everything()
    old = machine.has_jdk(tmp_path / "old", "17.0.15")
    assert assigned(machine.toolchain("java", JAVA_HOME=str(old)), "JAVA_HOME") == str(machine.jvm / "jdk-25")


def test_accepts_a_newer_jdk_of_sdkman(machine: Machine) -> None:
    home = machine.has_jdk(machine.home / ".sdkman" / "candidates" / "java" / "26-tem", "26")
    assert assigned(machine.toolchain("java"), "JAVA_HOME") == str(home)


def test_skips_a_runtime_without_a_compiler(machine: Machine) -> None:
    jre = machine.has_jdk(machine.jvm / "a-jre-25", "25")
    (jre / "bin" / "javac").unlink()
    jdk = machine.has_jdk(machine.jvm / "b-jdk-25", "25")
    assert assigned(machine.toolchain("java"), "JAVA_HOME") == str(jdk)


def test_skips_a_shim_that_does_not_work(machine: Machine) -> None:
    machine.has(machine.bin / "python3.12", "pyenv: python3.12: command not found", exit_code=127)
    works = machine.has(machine.home / ".pyenv" / "versions" / "3.12.1" / "bin" / "python", "3.12")
    assert assigned(machine.toolchain("python"), "PACELINE_PYTHON") == str(works)


def test_finds_a_python_installed_by_uv(machine: Machine) -> None:
    folder = machine.home / ".local" / "share" / "uv" / "python" / "cpython-3.12.8-linux-x86_64-gnu"
    works = machine.has(folder / "bin" / "python3.12", "3.12")
    assert assigned(machine.toolchain("python"), "PACELINE_PYTHON") == str(works)


def test_a_path_with_spaces_and_quotes_is_quoted(machine: Machine) -> None:
    home = machine.has_jdk(machine.jvm / "it's a jdk", "25")
    assert assigned(machine.toolchain("java"), "JAVA_HOME") == str(home)


def test_names_each_missing_tool_in_one_sentence(machine: Machine) -> None:
    done = machine.toolchain()
    assert done.returncode == 78
    assert done.stdout == ""
    messages = done.stderr.splitlines()
    assert [line.split(" was not found")[0] for line in messages] == [
        "paceline: JDK 25 or newer",
        "paceline: Maven 3.8.7 or newer",
        "paceline: Python 3.12 with venv and lzma",
    ]
    assert all("get " in line for line in messages)


@pytest.mark.parametrize(("version", "fits"), [("3.8.6", False), ("3.8.7", True), ("3.10.1", True), ("4.0.0", True)])
def test_compares_maven_versions_number_by_number(machine: Machine, version: str, fits: bool) -> None:
    machine.has(machine.bin / "mvn", f"Apache Maven {version} (deadbeef)")
    done = machine.toolchain("maven")
    assert done.returncode == (0 if fits else 78)
    assert fits or f"only {version}" in done.stderr


def test_an_unknown_tool_is_a_usage_error(machine: Machine) -> None:
    assert machine.toolchain("ruby").returncode == 64


def test_this_machine_has_all_tools(tmp_path: Path) -> None:
    done = subprocess.run(
        [CHECKOUT / "dev" / "toolchain"], cwd=tmp_path, env=os.environ, capture_output=True, text=True, check=False
    )
    assert Path(assigned(done, "JAVA_HOME"), "bin", "javac").exists()


def test_without_an_environment_dev_python_says_what_builds_it(tmp_path: Path) -> None:
    (tmp_path / "dev").mkdir()
    shutil.copy(CHECKOUT / "dev" / "python", tmp_path / "dev")
    done = subprocess.run([tmp_path / "dev" / "python", "-V"], capture_output=True, text=True, check=False)
    sentence = "paceline: the Python environment .venv/dev is not built yet: run `make setup`.\n"
    assert (done.returncode, done.stderr) == (78, sentence)

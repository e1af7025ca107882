"""How long the plain jar takes to print its version, compared with a Java hello-world."""

import statistics
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from paceline_local.clean_environment import clean_environment
from paceline_local.commands import jar_of
from paceline_local.logged import run_logged

from paceline_bench.figure import Figure
from paceline_bench.whole_process import cost_of
from paceline_bench.workbench import Workbench

RUNS = 15
_HELLO = 'final class Hello { public static void main(String[] words) { System.out.println("hello"); } }\n'


def measure(bench: Workbench) -> Iterator[Figure]:
    """Neither gets any JVM flags, and they alternate, so other load on the machine affects both."""
    java = str(bench.tools.java)
    hello = [java, "-cp", str(_compiled(bench)), "Hello"]
    version = [java, "-jar", str(jar_of("extract")), "--version"]
    hellos, versions = [], []
    for _ in range(RUNS):
        hellos.append(_seconds(bench, hello))
        versions.append(_seconds(bench, version))
    floor, ours = statistics.median(hellos), statistics.median(versions)
    against = f"`java Hello`: {floor:.3f} s; `java -jar extract.jar --version`: {ours:.3f} s"
    yield Figure("extract.start_over_java", ours / floor, "times", against, ours / floor)


def _compiled(bench: Workbench) -> Path:
    folder = bench.folder / "hello"
    folder.mkdir()
    (folder / "Hello.java").write_text(_HELLO)
    run_logged("hello", [bench.tools.java_home / "bin" / "javac", "Hello.java"], folder / "javac.log", cwd=folder)
    return folder


def _seconds(bench: Workbench, command: Sequence[str]) -> float:
    log = bench.folder / "start.log"

    def start() -> subprocess.Popen[bytes]:
        with log.open("wb") as out:
            return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=clean_environment({}))

    return cost_of(start, log).seconds

"""The CycloneDX SBOM of an image, from what its build listed: libraries, run time, and what it has of Debian."""

import json
import re
from pathlib import Path
from typing import Any

_Component = dict[str, Any]


def write_sbom(name: str, version: str, listed: Path, into: Path) -> Path:
    """`listed` is the output of the stage `sbom`: `bom.json` or `packages.txt`, `jre.txt` or `python.txt`, `debian.txt`."""
    maven = listed / "bom.json"
    bom = json.loads(maven.read_text()) if maven.exists() else {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1}
    bom.pop("serialNumber", None)  # random, and so is the time: the same image has the same SBOM
    image = {"type": "container", "bom-ref": f"paceline/{name}", "name": f"paceline/{name}", "version": version}
    bom["metadata"] = {"component": image}
    bom["components"] = sorted(
        [*bom.get("components", []), *_packages(listed), _run_time(listed), *_debian(listed)], key=lambda each: each["bom-ref"]
    )
    into.mkdir(parents=True, exist_ok=True)
    file = into / f"{name}.cdx.json"
    file.write_text(json.dumps(bom, indent=2, ensure_ascii=False) + "\n")
    return file


def _packages(listed: Path) -> list[_Component]:
    file = listed / "packages.txt"
    lines = file.read_text().splitlines() if file.exists() else []
    return [_pypi(*line.split()) for line in lines]


def _pypi(name: str, version: str) -> _Component:
    normal = re.sub(r"[-_.]+", "-", name).lower()
    return _component("library", name, version, f"pkg:pypi/{normal}@{version}")


def _run_time(listed: Path) -> _Component:
    jre = listed / "jre.txt"
    if jre.exists():
        release = dict(line.split("=", 1) for line in jre.read_text().splitlines() if "=" in line)
        version = release["JAVA_VERSION"].strip('"')
        return _component("platform", "OpenJDK run time", version, f"pkg:generic/openjdk@{version}")
    version = (listed / "python.txt").read_text().split()[1]
    return _component("platform", "Python", version, f"pkg:generic/python@{version}")


def _debian(listed: Path) -> list[_Component]:
    found = []
    for line in (listed / "debian.txt").read_text().splitlines():
        name, version, architecture = line.split()
        purl = f"pkg:deb/debian/{name.replace('+', '%2B')}@{version.replace('+', '%2B')}?arch={architecture}&distro=bookworm"
        found.append(_component("library", name, version, purl))
    return found


def _component(kind: str, name: str, version: str, purl: str) -> _Component:
    return {"type": kind, "bom-ref": purl, "name": name, "version": version, "purl": purl}

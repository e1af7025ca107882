"""An SBOM lists what the build listed, each with a package URL."""

import json
from pathlib import Path

from paceline_ci.sbom import write_sbom


def written(tmp_path: Path, **files: str) -> dict:
    listed = tmp_path / "listed"
    listed.mkdir()
    for name, text in files.items():
        (listed / name.replace("__", ".")).write_text(text)
    return json.loads(write_sbom("load", "1.2.3", listed, tmp_path / "sbom").read_text())


def purls(bom: dict) -> list[str]:
    return [component["purl"] for component in bom["components"]]


def test_a_java_image_has_its_libraries_its_run_time_and_its_part_of_debian(tmp_path: Path) -> None:
    library = {"type": "library", "bom-ref": "pkg:maven/a/b@1", "name": "b", "version": "1", "purl": "pkg:maven/a/b@1"}
    maven = {"bomFormat": "CycloneDX", "specVersion": "1.6", "serialNumber": "random", "components": [library]}
    bom = written(
        tmp_path,
        bom__json=json.dumps(maven),
        jre__txt='JAVA_VERSION="25.0.3"\n',
        debian__txt="libc6 2.36-9+deb12u10 amd64\n",
    )
    assert purls(bom) == [
        "pkg:deb/debian/libc6@2.36-9%2Bdeb12u10?arch=amd64&distro=bookworm",
        "pkg:generic/openjdk@25.0.3",
        "pkg:maven/a/b@1",
    ]
    assert bom["metadata"]["component"] == {
        "type": "container",
        "bom-ref": "paceline/load",
        "name": "paceline/load",
        "version": "1.2.3",
    }
    assert "serialNumber" not in bom


def test_a_python_image_has_its_packages_by_their_normal_names(tmp_path: Path) -> None:
    bom = written(
        tmp_path, packages__txt="Jinja2 3.1.6\ntyping_extensions 4.15\n", python__txt="Python 3.12.1 (main)\n", debian__txt=""
    )
    assert purls(bom) == ["pkg:generic/python@3.12.1", "pkg:pypi/jinja2@3.1.6", "pkg:pypi/typing-extensions@4.15"]

"""The parts of an image, from what `docker save` and `docker history` print; docker is a script here."""

import io
import json
import os
import tarfile
from pathlib import Path

from paceline_ci.image_size import ImageSize

JRE, CACHE = "COPY /opt/jre /opt/jre # buildkit", "COPY /app/load.aot /app/ # buildkit"


def saved(archive: Path, history: list[dict], layers: list[tuple[str, bytes | None]]) -> None:
    """An archive as Docker writes it; a layer without bytes is a link to another."""
    with tarfile.open(archive, "w") as tar:

        def add(name: str, content: bytes) -> None:
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))

        for name, content in layers:
            if content is None:
                link = tarfile.TarInfo(name)
                link.type, link.linkname = tarfile.SYMTYPE, "../other/layer.tar"
                tar.addfile(link)
            else:
                add(name, content)
        add("config", json.dumps({"history": history}).encode())
        add("manifest.json", json.dumps([{"Config": "config", "Layers": [name for name, _ in layers]}]).encode())


def docker(folder: Path, made_by: list[str]) -> str:
    (folder / "history").write_text("".join(json.dumps({"CreatedBy": made}) + "\n" for made in reversed(made_by)))
    script = folder / "docker"
    script.write_text(f'#!/bin/sh\nif [ "$1" = save ]; then cat {folder}/saved.tar; else cat {folder}/history; fi\n')
    script.chmod(0o755)
    return str(script)


def test_each_layer_is_counted_for_what_it_holds(tmp_path: Path) -> None:
    noise = os.urandom(3_000_000)
    history = [{"empty_layer": True}, {}, {"empty_layer": True}, {}, {}]
    saved(
        tmp_path / "saved.tar", history, [("a/layer.tar", b"debian"), ("b/layer.tar", noise), ("c/layer.tar", noise[:1_500_000])]
    )
    made_by = ["ARG BASE", "ADD file:1 in /", "ENV LANG", JRE, CACHE]
    size = ImageSize.of(docker(tmp_path, made_by), "paceline/load:dev")
    assert set(size.parts) == {"base", "JRE", "AOT cache"}
    assert 3_000_000 <= size.parts["JRE"] < 3_010_000
    assert 1_500_000 <= size.parts["AOT cache"] < 1_510_000
    assert 4_500_000 < size.compressed < 4_550_000
    assert size.lines()[0] == "paceline/load:dev: 4.5 MB (docker save | gzip)"
    assert size.lines()[1].split() == ["JRE", "3.0", "MB", "67%"]


def test_a_layer_that_repeats_another_takes_no_room(tmp_path: Path) -> None:
    saved(tmp_path / "saved.tar", [{}, {}], [("a/layer.tar", b"x" * 100), ("b/layer.tar", None)])
    size = ImageSize.of(docker(tmp_path, [JRE, CACHE]), "paceline/load:dev")
    assert size.parts["AOT cache"] == 0
    assert size.parts["JRE"] > 0

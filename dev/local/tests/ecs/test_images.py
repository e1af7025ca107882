"""The command that replaces an image is found by the image's name, and read from a file."""

import json
from pathlib import Path
from typing import Any

import pytest
from paceline_local.ecs.images import ProcessImage, image_name, read_images
from paceline_local.failure import Failure


@pytest.mark.parametrize(
    ("reference", "name"),
    [
        ("paceline/extract", "paceline/extract"),
        ("paceline/extract:1.2", "paceline/extract"),
        ("123456789012.dkr.ecr.eu-west-1.amazonaws.com/paceline/extract:1.2", "paceline/extract"),
        ("123456789012.dkr.ecr.eu-west-1.amazonaws.com/paceline/extract@sha256:0123", "paceline/extract"),
        ("localhost/extract", "extract"),
        ("localhost:5000/paceline/extract", "paceline/extract"),
        ("registry:5000/extract:latest", "extract"),
        ("extract", "extract"),
        ("extract:latest", "extract"),
    ],
)
def test_registry_tag_and_digest_are_not_part_of_the_name(reference: str, name: str) -> None:
    assert image_name(reference) == name


def test_images_are_read_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "images.json"
    file.write_text(json.dumps({"a": {"argv": ["java", "-jar"], "env": {"X": "1"}, "cwd": "/tmp"}, "b": {"argv": ["true"]}}))
    assert read_images(file) == {"a": ProcessImage(["java", "-jar"], {"X": "1"}, Path("/tmp")), "b": ProcessImage(["true"])}


@pytest.mark.parametrize(
    ("image", "message"),
    [
        ("java", "is not an object of argv, env and cwd"),
        ({"argv": ["java"], "workdir": "/"}, "is not an object of argv, env and cwd"),
        ({}, "has no command"),
        ({"argv": "java -jar"}, "has no command"),
        ({"argv": ["java", 3]}, "has no command"),
        ({"argv": ["java"], "env": {"A": 1}}, "gives 'A' a value that is not a string"),
        ({"argv": ["java"], "cwd": ["/"]}, "has a cwd that is not a string"),
    ],
)
def test_an_error_names_the_image(tmp_path: Path, image: Any, message: str) -> None:
    file = tmp_path / "images.json"
    file.write_text(json.dumps({"paceline/extract": image}))
    with pytest.raises(Failure, match=rf"image paceline/extract in .*images\.json {message}"):
        read_images(file)

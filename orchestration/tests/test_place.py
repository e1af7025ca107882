"""`paceline.json`: what is wrong with it is said where Airflow shows import errors."""

import json
from pathlib import Path
from typing import Any

import pytest
from paceline.place import Place, PlaceError
from worlds import PLACE, write_place


def test_the_place_is_what_the_file_beside_the_dags_says(here: Path) -> None:
    assert Place.here() == Place.of(PLACE)
    assert Place.here().retries == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"lake": None}, "a lake that is no"),
        ({"poll_seconds": "1"}, "a poll_seconds that is no"),
        ({"retries": True}, "a retries that is no"),
        ({"subnets": "subnet-1"}, "a subnets that is no"),
        ({"families": {"extract": 1}}, "a families that is no"),
        ({"clutser": "x"}, "an unknown clutser"),
    ],
)
def test_a_wrong_value_is_named(here: Path, change: dict[str, Any], said: str) -> None:
    write_place(here.parent, **change)
    with pytest.raises(PlaceError, match=said):
        Place.here()


def test_what_lacks_is_named(here: Path) -> None:
    here.write_text(json.dumps({name: value for name, value in PLACE.items() if name not in ("lake", "cluster")}))
    with pytest.raises(PlaceError, match="lacks cluster, lacks lake"):
        Place.here()


def test_an_image_without_a_family_is_named() -> None:
    with pytest.raises(PlaceError, match="no family of the image dashboard, only of extract, load, transformation"):
        Place.of(PLACE).family("dashboard")


@pytest.mark.parametrize(("text", "said"), [("{", "no JSON"), ("[]", "no object")])
def test_a_file_of_another_kind_is_refused(here: Path, text: str, said: str) -> None:
    here.write_text(text)
    with pytest.raises(PlaceError, match=said):
        Place.here()


def test_without_the_file_it_is_said_who_writes_it(here: Path) -> None:
    here.unlink()
    with pytest.raises(PlaceError, match="what deploys the DAGs writes it"):
        Place.here()

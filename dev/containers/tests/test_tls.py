"""The warehouse's certificate is verified by default, outside loopback: by load and by dbt, in their images."""

import pytest
from pipeline import Pipeline

COMMANDS = {"load": ["status", "strava"], "transformation": ["build", "--select", "dim_date"]}


@pytest.mark.parametrize("image", COMMANDS)
def test_a_certificate_of_a_ca_that_is_not_trusted_is_refused_with_78(pipeline: Pipeline, image: str) -> None:
    run = pipeline.run(image, *COMMANDS[image], PACELINE_WAREHOUSE_CA="")
    assert run.exit_code == 78, run.output
    assert "is not signed by a CA that is trusted here" in run.report["error"]["what"]
    assert "PACELINE_WAREHOUSE_CA" in run.report["error"]["remedy"]


@pytest.mark.parametrize("image", COMMANDS)
def test_the_setting_that_turns_it_off_connects(pipeline: Pipeline, image: str) -> None:
    unverified = {"PACELINE_WAREHOUSE_CA": "", "PACELINE_WAREHOUSE_UNVERIFIED": "true"}
    run = pipeline.run(image, *COMMANDS[image], **unverified)
    assert run.exit_code == 0, run.output

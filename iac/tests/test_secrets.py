"""The parameters of `iac/secrets`: what is in them is put-secrets' alone, whatever happens to their declaration."""

from pathlib import Path

import boto3
from terraform import REGION, Terraform, changes

NAME = "/paceline-qa/strava/client-secret"


def test_a_declaration_can_change_without_touching_the_value(iac: Path, moto: str) -> None:
    """Otherwise the provider would send an empty value, which AWS refuses, or the first text again."""
    root = Terraform.on_moto(iac / "secrets", moto, environment="qa", region=REGION, warehouse="existing").init()
    root.apply()
    access = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
    ssm = boto3.client("ssm", endpoint_url=moto, region_name=REGION, **access)
    ssm.put_parameter(Name=NAME, Value="kept", Overwrite=True)

    declaration = iac / "modules" / "secrets" / "main.tf"
    text = declaration.read_text()
    changed = text.replace("What containers get as", "What a container gets as").replace(
        "value_wo_version = 1", "value_wo_version = 2"
    )
    assert changed.count("value_wo_version = 2") == changed.count("What a container gets as") == 1
    declaration.write_text(changed)

    assert changes(root.plan()) == {}
    root.apply()
    assert ssm.get_parameter(Name=NAME, WithDecryption=True)["Parameter"]["Value"] == "kept"

"""Network, lake and registry against a simulated AWS: applied, applied again without a change, destroyed."""

from pathlib import Path
from typing import Any

import boto3
from terraform import ACCOUNT, REGION, Terraform, changes

_MODULES = f"""
variable "network" {{ type = any }}

module "network" {{
  source          = "./modules/network"
  name            = "paceline-qa"
  region          = "{REGION}"
  egress          = try(var.network.egress, "nat")
  cidr            = "10.20.0.0/16"
  warehouse_ports = try(var.network.warehouse_ports, [])
  existing        = try(var.network.existing, null)
}}

module "lake" {{
  source     = "./modules/lake"
  name       = "paceline-qa"
  account_id = "{ACCOUNT}"
  region     = "{REGION}"
  deletable  = true
}}

module "registry" {{
  source      = "./modules/registry"
  name        = "paceline-qa"
  account_id  = "{ACCOUNT}"
  region      = "{REGION}"
  images      = ["extract", "load", "transformation"]
  kept_images = 20
  deletable   = true
}}

output "network" {{ value = module.network }}
output "lake" {{ value = module.lake }}
output "registry" {{ value = module.registry }}
"""


def test_each_choice_of_network_is_applied_once_and_destroyed(iac: Path, moto: str) -> None:
    """One after the other, because each also has to follow another."""
    (iac / "main.tf").write_text(_MODULES)
    terraform = Terraform.on_moto(iac, moto, network={"egress": "nat"}).init()
    behind_nat = applied(terraform)
    assert behind_nat["network"]["task_subnet_ids"] == behind_nat["network"]["private_subnet_ids"]
    assert behind_nat["network"]["assign_public_ip"] is False
    assert behind_nat["lake"]["uri"] == f"s3://paceline-qa-lake-{ACCOUNT}-{REGION}"
    assert set(behind_nat["registry"]["repository_arns"]) == {"extract", "load", "transformation"}
    assert open_inbound(moto) == []

    public = applied(terraform.with_variables(network={"egress": "public_ip", "warehouse_ports": [5432, 6543]}))
    assert public["network"]["vpc_id"] == behind_nat["network"]["vpc_id"]
    assert not set(public["network"]["task_subnet_ids"]) & set(public["network"]["private_subnet_ids"])
    assert public["network"]["assign_public_ip"] is True
    assert open_inbound(moto) == []

    existing = terraform.with_variables(network={"existing": default_vpc(moto)})
    assert applied(existing)["network"]["vpc_id"] == default_vpc(moto)["vpc_id"]
    assert open_inbound(moto) == []
    existing.destroy()
    assert "values" not in existing.state()


def applied(terraform: Terraform) -> dict[str, Any]:
    """Applies; returns the outputs. A second plan must be empty."""
    terraform.apply()
    assert changes(terraform.plan()) == {}
    return terraform.outputs()


def open_inbound(moto: str) -> list[str]:
    """The security groups to which anyone may connect, but for the default one that AWS makes in each VPC."""
    groups = ec2(moto).describe_security_groups()["SecurityGroups"]
    ours = [group for group in groups if group["VpcId"] != default_vpc(moto)["vpc_id"] or group["GroupName"] != "default"]
    assert ours
    return [group["GroupName"] for group in ours if group["IpPermissions"]]


def default_vpc(moto: str) -> dict[str, Any]:
    (vpc,) = ec2(moto).describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"]
    subnets = ec2(moto).describe_subnets(Filters=[{"Name": "vpc-id", "Values": [vpc["VpcId"]]}])["Subnets"]
    ids = sorted(subnet["SubnetId"] for subnet in subnets)
    return {"vpc_id": vpc["VpcId"], "task_subnet_ids": ids[:2], "private_subnet_ids": ids[:2], "assign_public_ip": True}


def ec2(moto: str) -> Any:
    access = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
    return boto3.client("ec2", endpoint_url=moto, region_name=REGION, **access)

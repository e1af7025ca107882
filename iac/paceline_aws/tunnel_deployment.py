"""Where a deployment's tunnel begins and ends, from the outputs of Terraform."""

from dataclasses import dataclass
from typing import Any, Self

from paceline_local.failure import Failure

from paceline_aws.outputs import outputs_of


@dataclass(frozen=True, kw_only=True)
class TunnelDeployment:
    """What is known of the network and of the server. `secret` is the ARN of the secret with its password."""

    region: str
    cluster: str
    subnets: list[str]
    security_groups: list[str]
    assign_public_ip: bool
    family: str
    container: str
    host: str
    port: int
    database: str
    user: str
    secret: str

    @classmethod
    def of(cls, environment: str) -> Self:
        """Of an environment that is applied, with a warehouse on RDS."""
        return cls.from_outputs(environment, outputs_of(environment))

    @classmethod
    def from_outputs(cls, environment: str, outputs: dict[str, Any]) -> Self:
        apply = f"Run `terraform -chdir=iac/environments/{environment} apply`."
        if not {"deployment", "tunnel"} <= outputs.keys():
            raise Failure(f"{environment} is not applied yet: it has no outputs.", apply)
        deployment, tunnel = outputs["deployment"], outputs["tunnel"]
        if tunnel is None:
            raise Failure(
                f"The warehouse of {environment} is not on RDS, so there is nothing to tunnel to.",
                "Connect to its own address, as PACELINE_WAREHOUSE has it.",
            )
        network = ("cluster", "subnets", "security_groups", "assign_public_ip")
        server = ("region", "family", "container", "host", "port", "database", "user", "secret")
        missing = sorted({*network} - deployment.keys() | {*server} - tunnel.keys())
        if missing:
            raise Failure(f"The outputs of {environment} are of another version: they have no {', '.join(missing)}.", apply)
        return cls(**{name: deployment[name] for name in network}, **{name: tunnel[name] for name in server})

    def server(self) -> dict[str, str]:
        """What somebody who connects has to know."""
        return {"host": self.host, "database": self.database, "user": self.user, "secret": self.secret}

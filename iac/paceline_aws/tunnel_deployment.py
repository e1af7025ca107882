"""Where a deployment's tunnel begins and ends, from the outputs of Terraform."""

from dataclasses import dataclass
from typing import Any, Self

from paceline.deployment import Deployment
from paceline_local.failure import Failure

from paceline_aws.outputs import deployment_in, outputs_of


@dataclass(frozen=True)
class Destination:
    """What is at the tunnel's other end."""

    host: str
    port: int


@dataclass(frozen=True, kw_only=True)
class TunnelDeployment:
    """The deployment, the task to go through, and the warehouse. `secret` is the ARN of the secret with its password."""

    deployment: Deployment
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
        outputs = outputs_of(environment, "deployment")
        tunnel = outputs.get("tunnel")
        if tunnel is None:
            raise Failure(
                f"{environment} has no tunnel, because its warehouse is not on RDS.",
                "Connect to the warehouse's own address, as PACELINE_WAREHOUSE has it.",
            )
        names = ("family", "container", "host", "port", "database", "user", "secret")
        missing = [name for name in names if name not in tunnel]
        if missing:
            apply = f"Run `terraform -chdir=iac/environments/{environment} apply`."
            raise Failure(f"The output `tunnel` of {environment} has no {', '.join(missing)}.", apply)
        return cls(deployment=deployment_in(outputs, environment), **{name: tunnel[name] for name in names})

    @property
    def warehouse(self) -> Destination:
        return Destination(self.host, self.port)

    def server(self) -> dict[str, Any]:
        """What somebody who connects with the warehouse has to know."""
        return {"host": self.host, "database": self.database, "user": self.user, "secret": self.secret}

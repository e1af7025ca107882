"""Fills the SSM parameters that iac/secrets declares, from environment variables and from a prompt: `iac/scripts/put-secrets qa`.

No value is taken from the command line, shown, or written anywhere but to SSM.
"""

import argparse
import os
import sys
from collections.abc import Mapping
from typing import Any

from paceline_local.failure import USAGE, Failure, exit_with

from paceline_aws.asking import asked, known_otherwise
from paceline_aws.calls import called, client
from paceline_aws.outputs import outputs_of
from paceline_aws.parameters import Parameter, chosen, parameters_of
from paceline_aws.values import check, resolved

# What iac/modules/secrets declares them with.
_NOT_SET = "not set:"
_MOST_NAMES = 10
# Not a parameter where the warehouse is RDS, which keeps it itself.
_OPTIONAL = "PACELINE_WAREHOUSE_PASSWORD"


def main() -> int:
    given = _arguments()
    ssm = client("ssm", None)
    known = parameters_of(f"paceline-{given.environment}")
    is_set = _is_set(ssm, known, given.environment)
    parameters = [parameter for parameter in chosen(known, given.parameter) if parameter.name in is_set]
    if given.list:
        for parameter in parameters:
            print(f"{'set' if is_set[parameter.name] else 'not set':8} {parameter.name}  ({parameter.variable})")
        return 0
    values = from_environment(parameters, os.environ)
    missing = [parameter for parameter in parameters if parameter not in values]
    ask = asked if sys.stdin.isatty() else known_otherwise
    values |= ask(missing, is_set, lambda: _address_of_rds(is_set, given.environment))
    for parameter, value in values.items():
        _put(ssm, parameter, value)
        print(f"{parameter.name} is set.")
    if not values:
        print("Nothing was changed.")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="iac/scripts/put-secrets", description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("environment", help="whose secrets: qa, prod")
    parser.add_argument("parameter", nargs="*", help="only these, e.g. strava/client-secret, or strava-club for all of a folder")
    parser.add_argument("--list", action="store_true", help="show which are set, without their values")
    return parser.parse_args()


def _is_set(ssm: Any, known: list[Parameter], environment: str) -> dict[str, bool]:
    """By name, for those that are declared."""
    found: dict[str, bool] = {}
    for first in range(0, len(known), _MOST_NAMES):
        names = [parameter.name for parameter in known[first : first + _MOST_NAMES]]
        answer = called("Reading the parameters", lambda names=names: ssm.get_parameters(Names=names, WithDecryption=True))
        found |= {parameter["Name"]: not parameter["Value"].startswith(_NOT_SET) for parameter in answer["Parameters"]}
    undeclared = [parameter.name for parameter in known if parameter.name not in found and parameter.variable != _OPTIONAL]
    if undeclared:
        apply = f"Run `iac/scripts/init secrets {environment}` and `terraform -chdir=iac/secrets apply` first."
        region = ssm.meta.region_name
        raise Failure(f"{', '.join(undeclared)} is not declared in {region}.", f"{apply} Another region? Set AWS_REGION.")
    return found


def from_environment(parameters: list[Parameter], environment: Mapping[str, str]) -> dict[Parameter, str]:
    values: dict[Parameter, str] = {}
    for parameter in parameters:
        if not environment.get(parameter.variable):
            continue
        same = [other.short for other in parameters if other.variable == parameter.variable]
        if len(same) > 1:
            remedy = f"Name one of them: iac/scripts/put-secrets … {same[0]}."
            raise Failure(f"{parameter.variable} is set, and could be {' or '.join(same)}.", remedy, USAGE)
        values[parameter] = resolved(parameter.variable, environment[parameter.variable])
        check(parameter.variable, values[parameter])
    return values


def _address_of_rds(is_set: Mapping[str, bool], environment: str) -> str | None:
    """None if the warehouse is not RDS, where the password is a parameter, or if Terraform does not know it."""
    if f"/paceline-{environment}/warehouse/password" in is_set:
        return None
    try:
        return outputs_of(environment).get("warehouse_url")
    except Failure as unknown:
        print(f"The warehouse's address is not known: {unknown}", file=sys.stderr)
        return None


def _put(ssm: Any, parameter: Parameter, value: str) -> None:
    called(
        f"Writing {parameter.name}",
        lambda: ssm.put_parameter(Name=parameter.name, Value=value, Type="SecureString", Overwrite=True),
    )


if __name__ == "__main__":
    exit_with(main)

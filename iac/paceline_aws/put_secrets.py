"""Fills the SSM parameters that iac/secrets declares, from variables and from a prompt: `iac/scripts/put-secrets qa`.

No value is taken from the command line, shown, or written anywhere but to SSM.
"""

import os
import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from typing import Any

from paceline_local.failure import Failure, exit_with

from paceline_aws.arguments import Arguments
from paceline_aws.calls import call_aws, client
from paceline_aws.outputs import folder_of, outputs_of
from paceline_aws.parameters import Parameter, chosen, parameters_of
from paceline_aws.prompts import Given, asked, without_asking
from paceline_aws.values import check, resolved

# What iac/modules/secrets declares them with.
_NOT_SET = "not set:"
_MOST_NAMES = 10
# Not a parameter where the warehouse is RDS, which keeps it itself.
_OPTIONAL = "PACELINE_WAREHOUSE_PASSWORD"


def main(words: Sequence[str]) -> int:
    given = _arguments(words)
    folder_of(given.environment)
    ssm = client("ssm", None)
    known = parameters_of(f"paceline-{given.environment}")
    is_set = _is_set(ssm, known, given.environment)
    parameters = [parameter for parameter in chosen(known, given.parameter) if parameter.name in is_set]
    if given.list:
        for parameter in parameters:
            print(f"{'set' if is_set[parameter.name] else 'not set':8} {parameter.name}  ({parameter.given_by})")
        return 0
    values = from_environment(parameters, os.environ)
    missing = [parameter for parameter in parameters if parameter not in values]
    ask = asked if sys.stdin.isatty() else without_asking
    values |= ask(missing, is_set, lambda: _address_of_rds(is_set, given.environment))
    for parameter, (value, source) in values.items():
        _put(ssm, parameter, value)
        print(f"{parameter.name} is set, from {source}.")
    if not values:
        print("Nothing was changed.")
    return 0


def _arguments(words: Sequence[str]) -> Namespace:
    variables = "A variable named for the parameter gives its value, e.g. PACELINE_SECRET_STRAVA_CLIENT_ID for strava/client-id."
    parser = Arguments("put-secrets", (__doc__ or "").split("\n", maxsplit=1)[0], variables)
    parser.add_argument("environment", help="a folder of iac/environments, e.g. qa")
    parser.add_argument(
        "parameter", nargs="*", default=[], help="only these, e.g. strava/client-secret, or strava-club for all of a folder"
    )
    parser.add_argument("--list", action="store_true", help="show which are set, without their values")
    return parser.parse_args(words)


def _is_set(ssm: Any, known: list[Parameter], environment: str) -> dict[str, bool]:
    """By name, for those that are declared."""
    found: dict[str, bool] = {}
    for first in range(0, len(known), _MOST_NAMES):
        names = [parameter.name for parameter in known[first : first + _MOST_NAMES]]
        answer = call_aws("Reading the parameters", lambda names=names: ssm.get_parameters(Names=names, WithDecryption=True))
        found |= {parameter["Name"]: not parameter["Value"].startswith(_NOT_SET) for parameter in answer["Parameters"]}
    undeclared = [parameter.name for parameter in known if parameter.name not in found and parameter.variable != _OPTIONAL]
    if undeclared:
        apply = f"Run `iac/scripts/init secrets {environment}` and `terraform -chdir=iac/secrets apply` first."
        region = ssm.meta.region_name
        are = "is" if len(undeclared) == 1 else "are"
        raise Failure(f"{', '.join(undeclared)} {are} not declared in {region}.", f"{apply} Another region? Set AWS_REGION.")
    return found


def from_environment(parameters: list[Parameter], environment: Mapping[str, str]) -> dict[Parameter, Given]:
    values: dict[Parameter, Given] = {}
    for parameter in parameters:
        if text := environment.get(parameter.given_by):
            value = resolved(parameter.given_by, text)
            check(parameter, value)
            values[parameter] = Given(value, parameter.given_by)
    return values


def _address_of_rds(is_set: Mapping[str, bool], environment: str) -> str | None:
    """None if the warehouse is not RDS, where the password is a parameter, or if Terraform does not know it."""
    if f"/paceline-{environment}/warehouse/password" in is_set:
        return None
    try:
        return outputs_of(environment, "deployment").get("warehouse_url")
    except Failure as unknown:
        print(f"The warehouse's address is not known: {unknown}", file=sys.stderr)
        return None


def _put(ssm: Any, parameter: Parameter, value: str) -> None:
    call_aws(
        f"Writing {parameter.name}",
        lambda: ssm.put_parameter(Name=parameter.name, Value=value, Type="SecureString", Overwrite=True),
    )


if __name__ == "__main__":
    exit_with(lambda: main(sys.argv[1:]))

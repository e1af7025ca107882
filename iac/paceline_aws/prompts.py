"""The values that no environment variable gave: from a prompt, or, where nobody can be asked, from what is known otherwise."""

import sys
from collections.abc import Callable, Mapping
from getpass import getpass

from paceline_local.failure import USAGE, Failure

from paceline_aws.parameters import Parameter
from paceline_aws.values import check, is_secret, resolved

# What the address of RDS is suggested for; it is looked up only if it is needed.
_URL = "PACELINE_WAREHOUSE"
Address = Callable[[], str | None]


def known_otherwise(missing: list[Parameter], is_set: Mapping[str, bool], address: Address) -> dict[Parameter, str]:
    """Without a terminal: what is set stays."""
    known = {parameter: _suggested(parameter, address) for parameter in missing if not is_set[parameter.name]}
    unknown = [parameter.variable for parameter, value in known.items() if not value]
    if unknown:
        raise Failure(f"Nobody can be asked for {', '.join(unknown)}.", "Run it at a terminal, or set these variables.", USAGE)
    return {parameter: value for parameter, value in known.items() if value}


def asked(missing: list[Parameter], is_set: Mapping[str, bool], address: Address) -> dict[Parameter, str]:
    """Enter keeps what is there, or takes what is suggested."""
    values = {}
    for parameter in missing:
        keeps = is_set[parameter.name]
        value = _answer(parameter, None if keeps else _suggested(parameter, address), keeps=keeps)
        if value:
            values[parameter] = value
    return values


def _answer(parameter: Parameter, suggested: str | None, *, keeps: bool) -> str | None:
    """Asks again until a value can be used."""
    hint = "Enter keeps the present one" if keeps else suggested or "Enter leaves it unset"
    ask: Callable[[str], str] = getpass if is_secret(parameter.variable) else input
    while True:
        try:
            value = resolved(parameter.variable, ask(f"{parameter.short} ({hint}): ")) or suggested
            if value:
                check(parameter.variable, value)
        except EOFError:
            raise Failure("The input ended before every value was given.", "Nothing was stored; run it again.", USAGE) from None
        except Failure as failure:
            print(failure, file=sys.stderr)
        else:
            return value


def _suggested(parameter: Parameter, address: Address) -> str | None:
    return address() if parameter.variable == _URL else None

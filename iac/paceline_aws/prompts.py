"""The values that no variable gave: from a prompt, or, without a terminal, only what can be found out."""

import sys
from collections.abc import Callable, Mapping
from getpass import getpass
from typing import NamedTuple

from paceline_local.failure import USAGE, Failure

from paceline_aws.parameters import Parameter
from paceline_aws.values import check, is_secret, resolved

# What the address of RDS is suggested for; it is looked up only if it is needed.
_URL = "PACELINE_WAREHOUSE"
_FROM_PROMPT, _FROM_TERRAFORM = "the prompt", "Terraform's output warehouse_url"
Address = Callable[[], str | None]


class Given(NamedTuple):
    """A value, and where it is from."""

    value: str
    source: str


def without_asking(missing: list[Parameter], is_set: Mapping[str, bool], address: Address) -> dict[Parameter, Given]:
    """Without a terminal: what is set stays, and the address of RDS is taken from Terraform."""
    unset = [parameter for parameter in missing if not is_set[parameter.name]]
    found = {parameter: url for parameter in unset if (url := _suggested(parameter, address))}
    unknown = [parameter.given_by for parameter in unset if parameter not in found]
    if unknown:
        are, them = ("is", "it") if len(unknown) == 1 else ("are", "them")
        what = f"{', '.join(unknown)} {are} not set, and there is no terminal to ask for {them}."
        raise Failure(what, f"Set {them}, or run this at a terminal.", USAGE)
    return {parameter: Given(url, _FROM_TERRAFORM) for parameter, url in found.items()}


def asked(missing: list[Parameter], is_set: Mapping[str, bool], address: Address) -> dict[Parameter, Given]:
    """Enter keeps what is there, or takes what is suggested."""
    answers = {}
    for parameter in missing:
        keeps = is_set[parameter.name]
        answer = _answer(parameter, None if keeps else _suggested(parameter, address), keeps=keeps)
        if answer:
            answers[parameter] = answer
    return answers


def _answer(parameter: Parameter, suggested: str | None, *, keeps: bool) -> Given | None:
    """Asks again until a value can be used."""
    hint = "Enter keeps the present one" if keeps else suggested or "Enter leaves it unset"
    ask: Callable[[str], str] = getpass if is_secret(parameter.variable) else input
    while True:
        try:
            typed = ask(f"{parameter.short} ({hint}): ")
            if not typed:
                return Given(suggested, _FROM_TERRAFORM) if suggested else None
            value = resolved(f"The answer for {parameter.short}", typed)
            check(parameter, value)
        except EOFError:
            raise Failure("The input ended before every value was given.", "Nothing was stored; run it again.", USAGE) from None
        except Failure as failure:
            print(failure, file=sys.stderr)
        else:
            return Given(value, _FROM_PROMPT)


def _suggested(parameter: Parameter, address: Address) -> str | None:
    return address() if parameter.variable == _URL else None

"""Refuses `var` in Java: types are written out, so a diff can be read without an editor. Bytecode does not show `var`."""

import re
from collections.abc import Iterable
from pathlib import Path

from paceline_ci.tracked import shown

_NOT_CODE = re.compile(
    r"//[^\n]*"
    r"|/\*.*?\*/"
    r'|"""(?:\\.|[^\\])*?"""'
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'(?:\\.|[^'\\\n])*'",
    re.DOTALL,
)
# `var` is only a contextual keyword: followed by a name it is a type, otherwise it is a name itself, as in
# `if (var instanceof Ride)` and `case Ride var when …`.
_VAR = re.compile(r"(?<![\w$.])var\s+(?!instanceof\b)(?!when\b(?!\s*(?:=(?!=)|[:,)])))([^\W\d][\w$]*|\$[\w$]*)")


def var_uses(files: Iterable[Path]) -> list[str]:
    """One line for each variable that is declared with `var`."""
    found = []
    for file in files:
        if file.suffix != ".java":
            continue
        code = _NOT_CODE.sub(_blank, file.read_text())
        for match in _VAR.finditer(code):
            line = code.count("\n", 0, match.start()) + 1
            found.append(f"{shown(file)}:{line}: declares {match[1]} with var: write out its type")
    return found


def _blank(match: re.Match[str]) -> str:
    """Keeps line numbers, and a pair of quotes where a literal was."""
    text = match[0]
    lines = "\n" * text.count("\n")
    return f" {lines}" if text.startswith("/") else f'"{lines}"'

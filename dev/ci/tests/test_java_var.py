"""`var` as a type is found wherever Java allows it; the same letters elsewhere are not."""

from pathlib import Path

import pytest
from paceline_ci.java_var import var_uses


def uses(folder: Path, code: str, name: str = "Ride.java") -> list[str]:
    file = folder / name
    file.write_text(f"class Ride {{\n{code}\n}}\n")
    return var_uses([file])


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("void a() { var x = 1; }", ["x"]),
        ("void a() { final var x = 1; }", ["x"]),
        ("void a() {\n\tvar\n  x = 1; }", ["x"]),
        ("void a() { for (var ride : rides) {} }", ["ride"]),
        ("void a() { for (var i = 0; i < 9; i++) {} }", ["i"]),
        ("void a() { try (var in = open()) {} }", ["in"]),
        ("Adder a = (var x, var y) -> x + y;", ["x", "y"]),
        ("Adder a = (var when, var y) -> when + y;", ["when", "y"]),
        ("Adder a = (@Nullable var x, final var y) -> x + y;", ["x", "y"]),
        ("boolean a() { return point instanceof Point(var x, var _); }", ["x", "_"]),
        ("void a() { var $x = 1; var when = 2; var größe = 3; }", ["$x", "when", "größe"]),
        ("void a() { var /* the first */ x = 1; }", ["x"]),
        ("void a() { print(\"it's\"); var x = '\"'; var y = '\\''; }", ["x", "y"]),
        ('String a = """\n  var no = "1";\n  \\""" still text\n  """; void a() { var x = 1; }', ["x"]),
    ],
)
def test_var_as_a_type_is_refused(tmp_path: Path, code: str, names: list[str]) -> None:
    assert [line.split(" declares ")[1].split()[0] for line in uses(tmp_path, code)] == names


@pytest.mark.parametrize(
    "code",
    [
        "double variance = 1; int varX = 2; int x_var = 3;",
        "int var = 1; int a() { return var + this.var; }",
        "boolean a() { return var instanceof Ride; }",
        "int a(Object o) { return switch (o) { case Ride var when var.isLong() -> 1; default -> 0; }; }",
        "// var x = 1",
        "/// Writes `var x = 1`.",
        "/* var x\n * var y */",
        'String a = "var x = 1";',
        'String a = "\\"var x = 1";',
        'String a = """\n  var x = 1;\n  "var y"\n  """;',
        "int a = dev.paceline.var.Size;",
    ],
)
def test_other_uses_of_the_word_are_accepted(tmp_path: Path, code: str) -> None:
    assert uses(tmp_path, code) == []


def test_file_and_line_are_named(tmp_path: Path) -> None:
    (line,) = uses(tmp_path, '  /* two\n lines */ String a = """\n  text""";\n  void a() { var x = 1; }')
    assert line == f"{tmp_path}/Ride.java:5: declares x with var: write out its type"


def test_only_java_is_checked(tmp_path: Path) -> None:
    assert uses(tmp_path, "var x = 1", name="ride.js") == []

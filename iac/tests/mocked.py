"""Plans a module with a made-up provider: what is known before anything exists, such as policies and the state machine."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from terraform import Terraform, TerraformError

_FILE = "tests/planned.tftest.json"


def planned(module: Path, variables: Mapping[str, Any], mocks: str | None = None) -> dict[str, Any]:
    """The plan as JSON; `module` is a folder of a copy of `iac/`, and `mocks` one of its folders with *.tfmock.hcl."""
    test = {
        "mock_provider": {"aws": {"source": mocks} if mocks else {}},
        # A string is a template in Terraform's JSON.
        "variables": {name: _literal(value) for name, value in variables.items()},
        "run": {"planned": {"command": "plan"}},
    }
    (module / "tests").mkdir(exist_ok=True)
    (module / _FILE).write_text(json.dumps(test))
    output = Terraform(module).init().run("test", "-json", "-verbose", f"-filter={_FILE}")
    for line in output.splitlines():
        message = json.loads(line)
        if message["type"] == "test_plan":
            return message["test_plan"]
    raise TerraformError(f"terraform test of {module} shows no plan:\n{output}")


def outputs(plan: Mapping[str, Any]) -> dict[str, Any]:
    """Those that are known when planning."""
    return {name: change["after"] for name, change in plan["output_changes"].items() if "after" in change}


def statements(plan: Mapping[str, Any], role: str) -> list[dict[str, Any]]:
    """All statements of the policies of a role, by the role's name."""
    policies = [
        json.loads(change["change"]["after"]["policy"])
        for change in plan["resource_changes"]
        if change["type"] == "aws_iam_role_policy" and change["change"]["after"]["role"] == role
    ]
    return [statement for policy in policies for statement in policy["Statement"]]


def _literal(value: Any) -> Any:
    match value:
        case str():
            return value.replace("${", "$${").replace("%{", "%%{")
        case Mapping():
            return {name: _literal(each) for name, each in value.items()}
        case list():
            return [_literal(each) for each in value]
        case _:
            return value

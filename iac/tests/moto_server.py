"""moto's server, except that a statement with a condition does not apply.

moto does not evaluate the conditions of a bucket's policy: one that denies whoever comes without TLS would deny everyone.
"""

from typing import Any

from moto.iam.access_control import IAMPolicyStatement, PermissionResult
from moto.server import main

_unconditional = IAMPolicyStatement.is_action_permitted


def _is_action_permitted(statement: IAMPolicyStatement, *arguments: Any) -> PermissionResult:
    if "Condition" in statement._statement:
        return PermissionResult.NEUTRAL
    return _unconditional(statement, *arguments)


IAMPolicyStatement.is_action_permitted = _is_action_permitted

if __name__ == "__main__":
    main()

"""State and version columns are written in kernel/lifecycle.py and nowhere else (check 2)."""

import ast

from tests.architecture.source import modules

WRITER = "marketplace/kernel/lifecycle.py"
OWN_STATE = {"marketplace/outbox/relay.py", "marketplace/notices/mail.py"}
"""Deliveries and letters: claimed by workers under a lease, with no person's step to judge; each has one writer too."""


def test_no_state_or_version_is_assigned_outside_the_one_writer() -> None:
    found = [place for place in writes() if place.split(":")[0] not in OWN_STATE | {WRITER}]
    assert found == []


def writes() -> list[str]:
    """Places that assign `.state`/`.version` of anything but self, or update(state=…/version=…)."""
    return [
        f"{path}:{node.lineno}"
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if assigns(node) or updates(node)
    ]


def assigns(node: ast.AST) -> bool:
    if not isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
        return False
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return any(
        isinstance(target, ast.Attribute) and target.attr in {"state", "version"} and not is_self(target.value)
        for target in targets
    )


def is_self(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id == "self"


def updates(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    named = {keyword.arg for keyword in node.keywords}
    return node.func.attr in {"update", "bulk_update"} and bool(named & {"state", "version"})


def test_the_test_sees_a_second_writer() -> None:
    assert assigns(ast.parse("challenge.state = 'OPEN'").body[0])
    assert updates(ast.parse("rows.update(state='OPEN')").body[0].value)  # type: ignore[attr-defined]  # the parsed line is an expression

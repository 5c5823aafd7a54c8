"""The house stays liveable: short functions and files, everything annotated, names that say something (check 9)."""

import ast
import re
import subprocess
from statistics import median

import pytest

from tests.architecture.source import ROOT, files, functions, modules

LONGEST_FILE = 400
LONGEST_FUNCTION = 50
SILENT = re.compile(r"(^|/)(utils?|helpers?|common|core|misc)(\.py|/)")


def length(node: ast.AST) -> int:
    return (node.end_lineno or 0) - node.lineno + 1  # type: ignore[attr-defined]  # only nodes with a place are asked


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    written = [*files(), *(ROOT / "tests").rglob("*.py"), *(ROOT / "devtools").rglob("*.py"), ROOT / "dev.py"]
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in written}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_functions_are_short() -> None:
    lengths = sorted(length(node) for _where, node in functions())
    assert median(lengths) <= 8
    assert lengths[int(0.9 * len(lengths))] <= 25
    assert [where for where, node in functions() if length(node) > LONGEST_FUNCTION] == []


def test_every_function_says_what_it_returns() -> None:
    assert [where for where, node in functions() if node.returns is None] == []


def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        return [str(path.relative_to(ROOT)) for path in files()]
    return listed.stdout.splitlines()


def test_no_name_says_nothing() -> None:
    assert [name for name in tracked() if SILENT.search(name)] == []


@pytest.mark.parametrize("module", ["services", "queries", "policy"])
def test_every_public_verb_query_and_verdict_has_a_docstring(module: str) -> None:
    bare = [
        f"{path}:{node.lineno} {node.name}"
        for path, tree in modules().items()
        if path.endswith(f"/{module}.py")
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert bare == []


def test_no_model_is_called_task_and_no_module_tasks() -> None:
    classes = [
        f"{path} {node.name}"
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and node.name == "Task"
    ]
    assert classes == []
    assert [name for name in tracked() if name.endswith("/tasks.py")] == []


def test_nothing_is_left_for_later_in_the_code() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b")
    found = [str(path.relative_to(ROOT)) for path in files() if marks.search(path.read_text(encoding="utf-8"))]
    assert found == []


def test_every_exception_to_a_rule_names_its_reason() -> None:
    silent = re.compile(r"#\s*(noqa(?!: [A-Z0-9, ]+\s+#)|type: ignore(?!\[[a-z-, ]+\]\s+#))")
    lines = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if silent.search(line)
    ]
    assert lines == []

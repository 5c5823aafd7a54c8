"""From a provision to the code and back: an id in code has its row, a row that works has its passing test."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from marketplace.provisions.catalogue import State, catalogue
from tests.architecture.source import ROOT
from tests.provisions.ids import WRITTEN_OUT, named_in
from tests.provisions.promises import COLLECTED, Promises

CODE = ("marketplace", "tasks", "search", "realtime", "templates", "tests", "devtools")
THEMSELVES = ("tests/provisions/ids.py", "tests/provisions/test_tracing.py", "tests/provisions/test_catalogue.py")
"""Where ids stand as examples and not because something is carried out."""

PYTEST = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider")


def sources() -> dict[str, str]:
    files = (path for folder in CODE for path in (ROOT / folder).rglob("*") if path.suffix in {".py", ".html", ".js"})
    named = {str(path.relative_to(ROOT)): path for path in files if "migrations" not in path.parts}
    return {name: path.read_text(encoding="utf-8") for name, path in named.items() if name not in THEMSELVES}


def test_every_id_that_code_or_a_test_names_has_a_row() -> None:
    known = {row.id for row in catalogue().provisions()}
    wrong = {name: sorted(named_in(text) - known) for name, text in sources().items() if named_in(text) - known}
    assert wrong == {}


def test_what_is_carried_out_can_be_traced_to_code_or_to_a_test() -> None:
    named = set().union(*(named_in(text) for text in sources().values()))
    done = [row.id for row in catalogue().provisions() if row.state in {State.WORKS, State.PARTLY}]
    assert [one for one in done if one not in named] == []


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("L02 (H02, H04; N17b)", {"H02", "H04", "N17b"}),
        ("H07z is no id", {"H07z"}),
        ("test_h22", set()),
        ("H264, at 2026-01-01T10:30, MIT10, W3C, T1", set()),
        ("T10", {"T10"}),
        ("T32–T34", {"T32", "T33", "T34"}),
    ],
)
def test_an_id_is_told_from_what_only_looks_like_one(text: str, ids: set[str]) -> None:
    assert named_in(text) == ids


def test_every_written_out_id_is_recognised() -> None:
    assert named_in(" ".join(WRITTEN_OUT)) == set(WRITTEN_OUT)


def defined(test: str) -> bool:
    """Whether the name leads to a module's own function by the rules pytest collects by: tests/…/test_*.py::test_*."""
    path, _sign, name = test.partition("::")
    file = ROOT / path
    if not (re.fullmatch(r"tests/(?:\w+/)*test_\w+\.py", path) and name.startswith("test_") and file.is_file()):
        return False
    return any(getattr(node, "name", "") == name for node in ast.parse(file.read_text(encoding="utf-8")).body)


def test_every_test_that_a_row_names_is_one_that_pytest_collects(request: pytest.FixtureRequest) -> None:
    """By its name in the file, and in this very run wherever its whole file was collected."""
    named = sorted({test for row in catalogue().provisions() for test in row.tests})
    assert [test for test in named if not defined(test)] == []
    collected = request.config.stash[COLLECTED]
    single = {arg.partition("::")[0] for arg in request.config.args if "::" in arg}
    whole = {test.partition("::")[0] for test in collected} - single
    assert [test for test in named if test.partition("::")[0] in whole and test not in collected] == []


@pytest.mark.parametrize(
    ("test", "there"),
    [
        ("tests/tasks/test_life.py::test_a_challenge_is_drafted_published_answered_judged_announced_and_awarded", True),
        ("tests/tasks/test_life.py::test_no_such_thing", False),
        ("tests/tasks/test_nowhere.py::test_a", False),
        ("tests/tasks/test_life.py", False),
        ("tests/factories/__init__.py::person", False),
        ("../tests/tasks/test_life.py::test_a", False),
    ],
)
def test_a_name_that_leads_nowhere_is_recognised(test: str, there: bool) -> None:  # noqa: FBT001  # a case
    assert defined(test) is there


WATCHED = """
import pytest
from tests.provisions.promises import COLLECTED, Promises

@pytest.hookimpl
def pytest_configure(config):
    config.pluginmanager.register(Promises(["test_one.py::test_a"]), "promises")
"""


@pytest.mark.parametrize(("body", "code"), [("assert True", 0), ("pytest.skip('today')", 1)])
def test_a_run_in_which_a_promised_test_is_skipped_is_red(tmp_path: Path, body: str, code: int) -> None:
    case = f"import pytest\n@pytest.mark.parametrize('x', [1])\ndef test_a(x):\n    {body}\n"
    (tmp_path / "conftest.py").write_text(WATCHED)
    (tmp_path / "test_one.py").write_text(case)
    done = subprocess.run(
        [*PYTEST, "-c", os.devnull, "--rootdir", str(tmp_path), str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_XDIST_WORKER": ""},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == code, done.stdout
    assert ("a provision rests on this test, which did not pass: test_one.py::test_a[1]" in done.stdout) is bool(code)


@pytest.mark.parametrize(
    ("report", "kept"),
    [
        ({"outcome": "passed"}, True),
        ({"outcome": "failed"}, False),
        ({"outcome": "skipped"}, False),
        ({"outcome": "skipped", "wasxfail": "reason: some day"}, False),
        ({"outcome": "passed", "wasxfail": "reason: some day"}, False),
    ],
)
def test_only_a_pass_keeps_the_promise(report: dict[str, str], kept: bool) -> None:  # noqa: FBT001  # a case
    watching = Promises(["test_one.py::test_a"])
    watching.pytest_runtest_logreport(
        cast(pytest.TestReport, SimpleNamespace(nodeid="test_one.py::test_a[1]", **report))
    )
    watching.pytest_runtest_logreport(
        cast(pytest.TestReport, SimpleNamespace(nodeid="test_one.py::test_b", outcome="failed"))
    )
    assert watching.broken == (set() if kept else {"test_one.py::test_a[1]"})

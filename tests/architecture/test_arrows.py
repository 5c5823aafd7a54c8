"""The arrows of docs/architecture.md hold, and a wrong one turns this red (checks 1 and 9)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

PYTEST = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider")


def lint(where: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [str(program), "--config", str(ROOT / "pyproject.toml"), "--no-cache"],
        cwd=where,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_every_import_contract_holds_without_a_single_exception() -> None:
    assert "ignore_imports" not in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("tasks/challenges/services.py", "import search"),
        ("marketplace/kernel/clock.py", "import marketplace.accounts.models"),
        ("search/subscribers.py", "import realtime"),
        ("tasks/proposals/queries.py", "import tasks.adjudication.queries"),
        ("realtime/publish.py", "import elasticsearch"),
        ("search/service.py", "import channels.layers"),
        ("marketplace/outbox/relay.py", "import marketplace.status"),
    ],
)
def test_a_wrong_arrow_turns_the_contracts_red(tmp_path: Path, module: str, line: str) -> None:
    copy = tmp_path / "house"
    copy.mkdir()
    for package in ("marketplace", "tasks", "search", "realtime"):
        copy_sources(ROOT / package, copy / package)
    spoiled = copy / module
    spoiled.write_text(spoiled.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    result = lint(copy, PYTHONPATH=str(copy))
    assert result.returncode == 1, result.stdout
    assert "BROKEN" in result.stdout


def copy_sources(source: Path, target: Path) -> None:
    for path in source.rglob("*.py"):
        there = target / path.relative_to(source)
        there.parent.mkdir(parents=True, exist_ok=True)
        there.write_text(path.read_text(encoding="utf-8"), encoding="utf-8")


def test_tasks_work_without_anybody_listening() -> None:
    """Search, realtime and notices taken out of INSTALLED_APPS leave the tests of tasks green (check 1)."""
    result = subprocess.run(
        [*PYTEST, "-m", "not production", "tests/tasks/test_life.py", "tests/tasks/test_posting.py"],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings_unheard", "PYTEST_XDIST_WORKER": ""},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert result.returncode == 0, result.stdout[-3000:]

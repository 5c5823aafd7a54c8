"""The files that the pages of documentation name are there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
PROGRAM = re.compile(r"`([\w./]+\.py)\b")
PACKAGES = ("marketplace", "tasks", "search", "realtime", "tests", "bench", "devtools", "deploy")
FOUND = [*ROOT.glob("*.py"), *(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))]
PROGRAMS = {f"/{path.relative_to(ROOT)}" for path in FOUND}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_names_a_program_that_is_gone(page: Path) -> None:
    named = set(PROGRAM.findall(page.read_text(encoding="utf-8")))
    assert not [name for name in named if not any(path.endswith(f"/{name}") for path in PROGRAMS)]

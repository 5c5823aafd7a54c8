"""What must never be in the repository: hosts of package registries, paths of somebody's machine, inline scripts."""

import re
import subprocess
import sys

import pytest

from tests.architecture.source import ROOT

MANAGE = (sys.executable, "manage.py")
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_locks_name_hashes_and_no_host(lock: object) -> None:
    text = lock.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    assert "://" not in text
    assert not re.search(r"--(extra-)?index-url|--find-links", text)


def test_templates_hold_no_inline_script_or_style() -> None:
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)[^>]*>|<style|\sstyle=|\son(click|change|input|submit|load|error|focus|blur|key\w+|mouse\w+|pointer\w+)=|javascript:",
        re.IGNORECASE,
    )
    found = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.html")
        if inline.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_pages_ask_no_other_host_for_anything() -> None:
    foreign = re.compile(r"""(src|href)=["'](https?:)?//""", re.IGNORECASE)
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in (ROOT / "templates").rglob("*.html")
        for match in foreign.finditer(path.read_text(encoding="utf-8"))
        if match.group().startswith("src")
    ]
    assert found == []


@pytest.mark.django_db
def test_models_and_migrations_agree() -> None:
    result = subprocess.run(
        [*MANAGE, "makemigrations", "--check", "--dry-run", "--settings", "marketplace.settings.test"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr

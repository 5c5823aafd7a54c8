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
    text = lock.read_text(encoding="utf-8")  # type: ignore[attr-defined]  # parametrize hands out paths
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


FETCHED = re.compile(
    r"""<link\b[^>]*\shref\s*=\s*["']?\s*(?:https?:)?//"""  # a <link> is fetched, an <a> is followed
    r"""|\s(?:src|srcset|poster|data|hx-get|hx-post|data-live-src)\s*=\s*["']?\s*(?:https?:)?//"""
    r"""|url\(\s*["']?\s*(?:https?:)?//"""
    r"""|@import\s*["']\s*(?:https?:)?//""",
    re.IGNORECASE,
)
"""What a browser asks another host for by itself, in a page or a stylesheet."""


def test_pages_and_stylesheets_ask_no_other_host_for_anything() -> None:
    pages = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "marketplace").rglob("static/**/*.css")]
    assert {page.suffix for page in pages} == {".html", ".css"}
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in pages
        for match in FETCHED.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("text", "fetches"),
    [
        ('<img src="//elsewhere.example/a.png">', True),
        ("<script src='https://elsewhere.example/a.js'></script>", True),
        ('<link rel="stylesheet"\n  href="https://elsewhere.example/a.css">', True),
        ("body { background: url(//elsewhere.example/a.png) }", True),
        ("@import 'https://elsewhere.example/a.css';", True),
        ('<a href="https://elsewhere.example/">the published call</a>', False),
        ('<link rel="icon" href="{% static \'zhongyan/icon.svg\' %}">', False),
        ('body { background: url("../icon.svg") }', False),
    ],
)
def test_what_a_browser_fetches_is_told_from_what_a_person_follows(text: str, *, fetches: bool) -> None:
    assert bool(FETCHED.search(text)) is fetches


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

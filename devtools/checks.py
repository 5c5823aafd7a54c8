"""`lint`: everything that judges the code without running it."""

import os

from devtools.environment import PYTHON, ensure
from devtools.terminal import call, say

CHECKS = {
    "style": ["-m", "ruff", "check", "."],
    "format": ["-m", "ruff", "format", "--check", "."],
    "types": ["-m", "mypy"],
    "import arrows": ["-c", "from importlinter.cli import lint_imports_command as check; check()"],
    "templates": ["-m", "djlint", "templates", "--lint", "--quiet"],
    "migrations": ["manage.py", "makemigrations", "--check", "--dry-run"],
}


def lint(_rest: list[str]) -> int:
    """Run every check, also after one has failed; return 1 when any failed."""
    ensure("test")
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "marketplace.settings.test"}
    failed = [name for name, command in CHECKS.items() if not _passes(name, command, env)]
    say(f"Failed: {', '.join(failed)}." if failed else "All checks passed.")
    return 1 if failed else 0


def _passes(name: str, command: list[str], env: dict[str, str]) -> bool:
    say(f"--- {name}")
    return call([PYTHON, *command], env) == 0

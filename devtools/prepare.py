"""Run inside .venv by `run`: tables and reference data in one process, because each start of Django takes a second."""

import io

import django
from django.core.management import call_command


def prepare() -> None:
    """Bring the database to this version. Safe to repeat."""
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("load_registry", stdout=io.StringIO())


if __name__ == "__main__":
    prepare()

"""The tables of limits and of jobs in docs/operations.md say what the code does."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

ROW = re.compile(r"^\| [^|]*\| (\d+) ?(\w*) \| `([\w.]+)` \|$", re.MULTILINE)
UNITS = {"": 1, "seconds": 1, "minutes": 60, "hours": 3600, "days": 86400, "MB": 1024 * 1024}
PAGE = (Path(settings.BASE_DIR) / "docs/operations.md").read_text(encoding="utf-8")
TABLE = PAGE.split("## Limits of the rooms")[1]
JOB = re.compile(r"^\| `([a-z_.]+)` \| (?:every|hourly|nightly)", re.MULTILINE)
ROWS = ROW.findall(TABLE.split("## Text messages")[0])


def kept(name: str) -> Any:
    if name.startswith("settings."):
        return getattr(settings, name.removeprefix("settings."))
    return import_string(name)


def test_every_line_of_the_table_is_read() -> None:
    lines = [line for line in TABLE.split("## Text messages")[0].splitlines() if line.startswith("|")]
    assert len(ROWS) == len(lines) - 2 > 30


@pytest.mark.parametrize(("number", "unit", "name"), ROWS)
def test_each_limit_is_the_one_in_code(number: str, unit: str, name: str) -> None:
    value = kept(name)
    if isinstance(value, timedelta):
        assert value == timedelta(seconds=int(number) * UNITS[unit])
    else:
        assert value in {int(number), int(number) * UNITS[unit]}


def test_every_job_that_runs_by_itself_is_told_to_the_operator() -> None:
    assert sorted(JOB.findall(PAGE)) == sorted(job["task"] for job in settings.CELERY_BEAT_SCHEDULE.values())

"""The last look before a process serves: settings or data that are unsafe stop it with a sentence, not a traceback."""

import sys
from concurrent.futures import ThreadPoolExecutor

from django.core.checks import ERROR, CheckMessage, run_checks
from django.db import close_old_connections
from django.db.utils import OperationalError


def refuse_unsafe() -> None:
    """Run every system check, those of the database too, and exit with status 78 if one is an error.

    On a thread of its own, so that it also works where an event loop is already running.
    """
    with ThreadPoolExecutor(max_workers=1) as alone:
        errors = alone.submit(_errors).result()
    for error in errors:
        sys.stderr.write(f"{error.id}: {error.msg}\n    {error.hint or ''}\n")
    if errors:
        sys.exit(78)


def _errors() -> list[CheckMessage]:
    try:
        found = run_checks(databases=["default"])
    except OperationalError:
        found = run_checks()  # the database is away just now: readiness says so, requests answer when it is back
    finally:
        close_old_connections()
    return [message for message in found if message.level >= ERROR and not message.is_silenced()]

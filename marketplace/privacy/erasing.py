"""Carrying an erasure out: every declared row of the person is deleted, emptied, relabelled or left, as declared."""

from typing import Any

import structlog
from django.apps import apps
from django.db import OperationalError, connection
from django.db.models import Field, Model

from marketplace.accounts.models import User
from marketplace.kernel.lifecycle import Versioned, revise
from marketplace.kernel.personal import AtErasure, Datum, Part, Table
from marketplace.kernel.verdicts import SYSTEM
from marketplace.outbox.record import record
from marketplace.privacy.queries import Keys, keys_of, rows_of
from marketplace.privacy.tables import from_above

log = structlog.get_logger(__name__)


def carry_out(person: User) -> None:
    """Do what the table says with every row of this person. Inside the caller's transaction."""
    keys = keys_of(person)
    for table, part in from_above():
        if part.is_deleted:
            _delete(table, part, keys)
        else:
            _rewrite(table, part, keys)


def wipe() -> None:
    """Leave nothing of what was deleted on the disk: SQLite keeps it in free pages and in its log until then.

    PostgreSQL's autovacuum does the same in its own time. Whoever writes just now is not disturbed: the next run
    does it.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except OperationalError as busy:
        log.info("free pages not wiped yet", why=str(busy))


def _delete(table: Table, part: Part, keys: Keys) -> None:
    rows = rows_of(table, part, keys)
    if part.states is not None:
        for row in rows:
            record(part.states(row), by=SYSTEM)
    rows.delete()


def _rewrite(table: Table, part: Part, keys: Keys) -> None:
    changing = [datum for datum in part.data if datum.erased in {AtErasure.EMPTIED, AtErasure.REPLACED}]
    if not changing:
        return
    for row in rows_of(table, part, keys):
        values = {name: value for datum in changing for name, value in _instead(table, datum, row).items()}
        if all(getattr(row, name) == value for name, value in values.items()):
            continue
        _write(row, values)
        if part.states is not None:
            record(part.states(row), by=SYSTEM)


def _instead(table: Table, datum: Datum, row: Model) -> dict[str, Any]:
    if datum.put is not None:
        return dict(datum.put(row))
    model = apps.get_model(table.model)
    return {column: _nothing(model._meta.get_field(column)) for column in datum.columns}


def _nothing(column: Any) -> Any:
    """What an empty column of this kind holds."""
    assert isinstance(column, Field)  # noqa: S101  # declarations name columns only
    return None if column.null else column.get_default()


def _write(row: Model, values: dict[str, Any]) -> None:
    if isinstance(row, Versioned):
        revise(row, **values)
    else:
        type(row)._default_manager.filter(pk=row.pk).update(**values)

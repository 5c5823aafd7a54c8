"""A person's own copy of everything that is kept of them (个人信息保护法 art. 45), as JSON."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from marketplace.accounts.models import User
from marketplace.kernel import clock
from marketplace.kernel.personal import Datum, Part, Table
from marketplace.privacy.queries import Said, kept_of
from marketplace.privacy.wording import how_long

VERSION = 1
"""Of the file's own form."""


def copy_of(person: User) -> str:
    """The file: one entry for each part of each table, with why it is kept, how long, and every row of it."""
    stated = {
        "version": VERSION,
        "made_at": clock.now(),
        "person": person.public_id,
        "kept": [_entry(table, part, rows) for table, part, rows in kept_of(person) if rows],
    }
    return json.dumps(stated, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)


def _entry(table: Table, part: Part, rows: list[Said]) -> dict[str, Any]:
    data = [_stated(datum) for datum in part.data]
    return {"about": part.about, "table": table.model, "data": data, "rows": [_row(one) for one in rows]}


def _stated(datum: Datum) -> dict[str, Any]:
    return {
        "what": datum.what,
        "columns": datum.columns,
        "why": datum.why.label,
        "basis": datum.why.basis.label,
        "how_long": how_long(datum),
        "at_erasure": datum.erased.label,
    }


def _row(said: Said) -> dict[str, Any]:
    return {name: value for _datum, columns in said.lines for name, value in columns.items()}

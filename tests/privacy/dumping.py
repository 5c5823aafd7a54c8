"""Every place where something of a person could lie: all tables, the index, the files of the data folder."""

import sqlite3
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import connection

from tests.privacy.planting import CANARY


def in_the_database() -> dict[str, set[str]]:
    """The canaries that stand in each table, by the table's name; every column of every row is looked at."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            there = {one for row in cursor.fetchall() for one in canaries(_text(row))}
            if there:
                found[table] = there
    return found


def in_the_index() -> set[str]:
    """The canaries in the embedded index, as its tables say."""
    with closing(sqlite3.connect(settings.SEARCH_DATABASE)) as db:
        names = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {one for name in names for row in db.execute(f'SELECT * FROM "{name}"') for one in canaries(_text(row))}


def in_the_files() -> dict[str, set[str]]:
    """The canaries in the bytes of every file of the data folder, free pages and logs included."""
    files = [path for path in Path(settings.DATA_DIR).rglob("*") if path.is_file()]
    found = {path.name: canaries(path.read_bytes().decode("utf-8", "replace")) for path in files}
    return {name: there for name, there in found.items() if there}


def canaries(text: str) -> set[str]:
    return set(CANARY.findall(text))


def _text(row: tuple[object, ...]) -> str:
    parts = [bytes(one).decode("utf-8", "replace") if isinstance(one, bytes | memoryview) else str(one) for one in row]
    return "\n".join(parts)

"""What is done under one name by one transaction at a time, in whatever process."""

import hashlib

from django.db import connection


def one_at_a_time(name: str) -> None:
    """Wait until nobody else is at it; to be called inside a transaction, until whose end it holds.

    PostgreSQL by an advisory lock, SQLite by its nature: it has one writer, whose transaction begins as one.
    """
    if connection.vendor == "postgresql":
        key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])

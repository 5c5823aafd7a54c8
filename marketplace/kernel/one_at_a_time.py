"""What is done under one name by one transaction at a time, in whatever process."""

import hashlib

from django.db import connection


def one_at_a_time(name: str) -> None:
    """Wait until nobody else is at it; to be called inside a transaction, until whose end it holds.

    PostgreSQL by an advisory lock, SQLite by its nature: it has one writer, whose transaction begins as one.
    """
    _hold("SELECT pg_advisory_xact_lock(%s)", name)


def beside_others(name: str) -> None:
    """Wait until nobody is alone at it, and keep whoever wants to be alone waiting; many may be at it at once."""
    _hold("SELECT pg_advisory_xact_lock_shared(%s)", name)


def _hold(statement: str, name: str) -> None:
    if connection.vendor == "postgresql":
        key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
        with connection.cursor() as cursor:
            cursor.execute(statement, [key])

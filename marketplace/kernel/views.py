"""The verification seam: read-only SQL views an outside auditor can query without knowing our tables.

They stand in schema `verify` on PostgreSQL and carry the prefix `verify_` on SQLite. Their columns are a
contract, listed in docs/operations.md.
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation


class VerifyView(Operation):
    """Migration operation: create the view `verify.<name>` from a SELECT that both databases understand."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, name: str, select: str) -> None:
        self.name = name
        self.select = select

    def state_forwards(self, app_label: str, state: Any) -> None:
        """A view is no model: nothing changes for Django."""

    def database_forwards(self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, *states: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute("CREATE SCHEMA IF NOT EXISTS verify")
        schema_editor.execute(f"CREATE VIEW {view_name(schema_editor, self.name)} AS {self.select}")

    def database_backwards(self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, *states: Any) -> None:
        schema_editor.execute(f"DROP VIEW {view_name(schema_editor, self.name)}")

    def describe(self) -> str:
        return f"Create verification view {self.name}"


def view_name(where: Any, name: str) -> str:
    """`verify.fact` on PostgreSQL, `verify_fact` on SQLite; `where` is a schema editor or a connection."""
    connection = where if hasattr(where, "vendor") else where.connection
    return f"verify.{name}" if connection.vendor == "postgresql" else f"verify_{name}"

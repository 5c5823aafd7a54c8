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


class TablesUnderViews(Operation):
    """Migration operation: from here on (`begin`) SQLite may make tables anew that views read; at the end no longer.

    Django adds a column there by copying the table; while it is away SQLite refuses the renaming, because the views
    name it. Its older manner of renaming looks at no view. PostgreSQL has no need of this.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, *, begin: bool) -> None:
        self.begin = begin

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Nothing changes for Django."""

    def database_forwards(self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, *states: Any) -> None:
        self._let(schema_editor, begin=self.begin)

    def database_backwards(self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, *states: Any) -> None:
        self._let(schema_editor, begin=not self.begin)

    def describe(self) -> str:
        return f"{'Begin' if self.begin else 'End'} to change tables under views"

    def _let(self, schema_editor: BaseDatabaseSchemaEditor, *, begin: bool) -> None:
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"PRAGMA legacy_alter_table = {'ON' if begin else 'OFF'}")


def view_name(where: Any, name: str) -> str:
    """`verify.fact` on PostgreSQL, `verify_fact` on SQLite; `where` is a schema editor or a connection."""
    connection = where if hasattr(where, "vendor") else where.connection
    return f"verify.{name}" if connection.vendor == "postgresql" else f"verify_{name}"

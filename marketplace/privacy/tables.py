"""Every table that some app has declared in its `personal.py` (`kernel.personal`)."""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from marketplace.kernel.personal import Part, Table


@cache
def tables() -> tuple[Table, ...]:
    """The declarations, in the order of the installed apps: what is lower comes first."""
    return tuple(table for app in apps.get_app_configs() for table in _declared_by(app.name))


def parts() -> Iterator[tuple[Table, Part]]:
    """What is kept of people, part by part."""
    return ((table, part) for table in tables() for part in table.parts)


def from_above() -> Iterator[tuple[Table, Part]]:
    """The same, what stands on others before what it stands on: the order in which rows can be deleted."""
    apart: dict[str, list[tuple[Table, Part]]] = {}
    for app in reversed(list(apps.get_app_configs())):
        apart[app.name] = [(table, part) for table in _declared_by(app.name) for part in table.parts]
    return (pair for pairs in apart.values() for pair in pairs)


def _declared_by(app: str) -> tuple[Table, ...]:
    if find_spec(f"{app}.personal") is None:
        return ()
    declared: tuple[Table, ...] = import_module(f"{app}.personal").TABLES
    return declared

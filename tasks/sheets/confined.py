"""Read a stranger's list in a process of its own."""

from typing import Any

from marketplace.kernel.confined import TooCostly, run_confined
from marketplace.workbooks.cells import Unreadable
from tasks.sheets.reading import Reading, Row

READER = {"OPENPYXL_LXML": "False"}
"""openpyxl reads by defusedxml then, whatever other packages have brought along."""


def read_confined(name: str, content: bytes) -> Reading:
    """The rows of the file. Raises Unreadable, also when reading it costs more than any honest list would.

    Raises CalledProcessError where the program itself failed: a fault of ours, tried again later.
    """
    try:
        return _reading(run_confined("tasks.sheets", name[-60:], [content], environment=READER))
    except TooCostly as failure:
        raise Unreadable("too_costly") from failure


def _reading(answer: dict[str, Any]) -> Reading:
    if "unreadable" in answer:
        raise Unreadable(answer["unreadable"], **answer["values"])
    return Reading([Row(**row) for row in answer["rows"]], answer["ignored"])

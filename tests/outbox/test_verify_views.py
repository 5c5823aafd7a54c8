"""The verification views are what docs/operations.md promises to auditors, column by column."""

import re

import pytest
from django.db import connection

from marketplace.kernel.views import view_name
from tests import factories
from tests.architecture.source import ROOT


def promised() -> dict[str, list[str]]:
    """The table of views in docs/operations.md."""
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    table = text.split("## Verification views")[1]
    rows = re.findall(r"^\| (\w+) \| ([\w, ]+) \|$", table, re.MULTILINE)
    return {view: columns.split(", ") for view, columns in rows if view != "view"}


def test_the_document_promises_every_view_of_this_issue() -> None:
    assert set(promised()) == {
        "fact",
        "delivery",
        "proposal",
        "assignment",
        "score",
        "award",
        "event",
        "index_document",
    }


@pytest.mark.django_db
@pytest.mark.parametrize("view", promised())
def test_a_view_has_exactly_the_promised_columns(view: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {view_name(connection, view)}")
        assert [column[0] for column in cursor.description] == promised()[view]


@pytest.mark.django_db
def test_the_views_show_a_story() -> None:
    challenge = factories.open_challenge()
    factories.submitted_proposal(challenge)
    factories.under_review(factories.opened(factories.closed(challenge)))
    factories.adjudicated(factories.scored(challenge, {"P01": 90}))
    counts = {}
    with connection.cursor() as cursor:
        for view in ("proposal", "assignment", "score", "award"):
            cursor.execute(f"SELECT count(*) FROM {view_name(connection, view)}")
            counts[view] = cursor.fetchone()[0]
    assert counts == {"proposal": 1, "assignment": 3, "score": 6, "award": 1}

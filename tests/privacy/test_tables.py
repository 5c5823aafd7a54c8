"""Every column of every table is declared, personal or not, and the page shows the declarations (I29, F17)."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from marketplace.accounts import personal as accounts
from marketplace.accounts.models import User
from marketplace.kernel.personal import AtErasure, Datum, Kept, Part, Purpose, Table, Whose
from marketplace.privacy import tables, wording
from marketplace.privacy.personal import WITHOUT_A_MODEL

MODELS = {model._meta.label: model for model in apps.get_models(include_auto_created=True)}


def columns_of(model: Any) -> list[str]:
    return [column.name for column in model._meta.local_concrete_fields]


def undeclared(declared: Iterable[Table]) -> list[str]:
    told = {table.model: set(table.declared) for table in declared}
    return [
        f"{label}.{column}"
        for label, model in MODELS.items()
        for column in columns_of(model)
        if column not in told.get(label, set())
    ]


def test_every_column_of_every_table_is_declared() -> None:
    assert undeclared(tables.tables()) == []


def test_what_is_declared_is_there_and_declared_once() -> None:
    labels = Counter(table.model for table in tables.tables())
    assert [label for label, times in labels.items() if times > 1] == []
    assert set(labels) == set(MODELS)
    for table in tables.tables():
        columns = [column for column in table.declared if column != "pk"]
        assert set(columns) <= set(columns_of(MODELS[table.model])), table.model
        assert [one for one, times in Counter(columns).items() if times > 1] == [], table.model


@pytest.mark.parametrize("spoiled", [accounts.USER, accounts.DEVICE], ids=lambda table: table.model)
def test_a_column_that_nobody_declared_is_named(spoiled: Table) -> None:
    bare = Table(spoiled.model, *spoiled.parts)
    others = [table for table in tables.tables() if table.model != spoiled.model]
    missing = [column for columns in spoiled.plain.values() for column in columns]
    assert missing
    assert undeclared([*others, bare]) == [
        f"{spoiled.model}.{one}" for one in columns_of(MODELS[spoiled.model]) if one in missing
    ]


@pytest.mark.django_db
def test_every_table_of_the_database_has_a_model_or_a_reason() -> None:
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
    assert there - {model._meta.db_table for model in MODELS.values()} <= set(WITHOUT_A_MODEL)


def test_whoever_a_row_names_is_one_of_those_whose_it_is() -> None:
    """A column that names a person and belongs to none of them would be nobody's to ask for."""
    for table in tables.tables():
        owning = {path.split("__")[0] for part in table.parts for path in part.whose.paths}
        naming = {one.name for one in MODELS[table.model]._meta.local_concrete_fields if one.related_model is User}
        left = {column for column in naming - owning if column not in table.plain.get(accounts.NEVER, ())}
        assert left == set(), table.model


def test_what_stays_forever_is_kept_at_the_erasure_and_nothing_else_is() -> None:
    """Of what is kept for good some goes all the same; nothing that should end with the account stays."""
    for _table, part in tables.parts():
        for datum in part.data:
            if datum.kept in {Kept.ACCOUNT, Kept.SESSION, Kept.LETTER, Kept.WEEK}:
                assert datum.erased not in {AtErasure.KEPT, AtErasure.UNTIL_DUE}, datum.what


def test_rows_are_deleted_whole_or_not_at_all() -> None:
    def line(erased: AtErasure) -> Datum:
        return Datum(what="x", columns=("x",), why=Purpose.ACCOUNT, kept=Kept.ACCOUNT, erased=erased)

    with pytest.raises(ValueError, match="whole"):
        Part(about="x", whose=Whose("x"), data=(line(AtErasure.DELETED), line(AtErasure.EMPTIED)))


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_everybody_reads_the_table(client: Client, prefix: str, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        page = client.get(f"{prefix}/personal-information/")
    assert page.status_code == 200
    text = page.content.decode()
    lines = [line for found in page.context["table"].values() for line in found]
    assert len(lines) == sum(len(part.data) for _table, part in tables.parts())
    assert text.count("<tr>") == len(lines) + len(page.context["table"])


def test_the_page_says_how_long_this_installation_keeps_sign_ins(settings: Any) -> None:
    settings.SECURITY_LOG_DAYS = 200
    said = [line.how_long for found in wording.table_of(part for _t, part in tables.parts()).values() for line in found]
    assert any("200" in one for one in said)
    assert not any("%" in one for one in said)

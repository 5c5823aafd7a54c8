"""Of what is sealed, or only drafted, nothing is found in any table, file, log, letter or index (I8, I15).

The whole platform with two hundred proposals and engines of its own is searched by `tests/journeys/test_sealed.py`.
"""

import logging
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from marketplace.accounts.roles import Role
from marketplace.notices import mail as letters
from marketplace.vault.lifecycle import FileState
from marketplace.vault.models import StoredFile
from search import engine
from search.backends.base import SearchIndex
from tasks.challenges.models import Challenge
from tasks.proposals.models import Proposal
from tests import factories
from tests.administration.staff import office
from tests.relay import drain
from tests.sealed.needles import KINDS, Mark, Needles, unpacked
from tests.sealed.story import Answer, Solver

pytestmark = pytest.mark.django_db(transaction=True)

PROPOSALS = 5
SHOWN_AFTERWARDS = ("title", "body", "filetext", "zipped")
"""What judges read. A file's name they do not see; who wrote it was taken out when it came."""


class Browser:
    """A `Hand` at Django's test client: everything but the wire."""

    def __init__(self, person: Any) -> None:
        self.client = Client(raise_request_exception=False)
        self.client.force_login(person)

    def get(self, path: str) -> Answer:
        return _answer(self.client.get(path))

    def post(self, path: str, data: Mapping[str, str], file: tuple[str, bytes] | None = None) -> Answer:
        given: dict[str, Any] = dict(data)
        if file:
            given["file"] = SimpleUploadedFile(*file)
        return _answer(self.client.post(path, given))


def _answer(came: Any) -> Answer:
    content = b"".join(came.streaming_content) if came.streaming else came.content
    return Answer(
        came.status_code, content.decode("utf-8", "replace"), came.headers.get("Location", ""), "HX-Refresh" in came
    )


class Stores:
    """Every place where something of it could lie."""

    def __init__(self, needles: Needles, log: Any) -> None:
        self.needles, self.log = needles, log
        self.began = time.time()

    def leaks(self) -> dict[str, set[str]]:
        """The dresses that were found, by the place; empty when nothing was."""
        places = dict(self._places())
        assert len(places) > 100, "there is something to look at"
        found = {place: self.needles.found(content) for place, content in places.items()}
        return {place: dresses for place, dresses in found.items() if dresses}

    def _places(self) -> Iterator[tuple[str, bytes]]:
        yield from tables()
        yield "log", self.log.text.encode()
        yield "letters", "\n".join(str(one.message()) for one in mail.outbox).encode()
        yield "exported trail", _exported()
        yield from files(Path(settings.DATA_DIR), 0)
        yield from files(Path(tempfile.gettempdir()), self.began, deep=False)
        yield from (("index", str(one).encode()) for one in _indexed())


def tables() -> Iterator[tuple[str, bytes]]:
    """Every column of every row, as the database gives it."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            yield f"table {table}", b"\n".join(_bytes(column) for row in cursor.fetchall() for column in row)


def files(folder: Path, since: float, *, deep: bool = True) -> Iterator[tuple[str, bytes]]:
    """Every file of a folder that was changed since then, free pages and logs of the database included."""
    for path in folder.rglob("*") if deep else folder.glob("*"):
        if path.is_file() and path.stat().st_mtime >= since:
            yield f"file {path}", path.read_bytes()


def _bytes(column: Any) -> bytes:
    return bytes(column) if isinstance(column, bytes | memoryview) else str(column).encode()


def _exported() -> bytes:
    """What the audit administrator takes home, every kind of line in it."""
    with transaction.atomic():
        auditor = Browser(office(Role.AUDIT_ADMIN))
        said = auditor.post(reverse("administration:export"), {"format": "jsonl"})
        transaction.set_rollback(True)
    assert said.status == 200, said.text
    return said.text.encode()


def _indexed() -> Iterator[Any]:
    made = engine.engine()
    if hasattr(made, "client"):
        yield made.client.search(index=f"{settings.SEARCH_INDEX_PREFIX}*", size=1000)


@pytest.fixture
def index() -> Iterator[SearchIndex]:
    """The engine of the settings; no other test finds what was built here."""
    made = engine.engine()
    made.drop()
    yield made
    made.drop()


@pytest.fixture
def stores(caplog: Any, index: SearchIndex) -> Stores:
    """They, before anything is there."""
    caplog.set_level(logging.DEBUG)
    return Stores(Needles(Mark.fresh()), caplog)


@pytest.fixture
def challenge() -> Challenge:
    """A call that takes proposals; nobody has an appointment with a scanner."""
    return factories.open_challenge()


def settle() -> None:
    """Whatever is owed is delivered, every letter leaves."""
    drain()
    while letters.send_due():
        pass


def test_before_the_opening_no_canary_is_found_anywhere(stores: Stores, challenge: Challenge) -> None:
    solvers = [Solver(Browser(factories.person()), stores.needles.mark, number) for number in range(PROPOSALS)]
    for one in solvers:
        one.write(challenge.public_id, long=one.number == 0)
    settle()
    assert stores.leaks() == {}, "while they are drafts"
    for one in solvers:
        one.hand_in()
        assert one.canary("body") in one.look_back()
    settle()
    assert stores.leaks() == {}, "once they are sealed"


def test_after_the_opening_every_canary_is_where_it_may_be_read(stores: Stores, challenge: Challenge) -> None:
    solver = Solver(Browser(factories.person()), stores.needles.mark, 1)
    solver.write(challenge.public_id)
    solver.hand_in()
    factories.opened(factories.closed(challenge))
    StoredFile.objects.filter(holder=solver.proposal).update(state=FileState.CLEAN)
    judge = Browser(challenge.adjudicator)
    code = Proposal.objects.get(public_id=solver.proposal).code
    kept = StoredFile.objects.filter(holder=solver.proposal, state=FileState.CLEAN)
    pages = judge.get(f"/desk/{challenge.public_id}/proposals/{code}/").text.encode()
    read = b"".join(unpacked(b"".join([pages, *(_content(judge, one) for one in kept)])))
    assert {kind for kind in KINDS if solver.canary(kind).encode() in read} == set(SHOWN_AFTERWARDS)
    assert solver.canary("filename") in solver.hand.get(f"/proposals/{solver.proposal}/").text


def _content(judge: Browser, row: StoredFile) -> bytes:
    came = judge.client.get(f"/files/{row.public_id}/", follow=True)
    return b"".join(came.streaming_content) if came.streaming else bytes(came.content)


PLANTED = {
    "table": lambda canary: Proposal.objects.update(rejection=f"泄露{canary}"),
    "log": lambda canary: logging.getLogger("planted").warning("a draft says %r", canary.encode()),
    "letters": lambda canary: mail.send_mail("subject", f"said: {canary}", None, ["a@example.org"]),
    "file": lambda canary: (Path(settings.DATA_DIR) / "planted").write_text(canary, encoding="utf-16"),
}


@pytest.mark.parametrize("place", PLANTED)
def test_a_planted_leak_is_found_in_each_kind_of_store(place: str, stores: Stores, challenge: Challenge) -> None:
    factories.proposal_draft(challenge)
    assert stores.leaks() == {}
    try:
        PLANTED[place](stores.needles.mark.canary("body", 1))
        settle()
        assert [one for one in stores.leaks() if one.startswith(place)]
    finally:
        (Path(settings.DATA_DIR) / "planted").unlink(missing_ok=True)

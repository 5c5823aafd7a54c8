"""Every fact delivered twice and in reverse: the same index, pages, notices and live messages (house check 4)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import caches
from django.db import transaction
from django.test import Client

from marketplace.accounts.models import User
from marketplace.notices.models import Letter, Notice
from marketplace.outbox.models import Delivery, Fact
from marketplace.outbox.registry import listeners_of
from realtime.models import LiveMessage, LiveTopic
from search import engine
from search.backends.base import SearchIndex
from search.indexing import compare
from search.models import IndexDocument
from search.projection import Kind
from tasks.jobs import advance
from tests import clock, factories
from tests.relay import drain
from tests.tasks.web.people import body

pytestmark = pytest.mark.django_db

PUBLIC_PAGES = ("/", "/challenges/?state=all", "/en/challenges/?q=风机叶片&state=all", "/award-notices/")


@dataclass(frozen=True)
class Outcome:
    """All that listeners have made of the facts."""

    index: Any
    pages: dict[str, str]
    notices: Any
    letters: Any
    live: Any


@pytest.fixture
def index() -> Iterator[SearchIndex]:
    """The engine of the settings, its index empty."""
    made = engine.engine()
    _emptied(made)
    yield made
    made.drop()


def _emptied(index: SearchIndex) -> None:
    index.drop()
    for kind in Kind:
        with index.beside(kind):
            pass


def _life() -> None:
    """Two calls: one from draft to award with a proposal withdrawn, one returned and only then published."""
    challenge = factories.open_challenge(title="海上风机叶片除冰")
    better = factories.submitted_proposal(challenge)
    factories.submitted_proposal(challenge)
    factories.proposal_draft(challenge)
    factories.closed(challenge)
    factories.under_review(factories.opened(challenge))
    better.refresh_from_db()
    factories.scored(challenge, {code: 90 if code == better.code else 50 for code in ("P01", "P02")})
    factories.adjudicated(challenge, better.code)
    clock.shift(days=20)
    advance()
    factories.open_challenge(title="海上风机叶片回收")
    factories.submitted(title="还没公开的题目")


def _once(facts: Sequence[Fact]) -> None:
    drain()


def _twice_and_in_reverse(facts: Sequence[Fact]) -> None:
    """The last fact first, each to all its listeners, alone and then once more; so too what they state themselves."""
    for fact in reversed(facts):
        for listener in reversed(listeners_of(fact.kind)):
            listener.handle([fact])
            listener.handle([fact, fact] if listener.portion > 1 else [fact])
    stated = list(Fact.objects.filter(pk__gt=max(fact.pk for fact in facts)).order_by("pk"))
    if stated:
        _twice_and_in_reverse(stated)


def _outcome(index: SearchIndex) -> Outcome:
    caches["pieces"].clear()
    assert compare(Kind.CHALLENGE).count == 0
    newest = {}
    for topic, kind, subject, version in LiveMessage.objects.values_list("topic", "kind", "subject", "version"):
        newest[topic, kind, subject] = max(version, newest.get((topic, kind, subject), 0))
    columns = ("user_id", "fact_id", "kind", "part", "challenge_id", "organisation_id", "target", "argument")
    return Outcome(
        index=(dict(index.held(Kind.CHALLENGE)), set(IndexDocument.objects.values_list("public_id", "version"))),
        pages=_pages(),
        notices=sorted(Notice.objects.values_list(*columns), key=repr),
        letters=sorted(Letter.objects.values_list("to", "subject", "body")),
        live=(newest, set(LiveTopic.objects.values_list("name", "last_seq"))),
    )


def _pages() -> dict[str, str]:
    """What anybody reads, and each person's own list of notifications."""
    client, seen = Client(), {}
    for address in PUBLIC_PAGES:
        seen[address] = body(client.get(address))
    for person in User.objects.filter(notices__isnull=False).distinct():
        client.force_login(person)
        seen[person.public_id] = body(client.get("/notifications/count/"))
        lines = client.get("/notifications/").context["lines"]
        seen[f"{person.public_id} told"] = "\n".join(sorted(sentence for _row, sentence in lines))
    return seen


def _after(deliver: Callable[[Sequence[Fact]], None], index: SearchIndex) -> Outcome:
    """The outcome of the same facts by this way of delivering them, which is then undone."""
    _emptied(index)
    with transaction.atomic():
        deliver(list(Fact.objects.order_by("pk")))
        found = _outcome(index)
        transaction.set_rollback(True)
    return found


def test_facts_told_twice_and_backwards_lead_to_the_same_index_pages_notices_and_messages(index: SearchIndex) -> None:
    _life()
    once = _after(_once, index)
    assert len(once.index[0]) == 2
    assert once.notices
    assert once.letters
    assert once.live[0]
    assert _after(_twice_and_in_reverse, index) == once


def test_what_was_delivered_as_it_happened_is_changed_by_no_repetition(index: SearchIndex) -> None:
    """Delivered step by step as in life, then everything once more, twice and backwards.

    Whoever has become concerned since may be told to look again; what had been told is neither changed nor doubled.
    """
    challenge = factories.open_challenge(title="海上风机叶片除冰")
    drain()
    better = factories.submitted_proposal(challenge)
    drain()
    factories.closed(challenge)
    drain()
    factories.under_review(factories.opened(challenge))
    drain()
    better.refresh_from_db()
    factories.scored(challenge, {better.code: 90})
    factories.adjudicated(challenge, better.code)
    drain()
    before = _outcome(index)
    messages = list(LiveMessage.objects.order_by("pk").values())
    assert not Delivery.objects.exclude(state=Delivery.State.DONE).exists()
    _twice_and_in_reverse(list(Fact.objects.order_by("pk")))
    after = _outcome(index)
    assert after.index == before.index
    assert {name: version for name, version in after.live[0].items() if name in before.live[0]} == before.live[0]
    assert [after.pages[one] for one in PUBLIC_PAGES] == [before.pages[one] for one in PUBLIC_PAGES]
    assert list(LiveMessage.objects.order_by("pk").values())[: len(messages)] == messages
    assert set(before.notices) <= set(after.notices)

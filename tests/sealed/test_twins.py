"""Nobody can tell two worlds apart that differ in what others have sealed or are writing (I9, F6b).

Every page of every route, searches, feeds and exports, asked as every kind of reader; and what a socket tells them.
"""

from collections.abc import Iterator

import pytest
from django.test.utils import override_settings
from pytest_django.plugin import DjangoDbBlocker

from tasks.proposals.models import Proposal
from tests import clock
from tests.matrix.asking import Asker
from tests.matrix.conftest import NEVER_ASKED, _unheard
from tests.matrix.remembered import remembered
from tests.matrix.test_routes import PLAIN
from tests.matrix.world import built
from tests.sealed import stopped
from tests.sealed.twins import READERS, Heard, Twins, session

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.embedded,  # pages are drawn by the same lines in both tiers
]

ENOUGH = 500
"""Requests of each reader in each world."""
Asked = dict[tuple[str, str], Heard]


@pytest.fixture(scope="module")
def twins(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Twins]:
    """The world both grow from, inside a transaction that is undone at the end."""
    from django.db import transaction

    named = {"CLOCK": "tests.sealed.stopped.offset", "SMS_URL": NEVER_ASKED, "CLAMD": ""}
    letters = "marketplace.notices.mail.QueueBackend"
    with django_db_blocker.unblock(), override_settings(EMAIL_BACKEND=letters, **named), transaction.atomic():
        clock.reset()
        world = built()
        sockets = {role: session(world.people[role]) for role in READERS if role != "anon"}
        with remembered(), _unheard():
            yield Twins(world, sockets)
        stopped.go_on()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def addresses(twins: Twins) -> list[str]:
    """Every address of the table of routes, and those of what the second world alone has."""
    asker = Asker(twins.world)
    with twins.one(sealed=True):
        added = twins.addresses()
    named = [asker.address(row.route, row.thing)[0] for row in PLAIN if "GET" in row.methods]
    return list(dict.fromkeys([*named, *added]))


def asked(twins: Twins, addresses: list[str], readers: tuple[str, ...] = READERS) -> Asked:
    """Every answer to everybody."""
    return {(role, one): twins.ask(role, one) for role in readers for one in addresses}


def different(one: Asked, other: Asked) -> list[tuple[str, str]]:
    """Who can tell the worlds apart, and by what address."""
    return [asked for asked in one if one[asked] != other[asked]]


def test_while_calls_take_proposals_every_answer_is_the_same(twins: Twins, addresses: list[str]) -> None:
    assert len(addresses) >= ENOUGH
    with twins.one(sealed=True):
        assert Proposal.objects.filter(public_id__in=twins.added).count() == len(twins.added) == 9
        with_them = asked(twins, addresses)
    with twins.one(sealed=False):
        assert not Proposal.objects.filter(public_id__in=twins.added).exists()
        assert different(with_them, asked(twins, addresses)) == []


def test_after_the_deadline_too_until_the_opening(twins: Twins, addresses: list[str]) -> None:
    calls = [twins.world.ids[name] for name in ("open", "unanswered")]
    about = [one for one in addresses if any(call in one for call in calls) or one in SHARED]
    with twins.one(sealed=True, closed=True):
        with_them = asked(twins, about)
    with twins.one(sealed=False, closed=True):
        assert different(with_them, asked(twins, about)) == []


SHARED = {"/", "/challenges/", "/desk/", "/openings/", "/my-work/", "/figures/", "/notifications/", "/approvals/"}


@pytest.mark.parametrize("closed", [False, True])
def test_sockets_tell_the_same(twins: Twins, closed: bool) -> None:  # noqa: FBT001  # pytest names it
    said = []
    for sealed in (True, False):
        with twins.one(sealed=sealed, closed=closed):
            said.append({role: twins.session_of_a_socket(role) for role in READERS})
    assert {role: frames for role, frames in said[0].items() if frames != said[1][role]} == {}


class Telling:
    """A leak: every answer says how many proposals there are."""

    def __init__(self, get_response):  # type: ignore[no-untyped-def]  # Django's shape
        self.get_response = get_response

    def __call__(self, request):  # type: ignore[no-untyped-def]  # Django's shape
        response = self.get_response(request)
        response["X-Total"] = str(Proposal.objects.count())
        return response


def test_a_planted_count_is_found(twins: Twins, addresses: list[str], settings: object) -> None:
    few = addresses[:3]
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.sealed.test_twins.Telling"]  # type: ignore[attr-defined]  # pytest-django's
    twins.browser.handler._middleware_chain = None
    try:
        with twins.one(sealed=True):
            with_them = asked(twins, few, ("strn",))
        with twins.one(sealed=False):
            assert different(with_them, asked(twins, few, ("strn",))) == [("strn", one) for one in few]
    finally:
        twins.browser.handler._middleware_chain = None

"""Whoever has left an organisation reads nothing of it any more, not even what they wrote for it (I21)."""

import pytest
from django.test import Client

from marketplace.accounts.models import Membership
from marketplace.kernel import clock
from marketplace.outbox.models import Fact
from realtime import reach, topics
from tasks.challenges import policy, queries
from tasks.challenges import services as posting
from tasks.challenges.models import Challenge
from tests import factories
from tests.relay import drain

pytestmark = pytest.mark.django_db


def _left(challenge: Challenge) -> None:
    Membership.objects.filter(user=challenge.author).update(valid_until=clock.now())


@pytest.mark.parametrize("make", [factories.draft, factories.submitted])
def test_a_draft_is_closed_to_its_author_who_has_left_the_sponsor(client: Client, make) -> None:
    challenge = make()
    client.force_login(challenge.author)
    address = f"/challenges/{challenge.public_id}/"
    assert client.get(address).status_code == 200
    _left(challenge)
    for part in ("", "preview/", "edit/", "state/", "state/?part=trail"):
        assert client.get(address + part).status_code == 404
    assert challenge.title not in client.get("/my-work/").content.decode()
    assert not policy.may_see(challenge.author, challenge)
    assert not topics.Challenge(challenge.public_id).may_join(challenge.author)


def test_live_messages_no_longer_reach_who_has_left(client: Client) -> None:
    challenge = factories.draft()
    fact = Fact.objects.filter(subject=challenge.public_id).latest("pk")
    assert topics.Person(challenge.author.public_id) in reach.of_challenge(fact)
    _left(challenge)
    assert topics.Person(challenge.author.public_id) not in reach.of_challenge(fact)


def test_a_draft_for_no_organisation_stays_its_author_s() -> None:
    author = factories.person()
    made = posting.draft_challenge(actor=author, content=factories.posting_content(), sponsor=None)
    drain()
    assert queries.visible(made.public_id, author) == made
    assert list(queries.drafts_of(author)) == [made]

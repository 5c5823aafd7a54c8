"""What becomes of sealed proposals when the platform's own key is changed, and when it is lost (operations.md)."""

from collections.abc import Callable
from typing import Any

import pytest

from marketplace.kernel.errors import Refusal
from marketplace.sealing.queries import holders_of
from tasks.adjudication import opening, openingrecord
from tasks.challenges.models import Challenge
from tasks.proposals import queries, services
from tasks.proposals.models import SealedEnvelope
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

EARLIER, NEW = "e" * 64, "n" * 64
Keys = Callable[..., None]


@pytest.fixture
def keys(settings: Any) -> Keys:
    def set_to(*named: str) -> None:
        settings.SIGNING_KEYS = list(named)

    set_to(EARLIER)
    return set_to


def opened(challenge: Challenge) -> list[str]:
    factories.opened(factories.closed(challenge))
    return sorted(challenge.proposals.values_list("state", flat=True))


def test_a_new_key_before_the_earlier_one_changes_nothing(keys: Keys) -> None:
    challenge = factories.open_challenge()
    factories.submitted_proposal(challenge)
    keys(NEW, EARLIER)
    factories.submitted_proposal(challenge)
    assert opened(challenge) == ["OPENED", "OPENED"]


def test_with_the_key_lost_nothing_is_opened_until_it_is_said_to_be_lost_for_good(keys: Keys, settings: Any) -> None:
    challenge = factories.open_challenge()
    left, again = (factories.submitted_proposal(challenge) for _one in range(2))
    code = factories.code_of(again.public_id)
    keys(NEW)
    services.replace_proposal(public_id=again.public_id, actor=again.author, code=code)
    services.submit_proposal(public_id=again.public_id, actor=again.author)
    challenge = factories.closed(challenge)
    with pytest.raises(Refusal, match="lacks a key"):
        factories.opened(challenge)
    assert {one.state for one in challenge.proposals.all()} == {"SUBMITTED"}
    settings.SIGNING_KEYS_LOST = [queries.receipts_of(left)[0].key]
    officer = holders_of(challenge.public_id)[1]
    opening.confirm_opening(public_id=challenge.public_id, actor=officer, phrase=factories.phrase_of(officer))
    assert {one.state for one in challenge.proposals.all()} == {"OPENED"}
    said = {one.code: one.signed for one in openingrecord.lines(Challenge.objects.get(pk=challenge.pk))}
    codes = {one.pk: one.code for one in challenge.proposals.all()}
    assert said == {codes[left.pk]: False, codes[again.pk]: True}


def test_what_was_put_in_its_place_is_found_although_the_key_is_lost(keys: Keys, settings: Any) -> None:
    challenge = factories.open_challenge()
    honest, other = (factories.submitted_proposal(challenge) for _one in range(2))
    settings.SIGNING_KEYS_LOST = [queries.receipts_of(honest)[0].key]
    keys(NEW)
    foreign = SealedEnvelope.objects.get(proposal=other)
    SealedEnvelope.objects.filter(proposal=honest).update(sealed=foreign.sealed, box=foreign.box)
    assert opened(challenge) == ["INADMISSIBLE", "OPENED"]

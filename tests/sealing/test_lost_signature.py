"""What becomes of sealed proposals when the platform's own key is changed, and when it is lost (operations.md)."""

from collections.abc import Callable
from typing import Any

import pytest

from tasks.challenges.models import Challenge
from tasks.proposals import services
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


def test_with_the_key_lost_what_is_submitted_again_is_opened(keys: Keys) -> None:
    challenge = factories.open_challenge()
    mine = factories.submitted_proposal(challenge)
    keys(NEW)
    code = factories.code_of(mine.public_id)
    services.replace_proposal(public_id=mine.public_id, actor=mine.author, code=code)
    services.submit_proposal(public_id=mine.public_id, actor=mine.author)
    assert opened(challenge) == ["OPENED"]

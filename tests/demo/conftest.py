from collections.abc import Iterator

import pytest

from marketplace.accounts.models import User
from marketplace.demo import cast
from marketplace.demo import clock as movable
from tests import factories


@pytest.fixture
def demo(settings) -> Iterator[None]:
    """The demonstration turned on: its addresses, its bar, its clock."""
    settings.DEMO = True
    settings.ROOT_URLCONF = "tests.demo.urls"
    settings.CLOCK = "marketplace.demo.clock.offset"
    movable.forget()
    yield
    movable.forget()


@pytest.fixture
def players(db: None) -> dict[str, User]:
    """The people of the bar, by their key."""
    made = {}
    for player in cast.SHOWN:
        user = factories.person(player.name)
        User.objects.filter(pk=user.pk).update(email=player.email, is_sample=True)
        user.refresh_from_db()
        made[player.key] = user
    return made

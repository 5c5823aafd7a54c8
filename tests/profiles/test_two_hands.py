"""Two windows at once (house check 3): one profile a person, one reference a DOI, one switch; nothing lost unseen."""

from typing import Any

import pytest

from marketplace.kernel.errors import Expected
from marketplace.outbox.models import Fact
from marketplace.profiles import services
from marketplace.profiles.models import Listing, Profile, Reference
from tests import factories
from tests.hands import together
from tests.profiles.people import citation, content, profile_of, published

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 6


def failures(results: list[Any]) -> int:
    found = [one for one in results if isinstance(one, Exception)]
    assert all(isinstance(one, Expected) for one in found), found
    return len(found)


def saving(person: Any, version: int, headline: str) -> Any:
    said = content(headline=headline)
    return lambda: services.save_profile(actor=person, content=said, version=version)


def test_two_windows_make_one_profile_and_one_of_them_hears_of_the_other() -> None:
    for _round in range(ROUNDS):
        person = factories.person()
        assert failures(together(saving(person, 0, "甲"), saving(person, 0, "乙"))) == 1
        profile = Profile.objects.get(user=person)
        assert Fact.objects.filter(subject=profile.public_id).count() == 1


def test_of_two_windows_one_saves() -> None:
    for _round in range(ROUNDS):
        person = factories.person()
        profile = profile_of(person)
        acts = (saving(person, profile.version, "甲"), saving(person, profile.version, "乙"))
        assert failures(together(*acts)) == 1


def test_a_reference_is_added_once() -> None:
    for number in range(ROUNDS):
        person = factories.person()
        profile_of(person)
        add = lambda person=person, number=number: services.add_reference(  # noqa: E731  # one act, two hands
            actor=person, citation=citation(identifier=f"10.1000/{number}")
        )
        assert failures(together(add, add)) == 1
        assert Reference.objects.filter(profile__user=person).count() == 1


def test_whoever_saves_while_the_page_is_taken_back_does_not_bring_it_back() -> None:
    for _round in range(ROUNDS):
        person = factories.person()
        profile = published(person)
        withdraw = lambda person=person: services.withdraw(actor=person)  # noqa: E731  # beside its other hand
        together(saving(person, profile.version, "甲"), withdraw)
        assert Profile.objects.get(user=person).state == "DRAFT"
        assert not Listing.objects.filter(profile__user=person).exists()

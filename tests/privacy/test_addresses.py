"""An address is one's own once it is confirmed: what was merely written opens, shows and erases nothing of others."""

import pytest
from allauth.account.models import EmailAddress
from allauth.account.signals import password_reset
from allauth.socialaccount.models import SocialAccount

from marketplace.accounts.models import User
from marketplace.kernel import clock
from marketplace.notices.models import Letter
from marketplace.privacy import copies, services
from tests import factories

pytestmark = pytest.mark.django_db


def letter_to(person: User, body: str) -> Letter:
    said = {"subject": "一封信", "body": body, "sender": "x", "due_at": clock.now()}
    return Letter.objects.create(to=person.email, state=Letter.State.SENT, **said)


def test_anothers_address_among_ones_own_shows_and_erases_nothing_of_theirs() -> None:
    victim, other = factories.person(), factories.person()
    letter = letter_to(victim, "只给收信人看")
    EmailAddress.objects.create(user=other, email=victim.email, verified=False, primary=False)
    assert "只给收信人看" not in copies.copy_of(other)
    assert "只给收信人看" in copies.copy_of(victim)
    services.erase(user=other)
    assert Letter.objects.filter(pk=letter.pk).exists()
    assert EmailAddress.objects.filter(email=victim.email, user=victim).exists()


def test_a_name_that_stands_in_every_letter_erases_none() -> None:
    person = factories.person("信")
    letter = letter_to(factories.person(), "这封信与那个人无关")
    services.erase(user=person)
    assert Letter.objects.filter(pk=letter.pk).exists()


@pytest.mark.parametrize(("confirmed", "kept"), [(False, 0), (True, 1)])
def test_a_key_by_letter_forgets_what_was_tied_to_an_unconfirmed_address(*, confirmed: bool, kept: int) -> None:
    person = factories.person(verified=confirmed)
    SocialAccount.objects.create(user=person, provider="gov", uid="somebody else", extra_data={})
    epoch = person.session_epoch
    password_reset.send(sender=User, request=None, user=person)
    person.refresh_from_db()
    assert SocialAccount.objects.filter(user=person).count() == kept
    assert (person.session_epoch > epoch) is not confirmed

"""Officers' keys: enrolled, proven, replaced, counted; and who is entrusted with a matter's key (0016)."""

import logging
import re
from base64 import b64encode, urlsafe_b64encode
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import transaction

from marketplace.accounts.models import User
from marketplace.accounts.roles import Role
from marketplace.kernel import clock
from marketplace.kernel.errors import NotFound, Refusal
from marketplace.outbox.models import Fact
from marketplace.sealing import queries, services
from marketplace.sealing.models import KeyHalf, OfficerKey
from tests import clock as movable
from tests import factories
from tests.sealed.test_canaries import tables

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

MATTER = "0123456789abcdef"


def nobody_unfit(_officer: User) -> bool:
    return False


def made(matter: str = MATTER) -> list[User]:
    services.make_key(matter=matter, region=factories.region(), unfit=nobody_unfit)
    return queries.holders_of(matter)


def test_a_key_counts_once_its_phrase_was_typed_and_for_thirty_days() -> None:
    officer = factories.opening_officer()
    enrolment = services.enrol(actor=officer)
    assert queries.able(factories.region()) == []
    services.prove(actor=officer, phrase=enrolment.phrase.upper())
    assert [key.officer for key in queries.able(factories.region())] == [officer]
    movable.shift(days=30)
    assert queries.able(factories.region()) == []


def test_the_phrase_is_kept_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    """Nor two of its words beside each other, in any table or line of the log."""
    caplog.set_level(logging.DEBUG)
    officer = factories.opening_officer()
    phrase = services.enrol(actor=officer).phrase
    services.prove(actor=officer, phrase=phrase)
    with pytest.raises(Refusal):
        services.prove(actor=officer, phrase=f"{phrase} {phrase}")
    assert written(phrase, caplog) == []
    logging.getLogger("planted").warning("typed: %s", phrase)
    assert written(phrase, caplog) == ["log"]
    OfficerKey.objects.filter(officer=officer).update(salt=" ".join(phrase.split()[:2])[:32])
    assert "table sealing_officerkey" in written(phrase, caplog)


def written(phrase: str, caplog: pytest.LogCaptureFixture) -> list[str]:
    """Where two neighbouring words of the phrase stand, with whatever between them."""
    words = phrase.encode().split()
    pairs = [re.compile(re.escape(one) + rb"[\W_]{0,3}" + re.escape(other)) for one, other in pairwise(words)]
    places = {**dict(tables()), "log": caplog.text.encode()}
    assert len(places) > 50, "there is something to look at"
    return [name for name, content in places.items() if any(pair.search(content) for pair in pairs)]


def test_only_an_opening_officer_enrols_or_proves() -> None:
    for person in (factories.person(), factories.officer_with(Role.SUPERVISOR)):
        with pytest.raises(Refusal):
            services.enrol(actor=person)
        with pytest.raises(Refusal):
            services.prove(actor=person, phrase="x")
    with pytest.raises(NotFound):
        services.prove(actor=factories.opening_officer(), phrase="x")


def test_ten_wrong_phrases_within_an_hour_are_enough() -> None:
    officer = factories.opening_officer()
    enrolment = services.enrol(actor=officer)
    for _try in range(services.TRIES_AN_HOUR):
        with pytest.raises(Refusal, match="not the pass phrase"):
            services.prove(actor=officer, phrase="one two three four five six")
    with pytest.raises(Refusal, match="Too many tries"):
        services.prove(actor=officer, phrase=enrolment.phrase)


def test_with_fewer_than_two_proven_officers_no_key_is_made() -> None:
    one = factories.enrolled(factories.opening_officer())
    with pytest.raises(Refusal, match="two opening officers"):
        made()
    other = factories.enrolled(factories.opening_officer())
    assert set(made()) == {one, other}


def test_whoever_is_unfit_gets_no_part() -> None:
    officers = [factories.enrolled(factories.opening_officer()) for _one in range(3)]
    services.make_key(matter=MATTER, region=factories.region(), unfit=lambda user: user == officers[0])
    assert set(queries.holders_of(MATTER)) == set(officers[1:])


def test_an_officer_of_the_sponsor_or_of_the_case_holds_no_part() -> None:
    challenge = factories.submitted()
    inside, case = (factories.enrolled(factories.opening_officer()) for _one in range(2))
    factories.member(challenge.sponsor, inside)
    factories.accounts.grant_role(user=case, role=Role.SUPERVISOR, scope="PLATFORM", scope_id="")
    opened = factories.posting.approve_challenge(
        public_id=challenge.public_id,
        actor=factories.officer_with(Role.REGION_ADMIN),
        adjudicator=factories.officer_with(Role.ADJUDICATOR),
        supervisor=case,
    )
    assert not {inside, case} & set(queries.holders_of(opened.public_id))


def test_nothing_stored_is_the_key_or_a_half() -> None:
    """After one officer's word, where a half lies here, and after the key was joined and spent."""
    one, other = (factories.enrolled(factories.opening_officer()) for _one in range(2))
    made()
    first = services.unlock(actor=one, matter=MATTER, phrase=factories.phrase_of(one))
    with transaction.atomic():
        services.hand_over(first)
    second = services.unlock(actor=other, matter=MATTER, phrase=factories.phrase_of(other))
    with transaction.atomic():
        private = services.joined(second)
    assert private
    secret = [private, *first.parts.values(), *second.parts.values()]
    assert stored(secret) == []
    services.spend(MATTER)
    assert stored(secret) == []
    KeyHalf.objects.filter(holder__officer=one).update(handed_over=b64encode(secret[1]).decode())
    assert stored(secret) == ["table sealing_keyhalf"]


def stored(secret: list[bytes]) -> list[str]:
    """The tables that hold one of these, as bytes, hex or base64."""
    dressed = [way for one in secret for way in (one, one.hex().encode(), b64encode(one), urlsafe_b64encode(one))]
    return [name for name, content in tables() if any(way in content for way in dressed)]


def test_a_replaced_key_still_opens_what_was_sealed_to_it() -> None:
    one, other = (factories.enrolled(factories.opening_officer()) for _one in range(2))
    made()
    old = factories.phrase_of(one)
    factories.enrolled(one)
    unlocked = services.unlock(actor=one, matter=MATTER, phrase=old)
    with pytest.raises(Refusal):
        services.unlock(actor=one, matter=MATTER, phrase=factories.phrase_of(one))
    services.hand_over(unlocked)
    assert services.joined(services.unlock(actor=other, matter=MATTER, phrase=factories.phrase_of(other)))


def test_a_key_whose_parts_were_changed_is_told_and_opens_nothing() -> None:
    one, other = (factories.enrolled(factories.opening_officer()) for _one in range(2))
    made()
    services.make_key(matter="f" * 16, region=factories.region(), unfit=nobody_unfit)
    services.hand_over(services.unlock(actor=one, matter=MATTER, phrase=factories.phrase_of(one)))
    foreign = KeyHalf.objects.get(key__matter="f" * 16, holder__officer=other)
    KeyHalf.objects.filter(key__matter=MATTER, holder__officer=other).update(box=foreign.box)
    with pytest.raises(Refusal, match="has been changed"):
        services.joined(services.unlock(actor=other, matter=MATTER, phrase=factories.phrase_of(other)))


def test_an_officer_is_reminded_once_a_week_before_the_proof_runs_out() -> None:
    officer = factories.enrolled(factories.opening_officer())
    assert services.remind() == 0
    movable.shift(days=24)
    assert (services.remind(), services.remind()) == (1, 0)
    fact = Fact.objects.get(kind="officer_key.proof_due")
    assert fact.stream == f"user:{officer.public_id}"
    services.prove(actor=officer, phrase=factories.phrase_of(officer))
    key = queries.key_in_force(officer)
    assert key
    assert queries.proven_until(key) == key.proven_at + timedelta(days=30)
    assert key.reminded_at is None
    assert key.proven_at <= clock.now()

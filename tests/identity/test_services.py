"""Saying who one is, and what becomes of it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from marketplace.accounts.models import User
from marketplace.accounts.roles import Role
from marketplace.identity import documents, queries, services
from marketplace.identity.lifecycle import RealNameState
from marketplace.identity.models import RealNameVerification
from marketplace.identity.services import Application
from marketplace.kernel.errors import NotFound, Refusal, Stale
from marketplace.notices.models import Letter, Notice
from marketplace.outbox.models import Fact
from tests import clock, factories
from tests.identity.test_documents import CARD, card
from tests.relay import drain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

NAME, OTHER = "欧阳菡萏", card(77)


def application(number: str = CARD, *, name: str = NAME, code: str = "420100") -> Application:
    return Application(name=name, document=documents.id_card(number), region=factories.region(code))


def applied(**more: Any) -> RealNameVerification:
    return services.apply_for_verification(actor=factories.person(known=False), application=application(**more))


def officer(code: str = "420000") -> User:
    return factories.officer_with(Role.REGION_ADMIN, code=code)


def verified(row: RealNameVerification) -> RealNameVerification:
    return services.verify(public_id=row.public_id, actor=officer(), number_read=CARD)


def kinds(row: RealNameVerification) -> list[str]:
    return list(Fact.objects.filter(subject=row.public_id).order_by("pk").values_list("kind", flat=True))


def test_said_compared_and_known() -> None:
    row = applied()
    assert queries.has_said(row.user)
    assert not queries.is_verified(row.user)
    verified(row)
    assert queries.is_verified(row.user)
    assert kinds(row) == ["real_name.applied_for", "real_name.verified"]


def test_only_the_number_on_the_document_verifies_and_another_one_is_a_fact() -> None:
    row = applied()
    for read in ("", "110105194912310021", CARD[:-1], "x"):
        with pytest.raises(Refusal, match="not the number"):
            services.verify(public_id=row.public_id, actor=officer(), number_read=read)
    assert (
        services.verify(public_id=row.public_id, actor=officer(), number_read="110105 19491231 002x").state
        == "VERIFIED"
    )
    assert kinds(row).count("real_name.number_differed") == 4


def test_who_may_not_compare_is_refused_and_nothing_changes() -> None:
    row = applied()
    own = factories.officer_with(Role.REGION_ADMIN)
    RealNameVerification.objects.filter(user=own).delete()
    mine = services.apply_for_verification(actor=own, application=application(OTHER))
    colleague = officer()
    house = factories.organisation(row.user)
    factories.member(house, colleague)
    for one, actor in [
        (row, officer("330000")),
        (row, factories.person()),
        (row, factories.officer_with(Role.ADJUDICATOR)),
        (row, colleague),
        (mine, own),
    ]:
        with pytest.raises(Refusal):
            services.verify(public_id=one.public_id, actor=actor, number_read=CARD)
        with pytest.raises(Refusal):
            services.return_application(public_id=one.public_id, actor=actor, reason="不符")
    assert {one.state for one in RealNameVerification.objects.filter(pk__in=[row.pk, mine.pk])} == {"PENDING"}


def test_returned_with_a_reason_corrected_and_handed_in_again() -> None:
    row = applied()
    with pytest.raises(Refusal, match="what has to be corrected"):
        services.return_application(public_id=row.public_id, actor=officer(), reason="  ")
    services.return_application(public_id=row.public_id, actor=officer(), reason="姓名与证件不一致")
    assert not queries.has_said(row.user)
    clock.shift(days=1)
    again = services.apply_for_verification(actor=row.user, application=application(OTHER))
    assert (again.pk, again.state) == (row.pk, RealNameState.PENDING)
    assert again.applied_at > row.applied_at
    assert again.bears(OTHER.lower())


def test_while_it_waits_it_can_be_corrected_a_few_times_a_day() -> None:
    row = applied()
    for _time in range(4):
        services.apply_for_verification(actor=row.user, application=application(OTHER))
    with pytest.raises(Refusal, match="24 hours"):
        services.apply_for_verification(actor=row.user, application=application())
    clock.shift(days=1, seconds=1)
    assert services.apply_for_verification(actor=row.user, application=application()).bears(CARD)


def test_the_verified_say_it_no_more_and_an_unconfirmed_address_says_nothing() -> None:
    row = verified(applied())
    for person in (row.user, factories.person(verified=False, known=False)):
        with pytest.raises(Refusal):
            services.apply_for_verification(actor=person, application=application())


def test_the_same_document_is_taken_from_a_stranger_without_a_word_and_verified_for_one_alone() -> None:
    first = verified(applied())
    second = applied(name="另一个人")
    assert second.state == RealNameState.PENDING
    with pytest.raises(Refusal, match="not the number"):
        services.verify(public_id=second.public_id, actor=officer(), number_read=OTHER)
    with pytest.raises(Refusal, match="Another account"):
        verified(second)
    assert kinds(second)[-1] == "real_name.document_taken"
    with pytest.raises(Refusal, match="reason"):
        services.revoke(user=first.user, reason=" ")
    call_command("revoke_real_name", first.user.email, "--reason", "冒用")
    with pytest.raises(CommandError, match="Only a verified"):
        call_command("revoke_real_name", first.user.email, "--reason", "冒用")
    assert verified(second).state == RealNameState.VERIFIED
    assert not queries.is_verified(first.user)


def test_the_same_number_under_another_name_of_the_document_is_the_same_document() -> None:
    permit = "81000019900307053X"
    names = ["港澳居民居住证", "港澳居民\u3000居住证", "居住证（港澳）"]
    rows = [
        services.apply_for_verification(
            actor=factories.person(known=False),
            application=Application(name=NAME, document=documents.other(one, permit[:-1]), region=factories.region()),
        )
        for one in names
    ]
    for place, row in enumerate(rows):
        if place == 0:
            services.verify(public_id=row.public_id, actor=officer(), number_read=permit[:-1])
        else:
            with pytest.raises(Refusal, match="Another account"):
                services.verify(public_id=row.public_id, actor=officer(), number_read=permit[:-1])


def test_numbers_cannot_be_tried_out() -> None:
    row = applied()
    for number in range(5):
        with pytest.raises(Refusal, match="not the number"):
            services.verify(public_id=row.public_id, actor=officer(), number_read=str(number))
    with pytest.raises(Refusal, match="Too often"):
        services.verify(public_id=row.public_id, actor=officer(), number_read=CARD)
    services.return_application(public_id=row.public_id, actor=officer(), reason="请重填")
    again = services.apply_for_verification(actor=row.user, application=application())
    verified(again)
    for number in (CARD, OTHER):
        with pytest.raises(Stale):
            services.verify(public_id=row.public_id, actor=officer(), number_read=number)


def test_two_officers_at_once_decide_once() -> None:
    row = applied()
    services.verify(public_id=row.public_id, actor=officer(), number_read=CARD, version=row.version)
    with pytest.raises(Stale):
        services.return_application(public_id=row.public_id, actor=officer(), reason="x", version=row.version)
    with pytest.raises(NotFound):
        services.verify(public_id="0" * 16, actor=officer(), number_read=CARD)


def test_neither_name_nor_number_stands_anywhere_in_clear(capfd: pytest.CaptureFixture[str]) -> None:
    row = applied()
    client = Client()
    client.force_login(row.user)
    client.get(reverse("identity:mine"))
    services.return_application(public_id=row.public_id, actor=officer(), reason="请重拍")
    services.apply_for_verification(actor=row.user, application=application())
    verified(row)
    drain()
    call_command("verify_trail")
    assert Notice.objects.exists()
    assert Letter.objects.exists()
    everything = _dump() + capfd.readouterr().out
    for secret in (NAME, CARD, CARD[6:14]):
        assert secret not in everything, secret
    assert row.user.email in everything  # the net catches what is there


def _dump() -> str:
    """Every value of every row of the database, as text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found += [str(value) for line in cursor.fetchall() for value in line]
    return "\n".join(found)


def test_the_usual_wait_is_the_median_of_enough_decisions() -> None:
    comparer = officer()
    RealNameVerification.objects.all().delete()
    for days in range(1, 6):
        assert queries.usual_wait() is None
        row = applied(number=card(days))
        clock.shift(days=days)
        services.verify(public_id=row.public_id, actor=comparer, number_read=card(days))
    wait = queries.usual_wait()
    assert wait is not None
    assert timedelta(days=2, hours=23) < wait < timedelta(days=3, hours=1)


def test_facts_name_no_one() -> None:
    row = applied()
    text = str(Fact.objects.filter(subject=row.public_id).values())
    assert not re.search(NAME, text)

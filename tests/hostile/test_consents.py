"""Consents: past the employer's officers, past the calendar, past the limits."""

from datetime import timedelta

import pytest
from django.urls import reverse

from marketplace.accounts import membership, supervising
from marketplace.accounts.models import Membership
from marketplace.accounts.roles import Role
from marketplace.consents import queries, services
from marketplace.consents.terms import CONDITIONS, ConsentKind, Period
from marketplace.kernel.errors import Refusal
from marketplace.notices.models import Notice
from tests import factories
from tests.consents.test_answers import THREE, days
from tests.relay import drain
from tests.tasks.web_adjudication.stage import at_browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return factories.organisation(factories.person("院长"), kind="UNIVERSITY")


@pytest.fixture
def researcher(school):
    person = factories.person("研究员")
    factories.member(school, person)
    return person


def test_an_employer_that_is_here_is_not_passed_by_a_letter(school, researcher) -> None:
    """Its officers refused; the same employer by name, read by another region's office."""
    row = services.ask_for_consent(actor=researcher, wish=days(organisation=school))
    dean = school.memberships.get(place="OWNER").user
    services.refuse_consent(public_id=row.public_id, actor=dean, reason="不同意")
    with pytest.raises(Refusal):
        services.ask_for_consent(actor=researcher, wish=days(employer=school.name, region=factories.region("330100")))


def test_ones_own_company_does_not_consent_for_ones_university(school, researcher) -> None:
    company = factories.organisation(researcher)
    friend = factories.person()
    factories.member(company, friend, Membership.Place.OFFICER)
    row = services.ask_for_consent(actor=researcher, wish=days(organisation=company))
    services.give_consent(public_id=row.public_id, actor=friend, conditions=THREE)
    assert queries.is_lacking(researcher)


def test_a_consent_ends_with_the_employment(school, researcher) -> None:
    dean = school.memberships.get(place="OWNER").user
    row = services.ask_for_consent(actor=researcher, wish=days(organisation=school))
    services.give_consent(public_id=row.public_id, actor=dean, conditions=THREE)
    other = factories.organisation(factories.person(), kind="INSTITUTE")
    membership.leave(organisation_id=school.public_id, actor=researcher)
    factories.member(other, researcher)
    assert queries.is_lacking(researcher)
    assert queries.in_force(researcher) is None


def test_an_employer_whose_verification_is_over_can_still_take_back(school, researcher) -> None:
    dean = school.memberships.get(place="OWNER").user
    row = services.ask_for_consent(actor=researcher, wish=days(organisation=school))
    services.give_consent(public_id=row.public_id, actor=dean, conditions=THREE)
    supervising.suspend_organisation(
        public_id=school.public_id, actor=factories.officer_with(Role.SUPERVISOR), reason="x"
    )
    services.revoke_consent(public_id=row.public_id, actor=dean, reason="停止")


def test_leave_of_three_years_is_not_had_twice(school, researcher) -> None:
    dean = school.memberships.get(place="OWNER").user
    today = queries.today()
    for first in (today, today + timedelta(days=1000)):
        wish = services.Wish(kind="LEAVE", period=Period(first, first + timedelta(days=999)), organisation=school)
        row = services.ask_for_consent(actor=researcher, wish=wish)
        if first == today:
            services.give_consent(public_id=row.public_id, actor=dean, conditions=list(CONDITIONS[ConsentKind.LEAVE]))
    with pytest.raises(Refusal):
        services.give_consent(public_id=row.public_id, actor=dean, conditions=list(CONDITIONS[ConsentKind.LEAVE]))


@pytest.mark.parametrize(("first", "last"), [("9998-01-01", "9999-12-31"), ("9997-01-01", "9997-12-31")])
def test_days_far_away_are_refused_and_no_fault(school, researcher, first, last) -> None:
    answer = at_browser(researcher).post(
        reverse("consents:mine"),
        {"kind": "LEAVE", "first_day": first, "last_day": last, "organisation": school.public_id},
    )
    assert answer.status_code == 422


def test_paid_work_is_not_consented_to_for_eight_thousand_years(school, researcher) -> None:
    answer = at_browser(researcher).post(
        reverse("consents:mine"),
        {"kind": "IN_SERVICE", "first_day": "0001-01-01", "last_day": "9999-12-31", "organisation": school.public_id},
    )
    assert answer.status_code == 422


def test_asking_and_withdrawing_does_not_flood_an_office() -> None:
    admin = factories.officer_with(Role.REGION_ADMIN)
    person = factories.person()
    for _turn in range(30):
        try:
            row = services.ask_for_consent(actor=person, wish=days(employer="某所", region=factories.region()))
        except Refusal:
            break
        drain()
        services.withdraw_question(public_id=row.public_id, actor=person)
    assert Notice.objects.filter(user=admin, fact__kind="consent.asked_for").count() < 30

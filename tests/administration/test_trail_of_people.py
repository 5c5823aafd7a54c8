"""What the trail shows of people: consents of employers by their codes, a lost second factor without its reason."""

from datetime import timedelta

import pytest
from django.urls import reverse

from marketplace.accounts.models import Membership
from marketplace.accounts.roles import Role
from marketplace.administration import resetting
from marketplace.consents import queries, services
from marketplace.consents.terms import CONDITIONS, ConsentKind, Period
from tests import factories
from tests.administration.staff import office, with_app
from tests.tasks.web_adjudication.stage import at_browser, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def trail(about: str) -> str:
    return text_of(at_browser(office(Role.AUDIT_ADMIN)).get(reverse("administration:trail"), {"about": about}))


def test_a_consent_shows_with_its_conditions_and_without_its_employer_or_why_not() -> None:
    dean, researcher = factories.person(), factories.person()
    school = factories.organisation(dean, kind="UNIVERSITY")
    factories.member(school, researcher, Membership.Place.MEMBER)
    first = queries.today()
    for answer in ("given", "refused"):
        days = Period(first, first + timedelta(days=300))
        wish = services.Wish(kind=ConsentKind.IN_SERVICE, period=days, organisation=school)
        row = services.ask_for_consent(actor=researcher, wish=wish)
        if answer == "given":
            conditions = CONDITIONS[ConsentKind.IN_SERVICE]
            services.give_consent(public_id=row.public_id, actor=dean, conditions=conditions)
            services.revoke_consent(public_id=row.public_id, actor=dean, reason="内部原因")
        else:
            services.refuse_consent(public_id=row.public_id, actor=dean, reason="内部原因")
    shown = trail(researcher.public_id)
    for kind in ("asked_for", "given", "revoked", "refused"):
        assert f"consent.{kind}" in shown
    assert "DUTIES_DONE" in shown
    assert school.name not in shown
    assert "内部原因" not in shown


def test_a_lost_second_factor_shows_with_how_it_was_found_out_and_without_what_its_person_wrote() -> None:
    person = with_app(factories.person())
    row = resetting.ask(actor=person, reason="自己写的原因")
    resetting.vouch(public_id=row.public_id, actor=office(Role.SECURITY_ADMIN), how="已向单位核实")
    shown = trail(person.public_id)
    for text in ("person.factor_reset_asked", "person.factor_reset_vouched", "已向单位核实", row.public_id):
        assert text in shown
    assert "自己写的原因" not in shown

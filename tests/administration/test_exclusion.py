"""I18: nobody holds two of the three, nor any other office beside one of them; through neither door."""

from datetime import timedelta
from itertools import product

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.accounts import appointing, membership, queries
from marketplace.accounts import services as accounts
from marketplace.accounts.models import Expert, Membership, RoleGrant
from marketplace.accounts.roles import ADMINISTRATION, Role, Scope, excluded_by
from marketplace.invariants import separation
from marketplace.kernel import clock
from marketplace.kernel.errors import NotFound, Refusal
from tasks.adjudication import policy as cases
from tasks.adjudication import queries as judging
from tasks.adjudication import services as deciding
from tasks.challenges import services as posting
from tasks.proposals import policy as reading
from tasks.proposals import queries as proposals
from tasks.proposals import services as proposing
from tests import clock as movable
from tests import factories
from tests.administration.staff import office

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.mark.parametrize(("held", "other"), list(product(Role, Role)))
def test_the_table_is_kept_for_every_pair(held: Role, other: Role) -> None:
    person = office(held)
    excluded = held != other and bool(ADMINISTRATION & {held, other})
    assert (other in excluded_by(held)) == (held in excluded_by(other)) == excluded
    if held == other:
        return
    if excluded:
        with pytest.raises(Refusal, match="holds no other office"):
            accounts.grant_role(user=person, role=other, scope=Scope.PLATFORM)
        assert {grant.role for grant in queries.grants_of(person)} == {held}
    else:
        accounts.grant_role(user=person, role=other, scope=Scope.PLATFORM)


def test_an_office_that_ended_excludes_nothing() -> None:
    person = office(Role.ADJUDICATOR)
    appointing.dismiss(user=person, role=Role.ADJUDICATOR)
    accounts.grant_role(user=person, role=Role.AUDIT_ADMIN, scope=Scope.PLATFORM)
    assert queries.administers(person)


def test_the_terminal_refuses_it_too() -> None:
    person = office(Role.SECURITY_ADMIN)
    with pytest.raises(CommandError, match="holds no other office"):
        call_command("appoint", person.email, "SYSTEM_ADMIN")


def test_an_office_with_an_end_excludes_until_then() -> None:
    person = factories.person()
    soon = clock.now() + timedelta(days=3)
    accounts.grant_role(user=person, role=Role.SUPERVISOR, scope=Scope.PLATFORM, until=soon)
    with pytest.raises(Refusal):
        accounts.grant_role(user=person, role=Role.AUDIT_ADMIN, scope=Scope.PLATFORM, until=soon - timedelta(days=1))


def test_the_database_keeps_two_open_ended_ones_apart() -> None:
    person = office(Role.SYSTEM_ADMIN)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.create(user=person, role=Role.AUDIT_ADMIN, scope=Scope.PLATFORM)


@pytest.mark.production
def test_postgresql_keeps_periods_apart_too() -> None:
    person, end = factories.person(), clock.now() + timedelta(days=9)
    RoleGrant.objects.create(user=person, role=Role.SYSTEM_ADMIN, scope=Scope.PLATFORM, valid_until=end)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.create(user=person, role=Role.AUDIT_ADMIN, scope=Scope.PLATFORM)
    RoleGrant.objects.create(user=person, role=Role.AUDIT_ADMIN, scope=Scope.PLATFORM, valid_from=end)


def test_who_belongs_to_an_organisation_or_an_expert_is_made_no_administrator() -> None:
    owner, expert = factories.person(), factories.person()
    factories.organisation(owner)
    Expert.objects.create(user=expert, label="专家", expertise="评审")
    for person in (owner, expert):
        with pytest.raises(Refusal, match="belongs to an organisation or to an expert"):
            accounts.grant_role(user=person, role=Role.SYSTEM_ADMIN, scope=Scope.PLATFORM)


@pytest.mark.parametrize("role", sorted(ADMINISTRATION))
def test_administrators_take_no_part(role: Role) -> None:
    person, owner = office(role), factories.person()
    challenge, house = factories.open_challenge(), factories.organisation(owner)
    entry = Expert.objects.create(source_id="E9", label="专家", expertise="评审")
    asked = membership.invite(
        organisation_id=house.public_id, actor=owner, email=person.email, place=Membership.Place.MEMBER
    )
    acts = (
        lambda: proposing.start_proposal(challenge_id=challenge.public_id, actor=person),
        lambda: posting.draft_challenge(actor=person, content=factories.posting_content()),
        lambda: factories.organisation(person),
        lambda: membership.accept_invitation(public_id=asked.public_id, actor=person),
        lambda: appointing.tie_expert(source_id=entry.source_id or "", user=person),
    )
    for act in acts:
        with pytest.raises(Refusal):
            act()
    assert not queries.is_party(person)


def test_what_somebody_proposed_before_is_closed_to_them_as_long_as_they_administer() -> None:
    solver = factories.person()
    own = factories.submitted_proposal(factories.open_challenge(), solver)
    accounts.grant_role(user=solver, role=Role.SYSTEM_ADMIN, scope=Scope.PLATFORM)
    assert not proposals.proposals_of(solver).exists()
    with pytest.raises(Refusal):
        proposing.withdraw_proposal(public_id=own.public_id, actor=solver)
    appointing.dismiss(user=solver, role=Role.SYSTEM_ADMIN)
    assert proposals.own(own.public_id, solver) == own


WORDS = st.tuples(st.sampled_from(list(Role)), st.booleans(), st.sampled_from([None, 1, 5]), st.integers(0, 3))


@settings(deadline=None)
@given(st.lists(WORDS, max_size=10))
def test_whatever_is_said_in_whatever_order_no_moment_has_two_that_exclude_each_other(
    said: list[tuple[Role, bool, int | None, int]],
) -> None:
    person = factories.person()
    for role, give, days, later in said:
        movable.shift(days=later)
        until = clock.now() + timedelta(days=days) if days else None
        try:
            if give:
                appointing.appoint(user=person, role=role, scope=Scope.PLATFORM, until=until)
            else:
                appointing.dismiss(user=person, role=role)
        except Refusal:
            held = {grant.role for grant in RoleGrant.objects.filter(queries.now_or_later(), user=person)}
            assert held & excluded_by(role)
    assert separation.administrators_are_separate().violations == []
    movable.reset()


def test_a_case_and_a_seat_are_closed_to_them_as_well() -> None:
    """Both outlive the office of before: the challenge names its adjudicator, the panel its reviewer."""
    challenge = factories.open_challenge()
    factories.submitted_proposal(challenge)
    factories.under_review(factories.opened(factories.closed(challenge)))
    judge, seat = challenge.adjudicator, challenge.panel.assignments.order_by("pk")[0]
    assert judge
    assert cases.may_see_case(judge, challenge)
    assert judging.own_assignment(seat.public_id, seat.reviewer)
    appointing.dismiss(user=judge, role=Role.ADJUDICATOR)
    Expert.objects.filter(user=seat.reviewer).delete()
    for person in (judge, seat.reviewer):
        accounts.grant_role(user=person, role=Role.AUDIT_ADMIN, scope=Scope.PLATFORM)
    opened = challenge.proposals.get()
    assert not cases.may_see_case(judge, challenge)
    assert not reading.may_read(judge, opened)
    with pytest.raises(Refusal):
        deciding.reject_proposal(public_id=challenge.public_id, code=opened.code, actor=judge, reason="不")
    with pytest.raises(NotFound):
        judging.own_assignment(seat.public_id, seat.reviewer)
    assert not judging.reviewing(seat.reviewer, opened)

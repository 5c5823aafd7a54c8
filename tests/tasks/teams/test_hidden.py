"""Before the opening a team exists for its own people alone; whoever is invited knows of the invitation (I9)."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from marketplace.accounts.models import User
from marketplace.accounts.roles import Role
from marketplace.administration import trail
from marketplace.notices.recipients import recipients
from marketplace.outbox.models import Fact
from realtime import reach
from realtime.topics import Person
from tasks.challenges.models import Challenge
from tasks.teams import queries, services
from tasks.teams.models import Team
from tests import factories
from tests.tasks.teams import stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def _stranger(_team: Team) -> User:
    return factories.person()


def _officer(team: Team) -> User:
    return team.challenge.author


def _adjudicator(team: Team) -> User:
    found = Challenge.objects.get(pk=team.challenge_id).adjudicator
    assert found is not None
    return found


def _regional(_team: Team) -> User:
    return factories.officer_with(Role.REGION_ADMIN)


def _auditor(_team: Team) -> User:
    return _platform(Role.AUDIT_ADMIN)


def _system(_team: Team) -> User:
    return _platform(Role.SYSTEM_ADMIN)


def _platform(role: Role) -> User:
    person = factories.person()
    factories.accounts.grant_role(user=person, role=role, scope="PLATFORM")
    return person


def _invited(team: Team) -> User:
    person = factories.person()
    services.invite(public_id=team.public_id, actor=team.lead, email=person.email)
    return person


OTHERS = [_stranger, _officer, _adjudicator, _regional, _auditor, _system, _invited]
VERBS = ("invite", "shares", "unit", "agree", "leave", "dissolve")


@pytest.mark.parametrize("who", OTHERS)
def test_to_others_no_page_of_it_exists(who: Callable[[Team], User]) -> None:
    team = stage.ready()
    seat = queries.joined(team)[1]
    client, version = stage.browser(who(team)), Team.objects.get(pk=team.pk).version
    pages = [
        reverse("teams:team", args=[team.public_id]),
        reverse("teams:letters", args=[seat.public_id]),
        stage.proposal_of(team).get_absolute_url(),
    ]
    verbs = [reverse(f"teams:{verb}", args=[team.public_id]) for verb in VERBS]
    verbs.append(reverse("teams:remove", args=[team.public_id, seat.public_id]))
    assert {client.get(page).status_code for page in pages} == {404}
    missing = stage.bare(client.get(reverse("teams:team", args=["0" * 16])).content)
    assert stage.bare(client.get(pages[0]).content) == missing.replace("0" * 16, team.public_id)
    assert {client.post(verb).status_code for verb in verbs} == {404}
    assert Team.objects.get(pk=team.pk).version == version


def test_the_page_of_the_challenge_is_the_same_for_others() -> None:
    challenge = factories.open_challenge()
    people = [factories.person(), challenge.author]
    plain = [_shown(one, challenge) for one in people]
    team = stage.ready(challenge)
    stage.submitted(team)
    assert [_shown(one, challenge) for one in people] == plain


def _shown(person: User, challenge: Challenge) -> str:
    return stage.bare(stage.browser(person).get(challenge.get_absolute_url()).content)


def test_an_invitation_is_for_whoever_was_invited_alone() -> None:
    team, person = stage.ready(), factories.person()
    waiting = services.invite(public_id=team.public_id, actor=team.lead, email=person.email)
    page = reverse("teams:invitation", args=[waiting.public_id])
    shown = stage.browser(person).get(page)
    assert shown.status_code == 200
    member = queries.joined(team)[1].person
    assert str(member) not in shown.content.decode()
    for who in (member, team.lead, *(other(team) for other in OTHERS)):
        assert who is not None
        assert stage.browser(who).get(page).status_code == 404


def test_its_facts_reach_its_own_people_alone() -> None:
    team = stage.ready(members=3)
    stage.submitted(team)
    own = {one.person for one in queries.joined(team)}
    topics = {Person(one.public_id) for one in own if one}
    facts = list(Fact.objects.filter(stream=f"team:{team.public_id}"))
    assert {fact.kind for fact in facts} >= {"team.begun", "team.invited", "team.joined", "team.handed_in"}
    for fact in facts:
        assert {told.user for told in recipients(fact)} <= own
        assert reach.of_team(fact) <= topics


def test_audit_administrators_see_its_facts_from_the_opening_on() -> None:
    team = stage.ready()
    stage.submitted(team)
    shown = trail.facts(trail.Asked()).filter(stream__startswith="team:")
    assert not shown.exists()
    factories.opened(factories.closed(team.challenge))
    assert shown.exists()
    other = stage.begun()
    assert not shown.filter(stream=f"team:{other.public_id}").exists()


def test_no_fact_holds_a_name_or_an_address() -> None:
    team, person = stage.ready(), factories.person("不可写出的人")
    services.invite(public_id=team.public_id, actor=team.lead, email=person.email)
    told = str(list(Fact.objects.values_list("data", "reason", "subject")))
    for word in (person.email, str(person), str(team.lead), team.lead.email):
        assert word not in told


def test_what_a_letter_is_called_is_read_by_the_team_alone_before_the_opening() -> None:
    team = stage.ready()
    seat = queries.joined(team)[1]
    assert seat.person is not None
    page = reverse("teams:letters", args=[seat.public_id])
    sent = factories.scan_of_a_letter()
    file = SimpleUploadedFile("联合体协议甲.png", sent.read(), "image/png")
    at = reverse("vault:at", args=["team_letter", seat.public_id])
    assert stage.browser(seat.person).post(at, {"purpose": "CONSORTIUM", "file": file}).status_code in {200, 302}
    assert "联合体协议甲" in stage.browser(team.lead).get(page).content.decode()
    stage.submitted(team)
    challenge = Challenge.objects.get(pk=team.challenge_id)
    assert challenge.adjudicator is not None
    officer = stage.browser(challenge.adjudicator)
    factories.closed(challenge)
    assert (officer.get(page).status_code, officer.get(at).status_code) == (404, 404)
    assert (
        stage.browser(team.lead).post(at, {"purpose": "UNIT", "file": factories.scan_of_a_letter()}).status_code != 302
    )
    factories.opened(challenge)
    assert "联合体协议甲" in officer.get(page).content.decode()

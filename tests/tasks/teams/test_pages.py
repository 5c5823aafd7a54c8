"""The pages of a team, an invitation and a board: what each reader finds there, and that nothing typed is lost."""

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tasks.proposals.lifecycle import ProposalState
from tasks.teams import partners, queries, services
from tasks.teams.models import TeamMember
from tests import factories
from tests.tasks.teams import stage

PAGE, BOARD = 10, 12
"""Questions to the database."""

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def test_a_team_from_the_first_button_to_the_submission() -> None:
    challenge, lead, member = factories.open_challenge(), factories.person(), factories.person()
    led, joins = stage.browser(lead), stage.browser(member)
    assert "Answer as a team" in led.get(challenge.get_absolute_url()).content.decode()
    here = led.post(reverse("teams:begin", args=[challenge.public_id])).headers["Location"]
    assert "Nobody has joined yet" in led.get(here).content.decode()
    assert led.post(f"{here}invite/", {"email": member.email}).status_code == 302
    waiting = TeamMember.objects.get(state="INVITED")
    accept = reverse("teams:accept", args=[waiting.public_id])
    assert joins.post(accept, {"organisation": ""}).headers["Location"] == here
    one, two = queries.joined(waiting.team)
    shares = {f"work_{one.public_id}": "66.67", f"work_{two.public_id}": "33.33"}
    shares |= {f"reward_{one.public_id}": "50", f"reward_{two.public_id}": "50"}
    assert led.post(f"{here}shares/", shares).status_code == 302
    page = joins.get(here)
    assert "66.67" in page.content.decode()
    joins.post(f"{here}agree/", {"digest": page.context["digest"]})
    assert "Everybody has agreed" in joins.get(here).content.decode()
    draft = stage.proposal_of(waiting.team)
    typed = {**vars(factories.content()), "price": "200", "version": draft.version, "organisation": ""}
    edit = reverse("proposals:edit", args=[draft.public_id])
    assert "Check and submit" not in joins.get(draft.get_absolute_url()).content.decode()
    assert joins.post(edit, {name: value for name, value in typed.items() if value is not None}).status_code == 302
    submit = reverse("proposals:submit", args=[draft.public_id])
    assert joins.get(submit).status_code == 422
    assert led.post(submit, {"version": stage.proposal_of(waiting.team).version}).status_code == 302
    assert stage.proposal_of(waiting.team).state == ProposalState.SUBMITTED
    assert joins.get(draft.get_absolute_url()).status_code == 200
    assert joins.get(reverse("proposals:receipt", args=[draft.public_id, 1])).status_code == 200
    assert "It is handed in" in joins.get(here).content.decode()


def test_wrong_shares_are_told_and_what_was_typed_stays() -> None:
    team = stage.ready()
    one, two = queries.joined(team)
    typed = {f"work_{one.public_id}": "70.5", f"work_{two.public_id}": "29"}
    typed |= {f"reward_{one.public_id}": "50", f"reward_{two.public_id}": "50"}
    answer = stage.browser(team.lead).post(reverse("teams:shares", args=[team.public_id]), typed)
    assert answer.status_code == 422
    assert "they must add to 100" in answer.content.decode()
    assert 'value="70.5"' in answer.content.decode()
    assert queries.joined(team)[0].agreed_to == one.agreed_to


@pytest.mark.parametrize("typed", ["-1", "100.01", "33.333", "abc", "", "NaN"])
def test_what_is_no_share_is_told_beside_its_field(typed: str) -> None:
    team = stage.ready()
    one, two = queries.joined(team)
    said = {f"{kind}_{seat.public_id}": "50" for kind in ("work", "reward") for seat in (one, two)}
    said[f"work_{two.public_id}"] = typed
    answer = stage.browser(team.lead).post(reverse("teams:shares", args=[team.public_id]), said)
    assert answer.status_code == 422
    assert queries.joined(team)[1].work_share == 50


def test_shares_of_a_team_that_changed_meanwhile_are_not_taken() -> None:
    team = stage.ready()
    client, here = stage.browser(team.lead), reverse("teams:shares", args=[team.public_id])
    members = queries.joined(team)
    said = {f"{kind}_{seat.public_id}": "50" for kind in ("work", "reward") for seat in members}
    said["version"] = str(team.__class__.objects.get(pk=team.pk).version)
    stage.joining(team)
    assert client.post(here, said).status_code in {409, 422}
    assert all(seat.work_share != 0 for seat in queries.joined(team)[:2])


def test_an_agreement_to_what_is_no_more_is_told_as_such() -> None:
    team = stage.ready()
    member = queries.joined(team)[1].person
    assert member is not None
    answer = stage.browser(member).post(reverse("teams:agree", args=[team.public_id]), {"digest": "0" * 64})
    assert answer.status_code == 409


def test_the_invited_person_reads_what_becomes_of_their_own_draft() -> None:
    team = stage.begun()
    own = factories.proposal_draft(team.challenge)
    waiting = services.invite(public_id=team.public_id, actor=team.lead, email=own.author.email, whole_team=True)
    page = stage.browser(own.author).get(reverse("teams:invitation", args=[waiting.public_id])).content.decode()
    assert "it is set aside" in page
    assert "with the team you lead" in page


@pytest.mark.parametrize("members", [2, 4])
def test_the_page_asks_the_same_however_many_members(
    members: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    team = stage.ready(members=members)
    client = stage.browser(team.lead)
    here = reverse("teams:team", args=[team.public_id])
    client.get(here)
    with django_assert_num_queries(PAGE):
        assert client.get(here).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_the_board_asks_the_same_for_one_notice_and_for_three(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    challenge, author = factories.open_challenge(), factories.person()
    said = {"offers": "我们有中试线与测试平台。", "seeks": "寻找熟悉界面改性的课题组。"}
    for person in (author, *(factories.person() for _turn in range(number - 1))):
        partners.post_call(challenge_id=challenge.public_id, actor=person, **said)
    call = queries.board(challenge).get(author=author)
    for _turn in range(number):
        partners.reply_to_call(public_id=call.public_id, actor=factories.person(), text="我们愿意一起做这个题目。")
    client, here = stage.browser(author), reverse("partners:board", args=[challenge.public_id])
    client.get(here)
    with django_assert_num_queries(BOARD):
        assert client.get(here).status_code == 200


def test_the_page_of_the_challenge_leads_to_the_team_and_its_draft() -> None:
    team = stage.begun()
    own = factories.proposal_draft(team.challenge)
    stage.joining(team, own.author)
    page = stage.browser(own.author).get(team.challenge.get_absolute_url()).content.decode()
    assert team.get_absolute_url() in page
    assert reverse("proposals:edit", args=[stage.proposal_of(team).public_id]) in page
    assert "Answer as a team" not in page


@pytest.mark.parametrize("domain", ["İ" * 50, ".".join(["İ" * 20] * 11)])
def test_an_address_that_mail_cannot_write_is_refused_at_its_field(domain: str) -> None:
    team = stage.begun()
    typed = f"a@{domain}.org"
    answer = stage.browser(team.lead).post(f"/en/teams/{team.public_id}/invite/", {"email": typed})
    assert answer.status_code == 422
    assert "No letter can be sent to this address." in answer.context["invite_form"].errors["email"]
    assert typed in answer.content.decode()
    assert queries.invited(team) == []


@pytest.mark.parametrize("changed", [False, True])
def test_whoever_throws_a_replacement_away_is_told_that_the_team_is_another(changed: bool) -> None:  # noqa: FBT001  # a table
    team = stage.ready()
    proposal = stage.submitted(team)
    browser = stage.browser(team.lead)
    browser.post(f"/proposals/{proposal.public_id}/replace/")
    if changed:
        stage.shared(team, (60, 60), (40, 40))
    version = stage.proposal_of(team).version
    done = browser.post(f"/en/proposals/{proposal.public_id}/discard/", {"version": version}, follow=True)
    assert "The draft is destroyed." in done.content.decode()
    assert ("Your team has changed since it handed in" in done.content.decode()) == changed

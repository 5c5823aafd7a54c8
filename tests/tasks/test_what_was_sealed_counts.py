"""What was handed in is what is opened (I11, I12): in whose name, under which key, whatever changes in between."""

import logging
import os
import time
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.db import transaction

from marketplace.identity import documents
from marketplace.identity.services import Application
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from marketplace.sealing import draft_keys
from tasks import jobs
from tasks.challenges import intake as incoming
from tasks.challenges.lifecycle import State
from tasks.challenges.models import Challenge
from tasks.proposals import checking, intake, queries, receipts, services, versions
from tasks.proposals.desk import LEFT_BEHIND
from tasks.proposals.models import IntakeTicket, Proposal, SealedEnvelope
from tests import clock as movable
from tests import factories
from tests.identity.test_documents import CARD
from tests.tasks.teams import stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def handed_in(**changes: Any) -> Proposal:
    """Submitted in the name of the author's small firm."""
    challenge = factories.open_challenge(**changes)
    author = factories.person()
    draft = services.start_proposal(challenge_id=challenge.public_id, actor=author)
    firm = factories.organisation(author)
    services.save_proposal(public_id=draft.public_id, actor=author, content=factories.content(), organisation=firm)
    return services.submit_proposal(public_id=draft.public_id, actor=author)


def test_a_replacement_is_in_the_same_name() -> None:
    proposal = handed_in()
    services.replace_proposal(public_id=proposal.public_id, actor=proposal.author)
    with pytest.raises(Refusal, match="handed in in that name"):
        services.save_proposal(
            public_id=proposal.public_id, actor=proposal.author, content=factories.content(), organisation=None
        )


def test_whose_name_it_is_stands_in_the_envelope_whatever_the_row_says_at_the_opening() -> None:
    proposal = handed_in()
    firm = proposal.organisation
    assert firm
    Proposal.objects.filter(pk=proposal.pk).update(organisation=factories.organisation(factories.person()))
    factories.opened(factories.closed(proposal.challenge))
    assert Proposal.objects.get(pk=proposal.pk).organisation == firm


def test_of_a_team_it_is_the_leads_seat_at_the_submission() -> None:
    team = stage.ready()
    firm = factories.organisation(team.lead)
    proposal = stage.proposal_of(team)
    services.save_proposal(
        public_id=proposal.public_id, actor=team.lead, content=factories.content(), organisation=firm
    )
    stage.agreed(team)
    stage.submitted(team)
    factories.opened(factories.closed(team.challenge))
    found = Proposal.objects.get(pk=proposal.pk)
    assert found.organisation == firm == found.team.partners.get(person=team.lead).organisation  # type: ignore[union-attr]  # of a team


def test_the_platform_moves_to_another_address_and_everything_still_agrees(settings: Any) -> None:
    proposal = handed_in()
    said = receipts.document(queries.receipts_of(proposal)[0])
    settings.SITE_URL = "https://elsewhere.example"
    assert receipts.document(queries.receipts_of(proposal)[0]) == said
    assert checking.checked(said).holds
    factories.opened(factories.closed(proposal.challenge))
    assert Proposal.objects.get(pk=proposal.pk).state == "OPENED"


def test_without_the_key_that_signed_nothing_is_opened_and_with_it_again_everything(settings: Any) -> None:
    proposal = handed_in()
    known = settings.SIGNING_KEYS
    settings.SIGNING_KEYS = ["another key of sixty-four characters, long enough for anybody...."]
    challenge = factories.closed(proposal.challenge)
    with pytest.raises(Refusal, match="lacks a key"):
        factories.opened(challenge)
    assert Proposal.objects.get(pk=proposal.pk).state == "SUBMITTED"
    settings.SIGNING_KEYS = [*settings.SIGNING_KEYS, *known]
    officer = factories.sealing_queries.holders_of(challenge.public_id)[1]
    factories.opening.confirm_opening(public_id=challenge.public_id, actor=officer, phrase=factories.phrase_of(officer))
    assert Proposal.objects.get(pk=proposal.pk).state == "OPENED"


def test_a_proposal_is_replaced_so_often_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tasks.proposals.policy.MOST_VERSIONS", 2)
    proposal = handed_in()
    act = {"public_id": proposal.public_id, "actor": proposal.author}
    services.replace_proposal(**act)
    content = factories.content()
    services.save_proposal(**act, content=content, organisation=proposal.organisation)
    services.submit_proposal(**act)
    with pytest.raises(Refusal, match="as often as is possible"):
        services.replace_proposal(**act)
    assert SealedEnvelope.objects.filter(proposal=proposal).count() == 2


def test_a_ticket_that_cannot_be_sealed_holds_up_no_other(caplog: pytest.LogCaptureFixture) -> None:
    drafts = [factories.proposal_draft(factories.open_challenge()) for _one in range(2)]
    stuck, other = (intake.take_ticket(public_id=one.public_id, actor=one.author) for one in drafts)
    key = Path(draft_keys.keeper().path(drafts[0].public_id))
    key.unlink()
    key.mkdir()  # what a disk with a fault gives instead of a file
    movable.shift(seconds=LEFT_BEHIND.total_seconds() + 1)
    with caplog.at_level(logging.ERROR):
        assert jobs.settle_tickets() == 1
    assert "unsealed_ticket" in caplog.text
    assert [IntakeTicket.objects.get(pk=one.pk).state for one in (stuck, other)] == ["TAKEN", "ACCEPTED"]
    key.rmdir()


def test_a_call_closes_a_fixed_time_after_its_deadline() -> None:
    """So that the moment tells nobody whether something came in the last seconds (I9)."""
    challenge = factories.open_challenge()
    assert challenge.deadline
    movable.shift(seconds=(challenge.deadline - clock.now()).total_seconds() + 1)
    assert jobs.advance() == 0
    movable.shift(seconds=incoming.CLOSES_AFTER.total_seconds())
    assert jobs.advance() == 1
    assert Challenge.objects.get(pk=challenge.pk).state == State.SEALED


def test_the_key_of_what_is_written_meanwhile_stays(django_capture_on_commit_callbacks: Any) -> None:
    draft = factories.proposal_draft(factories.open_challenge())
    code = draft.as_kept.code
    with django_capture_on_commit_callbacks() as after:
        services.submit_proposal(public_id=draft.public_id, actor=draft.author)
    services.replace_proposal(public_id=draft.public_id, actor=draft.author, code=code)  # in another window
    for one in after:
        one()
    assert not Proposal.objects.get(pk=draft.pk).as_kept.lost


def test_the_key_of_a_draft_that_is_only_being_stored_is_left_alone() -> None:
    with transaction.atomic():
        draft_keys.concealed("lent", of="notcommittedyet0")
        intake.forget_keys()
    here = Path(draft_keys.keeper().path("notcommittedyet0"))
    assert here.exists()
    hours_ago = time.time() - 2 * intake.YOUNG.total_seconds()
    os.utime(here, (hours_ago, hours_ago))
    intake.forget_keys()
    assert not here.exists()


def test_nobody_pushes_another_writers_versions_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "MOST", 3)
    team = stage.ready()
    proposal = stage.proposal_of(team)
    member = next(one.person for one in stage.queries.joined(team) if one.person != team.lead)
    assert member
    for number, actor in enumerate([team.lead, *[member] * 6]):
        services.save_proposal(
            public_id=proposal.public_id,
            actor=actor,
            content=factories.content(approach=f"第{number}稿" * 20),
            organisation=proposal.organisation,
            by_hand=True,
        )
    writers = [one.saved_by for one in versions.of(proposal)]
    assert (writers.count(member), writers.count(team.lead)) == (
        3,
        2,
    )  # its lead has saved twice: once when it was begun


def test_a_page_of_comparisons_takes_a_bounded_time() -> None:
    rough = Random(7)
    letters = [chr(code) for code in range(0x4E00, 0x9FA5)]
    texts = {
        name: ["".join(rough.choices(letters, k=15_000)) for _two in range(2)]
        for name in ("approach", "team", "schedule", "indicators_answer")
    }
    draft = factories.proposal_draft(factories.open_challenge())
    before, after = (factories.content(**{name: pair[n] for name, pair in texts.items()}) for n in range(2))
    began = time.monotonic()
    assert len(versions.differences(before, after, draft)) == len(texts)
    assert time.monotonic() - began < 3 * versions.PATIENCE


def test_who_hands_in_and_says_their_name_with_it_needs_the_page_no_more() -> None:
    """The process may die right after the ticket: what the job seals then, it seals with the name."""
    draft = factories.proposal_draft(factories.open_challenge(), author=factories.person(known=False))
    said = Application(name="欧阳", document=documents.id_card(CARD), region=factories.region())
    intake.take_ticket(public_id=draft.public_id, actor=draft.author, real_name=said)
    movable.shift(seconds=LEFT_BEHIND.total_seconds() + 1)
    assert jobs.settle_tickets() == 1
    assert Proposal.objects.get(pk=draft.pk).state == "SUBMITTED"

"""What is handed in is sealed: nobody reads it before the opening, its owner with a code; receipts hold (I8–I13)."""

import json
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.core.files.storage import storages
from django.test import Client

from marketplace.kernel import clock
from marketplace.kernel.errors import NotFound, Refusal, Stale
from marketplace.outbox.models import Fact
from marketplace.sealing import draft_keys, envelopes
from tasks.challenges import services as posting
from tasks.proposals import checking, intake, queries, receipts, services
from tasks.proposals.content import Content
from tasks.proposals.lifecycle import ProposalState, TicketState
from tasks.proposals.models import IntakeTicket, Proposal, SealedEnvelope
from tests import clock as movable
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

SECRETS = ("绝密标题甲乙丙", "绝密路线丁戊己", "绝密指标庚辛壬", "绝密进度子丑寅", "绝密团队卯辰巳")


def secret_draft(**changes: object) -> Proposal:
    named = dict(zip(("title", "approach", "indicators_answer", "schedule", "team"), SECRETS, strict=True))
    return factories.proposal_draft(factories.open_challenge(), **{**named, **changes})


def submit(draft: Proposal) -> Proposal:
    return services.submit_proposal(public_id=draft.public_id, actor=draft.author)


def whole_database() -> str:
    return "\n".join(str(list(model.objects.values())) for model in apps.get_models())


def shown(text: str) -> list[str]:
    """Those of the secrets that show in a text, in whatever common dress."""
    dressed = {one: (one, one.encode().hex(), json.dumps(one)[1:-1], repr(one.encode())[2:-1]) for one in SECRETS}
    return [one for one, ways in dressed.items() if any(way in text for way in ways)]


def test_neither_a_draft_nor_a_submission_shows_in_any_table() -> None:
    draft = secret_draft()
    assert shown(whole_database()) == []
    submit(draft)
    assert shown(whole_database()) == []


def test_the_scan_finds_what_is_planted() -> None:
    secret_draft()
    Proposal.objects.update(rejection=f"泄露{SECRETS[1]}")
    assert shown(whole_database()) == [SECRETS[1]]


def test_with_the_submission_the_key_of_the_draft_is_gone(django_capture_on_commit_callbacks) -> None:
    draft = secret_draft()
    kept = draft.kept
    assert json.loads(draft_keys.revealed(kept, of=draft.public_id))["content"]["title"] == SECRETS[0]
    with django_capture_on_commit_callbacks(execute=True):
        submit(draft)
    assert draft.public_id not in list(draft_keys.kept(before=datetime.now(UTC)))
    assert not storages["draft_keys"].exists(draft.public_id)
    with pytest.raises(draft_keys.CannotDecrypt):
        draft_keys.revealed(kept, of=draft.public_id)


def test_a_draft_whose_key_is_gone_is_told_and_can_be_written_anew() -> None:
    draft = secret_draft()
    draft_keys.forget(draft.public_id)
    found = Proposal.objects.get(pk=draft.pk)
    assert found.as_kept.lost
    assert found.content == Content()
    services.save_proposal(
        public_id=draft.public_id, actor=draft.author, content=factories.content(), organisation=None
    )
    assert Proposal.objects.get(pk=draft.pk).content == factories.content()


def test_its_owner_reads_it_again_with_the_code_and_with_nothing_else() -> None:
    draft = secret_draft()
    code = draft.as_kept.code
    sealed = submit(draft)
    said = services.reread_proposal(public_id=sealed.public_id, actor=draft.author, code=code).content
    assert said.title == SECRETS[0]
    with pytest.raises(Refusal, match="not the reading code"):
        services.reread_proposal(public_id=sealed.public_id, actor=draft.author, code=envelopes.new_code())
    with pytest.raises(NotFound):
        services.reread_proposal(public_id=sealed.public_id, actor=factories.person(), code=code)
    assert shown(whole_database()) == []


def test_what_was_submitted_counts_until_another_version_is() -> None:
    draft = factories.proposal_draft(factories.open_challenge())
    code, author = draft.as_kept.code, draft.author
    submit(draft)
    services.replace_proposal(public_id=draft.public_id, actor=author, code=code)
    begun = Proposal.objects.get(pk=draft.pk)
    assert (begun.state, begun.content, begun.as_kept.code) == ("SUBMITTED", factories.content(), code)
    services.save_proposal(
        public_id=draft.public_id, actor=author, content=factories.content(title="第二版"), organisation=None
    )
    services.submit_proposal(public_id=draft.public_id, actor=author)
    assert [one.number for one in SealedEnvelope.objects.filter(proposal=draft)] == [1, 2]
    challenge = factories.opened(factories.closed(draft.challenge))
    assert challenge.proposals.get().content.title == "第二版"


def test_a_version_that_was_never_submitted_does_not_count() -> None:
    draft = factories.proposal_draft(factories.open_challenge())
    submit(draft)
    services.replace_proposal(public_id=draft.public_id, actor=draft.author)
    services.save_proposal(
        public_id=draft.public_id, actor=draft.author, content=factories.content(title="第二版"), organisation=None
    )
    opened = factories.opened(factories.closed(draft.challenge)).proposals.get()
    assert opened.content == factories.content()


def test_whoever_holds_a_part_of_the_key_cannot_propose_where_it_opens() -> None:
    challenge = factories.open_challenge()
    officer = factories.opening_officers()[0]
    with pytest.raises(Refusal, match="part of the key"):
        services.start_proposal(challenge_id=challenge.public_id, actor=officer)


def test_the_ticket_decides_and_not_the_moment_of_sealing() -> None:
    challenge = factories.open_challenge()
    draft = factories.proposal_draft(challenge)
    assert challenge.deadline
    movable.shift(seconds=(challenge.deadline - factories.clock.now()).total_seconds() - 2)
    ticket = intake.take_ticket(public_id=draft.public_id, actor=draft.author, version=draft.version)
    movable.shift(seconds=60)
    with pytest.raises(Refusal, match="being sealed"):
        posting.close_challenge(public_id=challenge.public_id)
    sealed = intake.settle(ticket)
    assert sealed.submitted_at == ticket.taken_at < challenge.deadline
    assert posting.close_challenge(public_id=challenge.public_id).state == "SEALED"


def test_a_late_ticket_is_settled_as_late_and_holds_nothing_up() -> None:
    challenge = factories.open_challenge()
    draft = factories.proposal_draft(challenge)
    movable.shift(days=31)
    with pytest.raises(Refusal, match="deadline has passed"):
        submit(draft)
    assert IntakeTicket.objects.get().state == TicketState.LATE
    posting.close_challenge(public_id=challenge.public_id)
    assert Proposal.objects.get(pk=draft.pk).state == ProposalState.DRAFT


def test_between_ticket_and_envelope_nothing_changes_it() -> None:
    draft = factories.proposal_draft(factories.open_challenge())
    ticket = intake.take_ticket(public_id=draft.public_id, actor=draft.author)
    with pytest.raises(Refusal, match="being sealed"):
        services.save_proposal(
            public_id=draft.public_id, actor=draft.author, content=factories.content(title="新"), organisation=None
        )
    intake.settle(ticket)
    with pytest.raises(Stale):
        intake.settle(intake.take_ticket(public_id=draft.public_id, actor=draft.author, version=draft.version))
    assert IntakeTicket.objects.get(pk=ticket.pk).state == TicketState.ACCEPTED


def test_settled_by_somebody_else_meanwhile_it_is_accepted_all_the_same() -> None:
    draft = factories.proposal_draft(factories.open_challenge())
    ticket = intake.take_ticket(public_id=draft.public_id, actor=draft.author)
    same = queries.to_settle(clock.now()).get()
    intake.settle(same)
    assert intake.settle(ticket).state == ProposalState.SUBMITTED
    assert SealedEnvelope.objects.count() == 1


def receipt_of(proposal: Proposal) -> dict[str, object]:
    return receipts.document(queries.receipts_of(proposal)[0])


def test_a_receipt_holds_and_nothing_in_it_can_be_changed() -> None:
    said = receipt_of(submit(secret_draft()))
    assert checking.checked(said).holds
    for name, value in said.items():
        changed = {**said, name: (value + 1 if isinstance(value, int) else f"x{value}")}
        assert not checking.checked(changed).signed, name
    assert not checking.checked({**said, "more": "x"}).signed


def test_what_was_put_in_the_place_of_the_sealed_bytes_is_found_and_not_opened() -> None:
    challenge = factories.open_challenge()
    honest, other = (factories.submitted_proposal(challenge, title=title) for title in ("甲", "乙"))
    foreign = SealedEnvelope.objects.get(proposal=other)
    said = receipt_of(honest)
    SealedEnvelope.objects.filter(proposal=honest).update(
        sealed=foreign.sealed, box=foreign.box, digest=foreign.digest, commitment=foreign.commitment
    )
    assert checking.checked(said).kept is False
    factories.opened(factories.closed(challenge))
    honest.refresh_from_db()
    other.refresh_from_db()
    assert (honest.state, other.state) == ("INADMISSIBLE", "OPENED")
    assert Fact.objects.get(kind="proposal.unopenable").subject == honest.public_id
    author, officer = Client(), Client()
    author.force_login(honest.author)
    assert "could not be opened" in author.get(f"/en/proposals/{honest.public_id}/").content.decode()
    assert challenge.adjudicator
    officer.force_login(challenge.adjudicator)
    assert (
        "could not be opened"
        in officer.get(f"/en/desk/{challenge.public_id}/proposals/{honest.code}/").content.decode()
    )


def test_a_receipt_is_compared_with_what_is_kept_only_if_it_is_ours() -> None:
    said = receipt_of(submit(secret_draft()))
    finding = checking.checked({**said, "signature": "AAAA"})
    assert (finding.signed, finding.kept) == (False, None)

"""Files of proposals: told by no row while they are sealed, and back with what opens them (I8, I15)."""

import hashlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms.models import model_to_dict
from django.urls import reverse

from marketplace.accounts.models import User
from marketplace.kernel.errors import Expected, NotFound, Refusal
from marketplace.notices.recipients import recipients
from marketplace.outbox.models import Fact
from marketplace.vault import policy as reading
from marketplace.vault import queries as vault
from marketplace.vault import services as bringing
from marketplace.vault import store
from marketplace.vault.lifecycle import FileState
from marketplace.vault.models import StoredFile
from realtime import reach
from realtime.topics import Person
from tasks.adjudication import queries
from tasks.proposals import files, intake, services
from tasks.proposals.models import Proposal
from tests import factories
from tests.tasks.web_adjudication.stage import at_browser

pytestmark = pytest.mark.django_db

NAME = "某某电池研究所 汇总.txt"


@pytest.fixture(autouse=True)
def no_scanner(settings: Any) -> None:
    """What a scanner says is asked elsewhere."""
    settings.CLAMD = ""


def bring(proposal: Proposal, *, name: str = NAME, text: str = "阻抗数据") -> StoredFile:
    """A file of a draft, brought by its author."""
    upload = SimpleUploadedFile(name, text.encode())
    return bringing.bring(
        actor=proposal.author, code=files.CODE, holder=proposal.public_id, purpose="PLAN", upload=upload
    )


def told(row: StoredFile) -> dict[str, Any]:
    """What the database has of a file."""
    return model_to_dict(StoredFile.objects.get(pk=row.pk))


def names(proposal: Proposal) -> list[str]:
    """The files at hand, as their owner reads them."""
    return [row.name for row in vault.of(files.CODE, proposal.public_id)]


def called_by(person: User, row: StoredFile) -> str:
    """What a file is called to them."""
    return reading.called(person, row, reading.rights(person, row.door, row.holder))


def content(row: StoredFile) -> bytes:
    """What lies in the store, opened as pages open it."""
    return b"".join(bringing.content_of(vault.found(row.public_id)))


@pytest.fixture
def draft() -> Proposal:
    """A complete draft answer."""
    return factories.proposal_draft(factories.open_challenge())


def submitted(draft: Proposal) -> tuple[Proposal, str]:
    """It handed in, and its reading code."""
    code = draft.as_kept.code
    return services.submit_proposal(public_id=draft.public_id, actor=draft.author), code


def test_no_row_and_no_fact_tells_what_a_file_is_not_even_of_a_draft(draft: Proposal) -> None:
    row = bring(draft)
    seen = told(row)
    assert [seen[one] for one in ("name", "kind", "digest", "taken_out", "concealed_key")] == ["", "", "", {}, ""]
    assert NAME not in seen["hidden"]
    fact = Fact.objects.get(kind="file.brought", subject=row.public_id)
    assert (fact.data["digest"], fact.data["kind"]) == ("", "")
    assert names(draft) == [NAME]
    assert content(row) == "阻抗数据".encode()


def test_once_it_is_sealed_nobody_can_tell_or_open_it_its_owner_neither(draft: Proposal) -> None:
    row = bring(draft)
    proposal, _code = submitted(draft)
    assert told(row)["hidden"] == ""
    assert names(proposal) == []
    with pytest.raises(Expected):
        bringing.bring(
            actor=proposal.author,
            code=files.CODE,
            holder=proposal.public_id,
            purpose="PLAN",
            upload=SimpleUploadedFile("b.txt", b"b"),
        )
    assert not reading.may_read(proposal.author, vault.found(row.public_id))
    assert store.get(row.place) is not None


def test_with_its_reading_code_its_owner_is_told_what_was_sealed(draft: Proposal) -> None:
    row = bring(draft)
    digest = hashlib.sha256(content(row)).hexdigest()
    proposal, code = submitted(draft)
    read = services.reread_proposal(public_id=proposal.public_id, actor=proposal.author, code=code)
    assert [(one["name"], one["digest"]) for one in read.files] == [(NAME, digest)]


def test_after_the_opening_those_who_judge_read_it_by_number_and_others_do_not(draft: Proposal) -> None:
    row = bring(draft)
    proposal, _code = submitted(draft)
    challenge = factories.opened(factories.closed(proposal.challenge))
    StoredFile.objects.filter(pk=row.pk).update(state=FileState.CLEAN)
    found = vault.found(row.public_id)
    assert challenge.adjudicator is not None
    assert reading.may_read(challenge.adjudicator, found)
    called = called_by(challenge.adjudicator, found)
    assert NAME not in called
    assert called.endswith("-1.txt")
    assert called_by(proposal.author, found) == NAME
    assert content(row) == "阻抗数据".encode()
    laid = Fact.objects.get(kind="file.laid_open", subject=row.public_id)
    assert laid.data["digest"] == hashlib.sha256(content(row)).hexdigest()
    for other in (factories.person(), challenge.author):
        with pytest.raises(NotFound):
            reading.may_read(other, found)


def test_before_the_opening_it_does_not_exist_for_anybody_else(draft: Proposal) -> None:
    row = bring(draft)
    challenge = draft.challenge
    assert challenge.adjudicator is not None
    for other in (factories.person(), challenge.author, challenge.adjudicator):
        with pytest.raises(NotFound):
            reading.may_read(other, vault.found(row.public_id))


def test_another_version_takes_the_files_along_with_its_code_and_the_sealed_one_keeps_them(draft: Proposal) -> None:
    kept, dropped = bring(draft), bring(draft, name="b.txt", text="另一份")
    proposal, code = submitted(draft)
    again = services.replace_proposal(public_id=proposal.public_id, actor=proposal.author, code=code)
    assert sorted(names(again)) == sorted([NAME, "b.txt"])
    bringing.take_away(actor=proposal.author, public_id=dropped.public_id)
    assert names(again) == [NAME]
    assert told(dropped)["state"] in {"WAITING", "UNSCANNED"}, "the sealed version still counts on it"
    factories.opened(factories.closed(proposal.challenge))
    both = {row.name for row in vault.of(files.CODE, proposal.public_id)}
    assert both == {NAME, "b.txt"}, "what was not submitted again does not count"
    assert content(kept) == "阻抗数据".encode()


def test_of_a_replaced_version_only_what_was_submitted_again_is_opened(draft: Proposal) -> None:
    _kept, dropped = bring(draft), bring(draft, name="b.txt", text="另一份")
    proposal, code = submitted(draft)
    services.replace_proposal(public_id=proposal.public_id, actor=proposal.author, code=code)
    bringing.take_away(actor=proposal.author, public_id=dropped.public_id)
    services.submit_proposal(public_id=proposal.public_id, actor=proposal.author)
    factories.opened(factories.closed(proposal.challenge))
    assert names(proposal) == [NAME]
    assert told(dropped)["state"] == FileState.REMOVED


def test_a_withdrawn_one_lends_its_files_with_its_code(draft: Proposal) -> None:
    bring(draft)
    proposal, code = submitted(draft)
    services.withdraw_proposal(public_id=proposal.public_id, actor=proposal.author)
    assert names(proposal) == []
    again = services.start_proposal(challenge_id=proposal.challenge.public_id, actor=proposal.author, code=code)
    assert (again.pk != proposal.pk, names(again)) == (True, [NAME])


def test_what_a_withdrawn_one_left_is_deleted_when_the_call_is_over(draft: Proposal) -> None:
    row = bring(draft)
    proposal, _code = submitted(draft)
    services.withdraw_proposal(public_id=proposal.public_id, actor=proposal.author)
    assert intake.forget_files() == 0, "its owner may start from it again"
    factories.closed(proposal.challenge)
    assert intake.forget_files() == 1
    assert told(row)["state"] == FileState.REMOVED


def test_a_file_put_in_anothers_place_is_not_told(draft: Proposal) -> None:
    mine, other = bring(draft), bring(draft, name="b.txt", text="另一份")
    swapped = told(other)["hidden"]
    StoredFile.objects.filter(pk=mine.pk).update(hidden=swapped)
    assert vault.found(mine.public_id).name == ""


def test_nothing_is_brought_between_its_ticket_and_its_envelope(draft: Proposal) -> None:
    intake.take_ticket(public_id=draft.public_id, actor=draft.author)
    with pytest.raises(Refusal):
        bring(draft)


def test_reviewers_read_it_while_they_review_and_learn_no_name_and_no_hour(draft: Proposal) -> None:
    row = bring(draft)
    proposal, _code = submitted(draft)
    challenge = factories.opened(factories.closed(proposal.challenge))
    StoredFile.objects.filter(pk=row.pk).update(state=FileState.CLEAN)
    stranger = factories.person()
    factories.under_review(challenge)
    reviewer = queries.seated(challenge)[0].reviewer
    found = vault.found(row.public_id)
    assert reading.may_read(reviewer, found)
    page = at_browser(reviewer).get(reverse("vault:at", args=[files.CODE, proposal.public_id])).content.decode()
    assert "-1.txt" in page
    for secret in (NAME, proposal.author.display_name, f"{row.uploaded_at:%H:%M}"):
        assert secret not in page
    assert at_browser(stranger).get(reverse("vault:at", args=[files.CODE, proposal.public_id])).status_code == 404


def test_those_whose_it_is_hear_of_it_and_nobody_else(draft: Proposal) -> None:
    row = bring(draft)
    fact = Fact.objects.get(kind="file.brought", subject=row.public_id)
    assert reach.of_file(fact) == {Person(draft.author.public_id)}
    condemned = Fact(stream=fact.stream, kind="file.condemned", subject=row.public_id)
    assert [(one.user, one.argument) for one in recipients(condemned)] == [(draft.author, draft.public_id)]

"""Receipts stamped by an authority outside (RFC 3161): afterwards, by a job, and never in the way of a submission."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from marketplace.kernel import clock
from tasks.jobs import stamp_receipts
from tasks.proposals import checking, queries, receipts
from tasks.proposals.models import Proposal, ReceiptTimestamp, SubmissionReceipt
from tasks.web import paper
from tasks.web.forms.receipts import as_text
from tests import clock as movable
from tests import factories
from tests.kernel.authority import Running, running
from tests.tasks.web_adjudication.stage import at_browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("authority")) as one:
        yield one


@pytest.fixture
def authority(started: Running, settings: Settings) -> Running:
    settings.TIMESTAMP_URL, settings.TIMESTAMP_CA = started.address, started.roots
    started.behaves("well")
    return started


@pytest.fixture
def proposal() -> Proposal:
    return factories.submitted_proposal(factories.open_challenge())


def receipt_of(proposal: Proposal) -> SubmissionReceipt:
    return queries.receipts_of(proposal)[0]


def test_by_default_nobody_outside_is_asked(proposal: Proposal) -> None:
    assert stamp_receipts() == 0
    assert not ReceiptTimestamp.objects.exists()


def test_a_receipt_is_stamped_once_and_its_owner_has_the_file(authority: Running, proposal: Proposal) -> None:
    before = len(authority.asked)
    assert [stamp_receipts(), stamp_receipts()] == [1, 0]
    assert len(authority.asked) == before + 1
    row = ReceiptTimestamp.objects.get()
    assert (row.receipt, row.authority, row.fault) == (receipt_of(proposal), "CN=Test tsa", "")
    address = reverse("proposals:receipt_tsr", args=[proposal.public_id, 1])
    owner = at_browser(proposal.author)
    assert owner.get(address).content == bytes(row.answer)
    assert at_browser(factories.person()).get(address).status_code == 404
    page = owner.get(reverse("proposals:receipt", args=[proposal.public_id, 1])).content.decode()
    assert address in page
    assert "CN=Test tsa" in page


def test_nothing_of_the_proposal_or_its_owner_goes_out(authority: Running, proposal: Proposal) -> None:
    stamp_receipts()
    asked = authority.asked[-1]
    for one in (proposal.public_id, proposal.challenge.public_id, proposal.author.public_id, proposal.author.email):
        assert one.encode() not in asked


@pytest.mark.parametrize("behaviour", ["500", "garbage", "stranger", "over"])
def test_what_fails_is_asked_again_each_time_later(authority: Running, proposal: Proposal, behaviour: str) -> None:
    authority.behaves(behaviour)
    waits = []
    for _attempt in range(3):
        now = clock.now()
        assert stamp_receipts() == 0
        row = ReceiptTimestamp.objects.get()
        assert row.stamped_at is None
        assert row.fault
        waits.append(round((row.due_at - now) / timedelta(minutes=1)))
        assert stamp_receipts() == 0
        movable.shift(seconds=(row.due_at - clock.now()).total_seconds() + 1)
    assert waits == [1, 2, 4]
    assert receipt_of(proposal)
    authority.behaves("well")
    movable.shift(seconds=-movable.offset().total_seconds())
    ReceiptTimestamp.objects.update(due_at=clock.now())
    assert stamp_receipts() == 1


def test_one_that_cannot_be_reached_is_asked_once_and_not_for_every_receipt(
    authority: Running, proposal: Proposal
) -> None:
    for _one in range(2):
        factories.submitted_proposal(proposal.challenge)
    authority.behaves("500")
    before = len(authority.asked)
    for _run in range(3):
        stamp_receipts()
    assert len(authority.asked) == before + 1


def test_a_submission_waits_for_nobody(authority: Running, settings: Settings) -> None:
    settings.TIMESTAMP_URL = "http://127.0.0.1:9/"
    proposal = factories.submitted_proposal(factories.open_challenge())
    assert receipt_of(proposal)
    assert not ReceiptTimestamp.objects.exists()


def checked(**given: Any) -> str:
    client = Client(headers={"accept-language": "en"})
    return client.post(reverse("proposals:check"), given).content.decode()


def test_anybody_checks_it_with_the_sheet_or_with_its_own_file(authority: Running, proposal: Proposal) -> None:
    stamp_receipts()
    receipt, stamp = receipt_of(proposal), ReceiptTimestamp.objects.get()
    sheet = paper.sheet(receipt, stamp)
    assert paper.sheet(receipt, ReceiptTimestamp.objects.get()) == sheet
    assert "CN=Test tsa" in checked(file=SimpleUploadedFile("receipt.pdf", sheet))
    said = as_text(receipts.document(receipt))
    own = SimpleUploadedFile("receipt.tsr", bytes(stamp.answer))
    assert "CN=Test tsa" in checked(text=said, stamp=own)


def test_the_stamp_of_another_receipt_does_not_hold(authority: Running, proposal: Proposal) -> None:
    other = factories.submitted_proposal(proposal.challenge)
    stamp_receipts()
    foreign = ReceiptTimestamp.objects.get(receipt=receipt_of(other))
    page = checked(
        text=as_text(receipts.document(receipt_of(proposal))),
        stamp=SimpleUploadedFile("receipt.tsr", bytes(foreign.answer)),
    )
    assert "The receipt does not hold" in page
    assert "not one of this receipt" in page


def test_without_certificates_a_stamp_is_neither_right_nor_wrong(
    authority: Running, proposal: Proposal, settings: Settings
) -> None:
    stamp_receipts()
    sheet = paper.sheet(receipt_of(proposal), ReceiptTimestamp.objects.get())
    settings.TIMESTAMP_CA = ""
    page = checked(file=SimpleUploadedFile("receipt.pdf", sheet))
    assert "The receipt holds" in page
    assert "not checked: this platform knows no authority" in page


def test_the_command_checks_it_offline(
    authority: Running, proposal: Proposal, tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    stamp_receipts()
    settings.TIMESTAMP_URL = settings.TIMESTAMP_CA = ""
    said, stamp = tmp_path / "receipt.json", tmp_path / "receipt.tsr"
    said.write_text(as_text(receipts.document(receipt_of(proposal))), encoding="utf-8")
    stamp.write_bytes(bytes(ReceiptTimestamp.objects.get().answer))
    call_command("verify_receipt", str(said), stamp=stamp, authority=Path(authority.roots))
    assert "CN=Test tsa" in capsys.readouterr().out
    stranger = authority.folder / "stranger_ca.pem"
    with pytest.raises(CommandError, match="does not hold"):
        call_command("verify_receipt", str(said), stamp=stamp, authority=stranger)


def test_a_stamp_in_garbage_is_told_and_breaks_nothing(proposal: Proposal, authority: Running) -> None:
    said = as_text(receipts.document(receipt_of(proposal)))
    for content in (b"x", b"0" * (checking.LONGEST + 5), b"\x30\x82\xff\xff"):
        assert "The receipt does not hold" in checked(text=said, stamp=SimpleUploadedFile("receipt.tsr", content))


@pytest.mark.parametrize(
    "changed", [{"TIMESTAMP_CA": ""}, {"TIMESTAMP_CA": "/nowhere.pem"}, {"TIMESTAMP_URL": "file:/x"}]
)
def test_settings_that_could_never_prove_anything_do_not_start(
    authority: Running, settings: Settings, changed: dict[str, str]
) -> None:
    def found() -> set[str | None]:
        return {one.id for one in run_checks()} & {"zhongyan.E021", "zhongyan.E022", "zhongyan.E023"}

    assert found() == set()
    for name, value in changed.items():
        setattr(settings, name, value)
    assert len(found()) == 1

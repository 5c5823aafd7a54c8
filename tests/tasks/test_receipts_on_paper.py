"""The receipt as a sheet of paper (H30): all of it to be read, the receipt itself inside, the same bytes each time."""

import contextlib
import io
import json
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from marketplace.kernel import keys
from tasks.proposals import checking, enclosed, queries, receipts
from tasks.proposals.models import SubmissionReceipt
from tasks.web import paper
from tests import factories
from tests.tasks.web_adjudication.stage import at_browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

AUTHOR = "欧阳若水"


@pytest.fixture
def receipt() -> SubmissionReceipt:
    author = factories.person(AUTHOR)
    proposal = factories.submitted_proposal(factories.open_challenge(), author=author)
    return queries.receipts_of(proposal)[0]


@pytest.fixture
def sheet(receipt: SubmissionReceipt) -> bytes:
    return paper.sheet(receipt)


def shown(sheet: bytes) -> str:
    """What a reader of the page sees, taken from the sheet by its own table of characters."""
    with pikepdf.open(io.BytesIO(sheet)) as document:
        return "".join(text_of(page) for page in document.pages)


def text_of(page: pikepdf.Page) -> str:
    (font,) = page.Resources.Font.values()
    table = characters(font.ToUnicode.read_bytes().decode())
    written = [one.operands[0] for one in pikepdf.parse_content_stream(page) if str(one.operator) == "Tj"]
    pairs = [bytes(one) for one in written]
    return " ".join("".join(table[one[i : i + 2]] for i in range(0, len(one), 2)) for one in pairs)


def characters(cmap: str) -> dict[bytes, str]:
    lines = [line.split() for line in cmap.splitlines() if line.startswith("<") and len(line.split()) == 2]
    pairs = [(left.strip("<>"), right.strip("<>")) for left, right in lines if len(left) == 6]
    return {bytes.fromhex(left): bytes.fromhex(right).decode("utf-16-be") for left, right in pairs}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_all_values_of_the_receipt_stand_on_one_page(receipt: SubmissionReceipt, language: str) -> None:
    with translation.override(language):
        sheet = paper.sheet(receipt)
    written = shown(sheet).replace(" ", "").replace("\n", "")
    for name, value in receipts.document(receipt).items():
        assert str(value) in written, name
    with pikepdf.open(io.BytesIO(sheet)) as document:
        assert (len(document.pages), [float(one) for one in document.pages[0].mediabox[2:]]) == (1, [595.28, 841.89])


def test_the_receipt_itself_is_inside(receipt: SubmissionReceipt, sheet: bytes) -> None:
    given = checking.read(sheet)
    assert given.said == receipts.document(receipt)
    assert checking.checked(given.said).holds
    assert len(sheet) < 60_000


def test_the_same_receipt_is_the_same_bytes(receipt: SubmissionReceipt, sheet: bytes) -> None:
    assert paper.sheet(SubmissionReceipt.objects.get(pk=receipt.pk)) == sheet


def test_nothing_in_it_names_a_person(sheet: bytes) -> None:
    with pikepdf.open(io.BytesIO(sheet)) as document:
        known = {str(key): str(value) for key, value in document.docinfo.items()}
    assert sorted(known) == ["/CreationDate", "/Title"]
    assert AUTHOR not in shown(sheet)
    for form in (AUTHOR.encode(), AUTHOR.encode("utf-16-be")):
        assert form not in sheet


def test_its_owner_downloads_it_and_nobody_else(receipt: SubmissionReceipt, client: Client) -> None:
    proposal = receipt.envelope.proposal
    address = reverse("proposals:receipt_pdf", args=[proposal.public_id, 1])
    answer = at_browser(proposal.author).get(address)
    assert (answer.status_code, answer["Content-Type"], answer.content[:5]) == (200, "application/pdf", b"%PDF-")
    assert f"receipt-{proposal.public_id}-1.pdf" in answer["Content-Disposition"]
    assert at_browser(factories.person()).get(address).status_code == 404


def handed_in(content: bytes, name: str = "receipt.pdf") -> tuple[int, str]:
    answer = Client(headers={"accept-language": "en"}).post(
        reverse("proposals:check"), {"file": SimpleUploadedFile(name, content)}
    )
    return answer.status_code, answer.content.decode()


def test_anybody_has_the_sheet_checked(sheet: bytes) -> None:
    code, page = handed_in(sheet)
    assert code == 200
    assert "The receipt holds" in page


def test_a_sheet_whose_file_was_changed_does_not_hold(receipt: SubmissionReceipt, sheet: bytes) -> None:
    code, page = handed_in(with_inside(sheet, {**receipts.document(receipt), "number": 2}))
    assert code == 200
    assert "The receipt does not hold" in page


def with_inside(sheet: bytes, said: dict[str, object]) -> bytes:
    with pikepdf.open(io.BytesIO(sheet)) as document:
        document.attachments[enclosed.RECEIPT] = pikepdf.AttachedFileSpec(document, json.dumps(said).encode())
        return saved(document)


def saved(document: pikepdf.Pdf) -> bytes:
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def empty_sheet() -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    return saved(document)


def bomb() -> bytes:
    """An attachment that unpacks to 600 MB."""
    document = pikepdf.new()
    document.add_blank_page()
    document.attachments[enclosed.RECEIPT] = pikepdf.AttachedFileSpec(document, b" " * 600_000_000)
    return saved(document)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"%PDF-1.7\n%%EOF", "This PDF carries no receipt", id="hollow"),
        pytest.param(empty_sheet(), "This PDF carries no receipt", id="another PDF"),
        pytest.param(b"%PDF-" + b"x" * checking.LARGEST, "larger than any receipt", id="large"),
        pytest.param(b"x" * (checking.LARGEST + 1), "larger than any receipt", id="large text"),
        pytest.param(b"[" * 19_000, "no receipt that can be read", id="deep"),
        pytest.param(b"\xff\xfe", "no receipt that can be read", id="no text"),
    ],
)
def test_what_is_none_is_told_beside_its_field(content: bytes, words: str) -> None:
    code, page = handed_in(content)
    assert code == 422
    assert words in page


def test_however_deep_it_is_nested_it_is_none() -> None:
    """Python reads a little deeper than it writes: between the two lies what must not break the page."""
    said = '{"kind":"%s","form":%d,"x":%s}'
    for depth in range(600, 1100):
        text = said % (receipts.KIND, receipts.FORM, "[" * depth + "]" * depth)
        with contextlib.suppress(checking.NoReceipt):
            checking.read(text.encode())


FIELDS = ("key", "ticket", "signature", "stream", "more")
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None)),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(), inside, max_size=3),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(said=st.dictionaries(st.sampled_from(FIELDS), ANY), stamp=st.binary())
@example(said={"more": "\ud800"}, stamp=b"")
@example(said={"more": [float("nan")]}, stamp=b"x")
def test_whatever_calls_itself_a_receipt_is_none_or_does_not_hold(said: dict[str, object], stamp: bytes) -> None:
    text = json.dumps({"key": keys.fingerprint(), **said, "kind": receipts.KIND, "form": receipts.FORM})
    try:
        found = checking.read(text.encode())
    except checking.NoReceipt:
        return
    assert not checking.checked(found.said).with_stamp(stamp, None).holds


def test_a_sheet_that_swells_ends_with_its_program() -> None:
    packed = bomb()
    assert len(packed) > checking.LARGEST or checking_refuses(packed)
    ran = subprocess.run([sys.executable, "-m", "tasks.proposals.carried", ""], input=packed, capture_output=True)
    assert ran.returncode != 0 or enclosed.RECEIPT not in json.loads(ran.stdout)


def checking_refuses(packed: bytes) -> bool:
    with pytest.raises(checking.NothingInside):
        checking.read(packed)
    return True


def test_the_command_takes_it_too(sheet: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = tmp_path / "receipt.pdf"
    kept.write_bytes(sheet)
    call_command("verify_receipt", str(kept))
    assert "signature   right\nkept        as the receipt says" in capsys.readouterr().out
    kept.write_bytes(empty_sheet())
    with pytest.raises(CommandError, match="no receipt that can be read"):
        call_command("verify_receipt", str(kept))


def test_the_command_lets_a_forged_receipt_say_nothing_of_itself(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    moment = "2026-01-01\nsignature   right\u2028\x1b[8m"
    forged = tmp_path / "receipt.json"
    forged.write_text(json.dumps({"kind": receipts.KIND, "form": receipts.FORM, "decided_at": moment}))
    with pytest.raises(CommandError, match="does not hold"):
        call_command("verify_receipt", str(forged))
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert [line.split()[0] for line in out.splitlines()] == ["decided", "signature"]
    assert "signature   WRONG" in out

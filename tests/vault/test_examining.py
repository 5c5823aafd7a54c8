"""F8: hostile files are refused with a sentence for their owner, honest ones are taken in; nothing is left behind."""

from hashlib import sha256
from pathlib import Path
from unicodedata import normalize

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from marketplace.accounts import papers
from marketplace.kernel.errors import Refusal
from marketplace.vault import names, services
from marketplace.vault.doors import Door
from marketplace.vault.faults import SENTENCES
from marketplace.vault.inspecting.findings import Unacceptable
from marketplace.vault.inspecting.inspection import inspect
from marketplace.vault.kinds import kind_of
from marketplace.vault.models import StoredFile
from tests import factories
from tests.vault import benign, made
from tests.vault.door import HOLDER, WIDE
from tests.vault.hostile import corpus

HOSTILE = list(corpus())
NAMES = {
    "a.pdf.exe": "a.pdf.exe",
    "a.pdf. ": "a.pdf",
    "a\x00.exe\x00.pdf": "a.exe.pdf",
    "\u202egnp.exe.pdf": "gnp.exe.pdf",
    "../../etc/passwd.pdf": "passwd.pdf",
    "C:\\temp\\a.pdf": "a.pdf",
    'a"\r\nSet-Cookie: b=1.pdf': "a_Set-Cookie_ b=1.pdf",
    "filename*=UTF-8''%e2%82%ac.pdf": "filename_=UTF-8''_e2_82_ac.pdf",
    "方案（终稿）.pdf": "方案（终稿）.pdf",
    ".pdf": "pdf",
    "..": "",
}
"""Names 58 to 67 of the corpus, and what is left of them."""


def judged(name: str, content: bytes) -> str:
    """The code of the objection; empty for a file that is taken in."""
    kind = kind_of(names.shown(name))
    try:
        inspect(kind.value if kind else "", content)
    except Unacceptable as objection:
        return objection.code
    return ""


def test_the_corpus_is_as_large_as_promised() -> None:
    assert len(HOSTILE) + len(NAMES) >= 78
    assert len(benign.FILES) >= 30


@pytest.mark.parametrize(("name", "content"), HOSTILE, ids=[name for name, _content in HOSTILE])
def test_no_hostile_file_is_accepted(name: str, content: bytes) -> None:
    objection = judged(name, content)
    assert objection in SENTENCES


@pytest.mark.parametrize(("name", "content"), benign.FILES.items(), ids=list(benign.FILES))
def test_every_honest_file_is_accepted(name: str, content: bytes) -> None:
    assert judged(name, content) == ""


def test_four_bytes_among_packed_pixels_are_no_web_page() -> None:
    """In a hundred megabytes of photographs any four stand somewhere; beside the pixels they are refused."""
    photo = made.picture("JPEG")
    chance, hidden = photo[:-2] + b"<svg" + photo[-2:], photo[:2] + b"\xff\xfe\x00\x06<svg" + photo[2:]
    assert judged("a.docx", made.docx(parts={"word/media/a.jpg": chance})) == ""
    assert judged("a.docx", made.docx(parts={"word/media/a.jpg": hidden})) == "web_page_inside"
    assert judged("a.docx", made.docx(parts={"word/media/a.emf": b"<svg"})) == "web_page_inside"


@pytest.mark.django_db
@pytest.mark.parametrize("at", [WIDE, papers.DOOR], ids=["wide", "papers"])
def test_through_a_door_they_are_refused_in_words_and_leave_nothing(at: Door, folder: Path) -> None:
    """By the program of its own that a door really uses: a part of the corpus, one for each thing it can say."""
    owner = factories.person()
    holder = HOLDER if at is WIDE else factories.organisation(owner, verified=False).public_id
    spoken = {judged(name, content): (name, content) for name, content in HOSTILE}
    before = StoredFile.objects.count()
    for name, content in spoken.values():
        with pytest.raises(Refusal) as refused:
            services.bring(
                actor=owner,
                code=at.code,
                holder=holder,
                purpose=next(iter(at.purposes)),
                upload=SimpleUploadedFile(name, content),
            )
        assert refused.value.field == "file"
        assert str(refused.value)
    assert StoredFile.objects.count() == before
    assert [one for one in folder.rglob("*") if one.is_file()] == []


@pytest.mark.django_db
def test_honest_files_are_kept_sealed_and_come_back_as_they_were(folder: Path) -> None:
    owner = factories.person()
    kept: set[str] = set()
    for name, content in benign.FILES.items():
        if sha256(content).hexdigest() in kept:  # two of them may be the same bytes under two names
            continue
        row = services.bring(
            actor=owner, code="wide", holder=HOLDER, purpose="ANY", upload=SimpleUploadedFile(name, content)
        )
        kept.add(row.digest)
        assert b"".join(services.content_of(row)) == content
        lies = (folder / row.place).read_bytes()
        assert content[:16] not in lies
        assert name not in row.place
    assert len([one for one in folder.rglob("*") if one.is_file()]) == len(kept)


@pytest.mark.parametrize(("given", "shown"), NAMES.items())
def test_a_name_is_only_words(given: str, shown: str) -> None:
    assert names.shown(given) == shown


def test_a_long_name_keeps_its_ending_and_twins_are_one() -> None:
    long = names.shown("长" * 10_000 + ".pdf")
    assert len(long) == names.LONGEST
    assert long.endswith(".pdf")
    assert names.shown(normalize("NFD", "é.pdf")) == names.shown(normalize("NFC", "é.pdf"))
    assert kind_of(names.shown("a.pdf.exe")) is None

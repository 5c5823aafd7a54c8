"""Through a blind door: what is kept names nobody, what is shown to readers neither, and whoever brought it is told."""

import re
from datetime import UTC, datetime
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from marketplace.accounts.models import User
from marketplace.kernel.confined import TooCostly
from marketplace.kernel.errors import Refusal
from marketplace.vault import policy, services, taken
from marketplace.vault.lifecycle import FileState
from marketplace.vault.models import StoredFile
from tests import factories
from tests.tasks.web_adjudication.stage import at_browser, text_of
from tests.vault import benign, made, named
from tests.vault.door import BLIND, HOLDER, NAMED
from tests.vault.hostile import corpus
from tests.vault.named import WHO
from tests.vault.test_blinding import UNCLEANABLE, telling

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    return factories.person()


def bring(owner: User, name: str, content: bytes, *, code: str = "blind", purpose: str = "PLAN") -> StoredFile:
    upload = SimpleUploadedFile(name, content)
    return services.bring(actor=owner, code=code, holder=HOLDER, purpose=purpose, upload=upload)


def clean(row: StoredFile) -> StoredFile:
    StoredFile.objects.filter(pk=row.pk).update(state=FileState.CLEAN)
    row.refresh_from_db()
    return row


def test_of_the_products_doors_that_of_proposals_is_blind() -> None:
    from django.utils.module_loading import import_string

    from marketplace.settings import base

    assert [one for one in base.VAULT_DOORS if import_string(one).blind] == ["tasks.adjudication.files.DOOR"]
    assert import_string(NAMED[-1]) is BLIND


def test_no_hostile_file_comes_through_and_nothing_of_it_is_left(owner: User, folder: Path) -> None:
    """By the programs of their own: the whole corpus, and what is harmless but cannot be cleaned."""
    for name, content in chain(corpus(), ((name, content) for name, (_code, content) in UNCLEANABLE.items())):
        with pytest.raises(Refusal) as refused:
            bring(owner, name, content)
        assert refused.value.field == "file"
        assert str(refused.value)
    assert StoredFile.objects.count() == 0
    assert [one for one in folder.rglob("*") if one.is_file()] == []


def test_every_honest_file_is_kept_without_names(owner: User) -> None:
    for name, content in {**benign.FILES, **named.FILES}.items():
        StoredFile.objects.update(digest="")  # two of them may be the same bytes once the names are gone
        row = bring(owner, name, content)
        result = b"".join(services.content_of(row))
        assert telling(name, result) == []
        assert (row.size, row.digest) == (len(result), sha256(result).hexdigest())
    assert StoredFile.objects.count() == len(benign.FILES) + len(named.FILES)


def test_a_file_at_another_door_stays_byte_for_byte(owner: User) -> None:
    content = named.docx()
    row = bring(owner, "a.docx", content, code="wide")
    assert b"".join(services.content_of(row)) == content
    assert (row.taken_out, row.number) == ({}, 0)


def answer_to(reader: User, row: StoredFile) -> tuple[str, dict[str, str], bytes]:
    client: Client = at_browser(reader)
    page = text_of(client.get(reverse("vault:at", args=["blind", HOLDER])))
    link = client.get(reverse("vault:open", args=[row.public_id]))["Location"]
    served = client.get(link)
    return page, dict(served.headers), served.getvalue()


def test_readers_see_the_same_whoever_brought_it_under_whatever_name(folder: Path) -> None:
    """Two people bring the same text, each with their own name in everything; a reader cannot tell them apart."""
    reader, seen = factories.person(), []
    for person, word in ((factories.person("钱倩"), WHO), (factories.person("赵昭"), "Zhaozhao")):
        StoredFile.objects.all().delete()
        row = clean(bring(person, f"{word}的方案.docx", named.by(word, named.docx())))
        StoredFile.objects.update(uploaded_at=datetime(2026, 11, 1, tzinfo=UTC))
        page, headers, content = answer_to(reader, row)
        assert person.display_name not in page
        assert word not in page
        assert "技术方案-1.docx" in page
        page = re.sub('name="csrfmiddlewaretoken" value="[^"]+"', "", page.replace(row.public_id, "-"))
        seen.append((page, headers, content))
    assert seen[0][1:] == seen[1][1:]
    assert seen[0][0] == seen[1][0]


def test_whoever_brought_it_reads_their_own_name_and_what_was_taken_out(owner: User, in_english: None) -> None:
    row = clean(bring(owner, "my plan.docx", named.docx()))
    page, headers, _content = answer_to(owner, row)
    assert "my plan.docx" in page
    assert "my%20plan.docx" in headers["Content-Disposition"] or "my plan.docx" in headers["Content-Disposition"]
    assert "Taken out before it was kept: author and other properties, 1 comment, 9 tracked changes (accepted)" in page
    other, _headers, _content = answer_to(factories.person(), row)
    assert "Taken out" not in other
    assert owner.display_name not in other


def test_files_are_numbered_by_purpose_and_a_number_never_comes_again(owner: User) -> None:
    first, second = (bring(owner, "a.txt", word) for word in (b"one", b"two"))
    other = bring(owner, "a.txt", b"three", purpose="ANY")
    services.take_away(actor=owner, public_id=second.public_id)
    third = bring(owner, "a.txt", b"four")
    assert [one.number for one in (first, second, other, third)] == [1, 2, 1, 3]
    stranger = factories.person()
    assert policy.called(stranger, third, policy.rights(stranger, third.door, third.holder)) == "技术方案-3.txt"


def test_every_code_has_words() -> None:
    from marketplace.vault.blinding import report

    codes = {report.PROPERTIES, report.COMMENTS, report.CHANGES, report.PICTURES, report.MARKS}
    assert set(taken.WORDS) == codes
    assert all(taken.words({code: 2}) for code in codes)
    assert taken.words({}) == ""


def test_what_was_written_anew_is_examined_again(
    owner: User, folder: Path, monkeypatch: pytest.MonkeyPatch, in_english: None
) -> None:
    """Whatever a library makes of a file: what no door would take is not kept either."""

    def wrote(*_program: Any, take: Any, **_how: Any) -> dict[str, Any]:
        take(b"<html><script>")
        return {"taken": {}, "size": 14}

    monkeypatch.setattr(services, "change_confined", wrote)
    with pytest.raises(Refusal, match="not what"):
        bring(owner, "a.png", made.picture())
    assert [one for one in folder.rglob("*") if one.is_file()] == []


def test_a_blinding_that_never_ends_is_ended_and_leaves_nothing(
    owner: User, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def costly(*_program: Any, **_how: Any) -> dict[str, Any]:
        raise TooCostly

    monkeypatch.setattr(services, "change_confined", costly)
    with pytest.raises(Refusal):
        bring(owner, "a.png", made.picture())
    assert [one for one in folder.rglob("*") if one.is_file()] == []

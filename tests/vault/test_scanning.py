"""I27: what the scanner has not called clean is not clean, whatever else it says, and even when it says nothing."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from marketplace.accounts import papers
from marketplace.accounts.models import User
from marketplace.notices.models import Notice
from marketplace.outbox.models import Fact
from marketplace.vault import jobs, policy, services
from marketplace.vault.intake import LARGEST
from marketplace.vault.lifecycle import FileState
from marketplace.vault.models import StoredFile
from realtime.models import LiveMessage
from tests import clock, factories
from tests.relay import drain
from tests.tasks.web_adjudication.stage import at_browser, text_of
from tests.vault import large, made
from tests.vault.door import HOLDER
from tests.vault.hostile import EICAR
from tests.vault.large import MEGABYTE
from tests.vault.scanners import FakeClamd

pytestmark = pytest.mark.django_db

NO_VERDICTS = ["error", "garbage", "nearly", "half", "silent", "late"]


@pytest.fixture
def owner() -> User:
    return factories.person()


def brought(owner: User, content: bytes = b"plain words") -> StoredFile:
    upload = SimpleUploadedFile("说明.txt", content)
    return services.bring(actor=owner, code="wide", holder=HOLDER, purpose="ANY", upload=upload)


def opens(owner: User, row: StoredFile) -> int:
    return at_browser(owner).get(reverse("vault:open", args=[row.public_id]), follow=True).status_code


def test_clean_is_served_and_not_before(owner: User, clamd: FakeClamd) -> None:
    row = brought(owner)
    assert (row.state, opens(owner, row)) == ("WAITING", 404)
    assert jobs.scan() == 1
    row.refresh_from_db()
    assert (row.state, opens(owner, row)) == ("CLEAN", 200)
    assert [fact.kind for fact in Fact.objects.filter(subject=row.public_id)] == ["file.brought", "file.passed"]


@pytest.mark.django_db(transaction=True)
def test_what_is_found_is_gone_and_named(owner: User, clamd: FakeClamd, folder: Path) -> None:
    clamd.answers("found")
    row = brought(owner)
    assert jobs.scan() == 1
    row.refresh_from_db()
    assert (row.state, row.found, row.concealed_key, opens(owner, row)) == ("INFECTED", "Test.Malware", "", 404)
    assert not (folder / row.place).exists()


def test_the_house_hears_of_it_in_open_windows_and_by_a_notice(owner: User, clamd: FakeClamd) -> None:
    house = factories.organisation(owner, verified=False)
    clamd.answers("found")
    upload = SimpleUploadedFile("a.png", made.picture())
    row = services.bring(
        actor=owner, code=papers.CODE, holder=house.public_id, purpose="REGISTER_EXTRACT", upload=upload
    )
    jobs.scan()
    drain()
    heard = LiveMessage.objects.filter(topic=f"person:{owner.public_id}", subject=row.public_id)
    assert heard.count() == 2
    assert Notice.objects.filter(user=owner, fact__kind="file.condemned").count() == 1
    assert house.name in text_of(at_browser(owner).get(reverse("notices:list")))


@pytest.mark.parametrize("word", NO_VERDICTS)
def test_no_verdict_is_not_clean_and_is_asked_again(owner: User, clamd: FakeClamd, word: str) -> None:
    clamd.answers(word)
    row = brought(owner)
    assert jobs.scan() == 0
    row.refresh_from_db()
    assert (row.state, row.scans_tried, opens(owner, row)) == ("WAITING", 1, 404)
    clamd.answers("clean")
    assert jobs.scan() == 0, "not at once: the scanner may be starting"
    clock.shift(seconds=6)
    assert jobs.scan() == 1
    row.refresh_from_db()
    assert row.state == FileState.CLEAN


def test_a_scanner_that_is_away_holds_nobody_up(owner: User, settings: Any) -> None:
    settings.CLAMD = "127.0.0.1:9"
    row = brought(owner)
    assert jobs.scan() == 0
    row.refresh_from_db()
    assert row.state == FileState.WAITING


def test_without_a_scanner_nothing_is_called_clean_and_only_the_demo_opens_it(owner: User, settings: Any) -> None:
    row = brought(owner)
    assert (row.state, jobs.scan(), opens(owner, row)) == ("UNSCANNED", 0, 404)
    settings.DEMO = True
    assert policy.is_readable(row)


def test_what_came_before_there_was_a_scanner_is_scanned_once_there_is_one(owner: User, settings: Any) -> None:
    row = brought(owner)
    with FakeClamd() as scanner:
        settings.CLAMD = scanner.address
        assert jobs.scan() == 1
    row.refresh_from_db()
    assert row.state == FileState.CLEAN


def test_a_file_taken_away_while_it_is_scanned_stays_away(owner: User, clamd: FakeClamd) -> None:
    row = brought(owner)
    services.take_away(actor=owner, public_id=row.public_id)
    assert services._judge(row, "") == FileState.REMOVED
    assert not Fact.objects.filter(subject=row.public_id, kind="file.passed").exists()


@pytest.mark.production
def test_the_real_scanner_finds_the_test_file_and_nothing_in_others(
    owner: User, settings: Any, real_clamd: str
) -> None:
    """clamd itself, with a signature of the EICAR test file: alone and in a zip under the name of a text."""
    settings.CLAMD, settings.CLAMD_PATIENCE = real_clamd, 30
    honest, test_file = brought(owner), brought(owner, EICAR)
    assert jobs.scan() == 2
    honest.refresh_from_db()
    test_file.refresh_from_db()
    assert (honest.state, test_file.state) == ("CLEAN", "INFECTED")
    assert "EICAR" in test_file.found.upper()


@pytest.mark.production
def test_the_real_scanner_takes_the_largest_file(owner: User, settings: Any, real_clamd: str) -> None:
    settings.CLAMD, settings.CLAMD_PATIENCE = real_clamd, 60
    row = brought(owner, b"0123456789abcde\n" * (100 * 1024 * 1024 // 16))
    content = b"".join(large.pdf(LARGEST))
    pages = services.bring(
        actor=owner, code="blind", holder=HOLDER, purpose="ANY", upload=SimpleUploadedFile("a.pdf", content)
    )
    assert jobs.scan() == 2
    for one in (row, pages):
        one.refresh_from_db()
        assert one.state == FileState.CLEAN
    assert abs(pages.size - LARGEST) < MEGABYTE

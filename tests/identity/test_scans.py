"""The scan of a document: its owner's, opened by the comparing office while it waits, gone once it is verified."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from marketplace.accounts.models import User
from marketplace.accounts.roles import Role
from marketplace.identity import documents, scans, services
from marketplace.identity.models import RealNameVerification
from marketplace.identity.services import Application
from marketplace.outbox.models import Fact
from marketplace.privacy import services as privacy
from marketplace.vault.lifecycle import FileState
from marketplace.vault.models import StoredFile
from marketplace.vault.store import vault
from tests import factories
from tests.tasks.web_adjudication.stage import at_browser, text_of

pytestmark = pytest.mark.django_db
NUMBER = "SCAN123456"


@pytest.fixture
def owner() -> User:
    return factories.person(known=False)


@pytest.fixture
def application(owner: User) -> RealNameVerification:
    said = Application(name="林一", document=documents.other("工作证", NUMBER), region=factories.region())
    return services.apply_for_verification(actor=owner, application=said)


@pytest.fixture
def scan(owner: User, application: RealNameVerification) -> StoredFile:
    """A clean scan, handed in on the page."""
    where = reverse("vault:at", args=[scans.CODE, application.public_id])
    sent = {"purpose": "DATA_PAGE", "file": SimpleUploadedFile("林一护照.png", factories.scan_of_a_letter().read())}
    assert at_browser(owner).post(where, sent)["Location"] == reverse("identity:mine")
    row = StoredFile.objects.get(door=scans.CODE)
    StoredFile.objects.filter(pk=row.pk).update(state=FileState.CLEAN)
    return row


def opened(person: User, row: StoredFile) -> int:
    return at_browser(person).get(reverse("vault:open", args=[row.public_id])).status_code


def test_its_owner_and_the_office_that_compares_open_it(owner: User, scan: StoredFile) -> None:
    office, elsewhere = factories.officer_with(Role.REGION_ADMIN), factories.officer_with(Role.REGION_ADMIN, code="33")
    assert [opened(one, scan) for one in (owner, office, elsewhere, factories.person())] == [302, 302, 404, 404]
    page = at_browser(office).get(reverse("identity:compare", args=[scan.holder]))
    assert "林一护照.png" in text_of(page)
    assert "data-upload" not in text_of(page)
    assert "data-upload" in text_of(at_browser(owner).get(reverse("identity:mine")))


@pytest.mark.django_db(transaction=True)
def test_with_the_verification_it_is_gone(owner: User, scan: StoredFile) -> None:
    office = factories.officer_with(Role.REGION_ADMIN)
    lies = Path(vault().location) / scan.place
    assert lies.exists()
    services.verify(public_id=scan.holder, actor=office, number_read=NUMBER)
    scan.refresh_from_db()
    assert (scan.state, scan.name, scan.concealed_key) == ("REMOVED", "", "")
    assert not lies.exists()
    assert [opened(one, scan) for one in (owner, office)] == [404, 404]
    where = reverse(
        "vault:at", args=[scans.CODE, scan.holder]
    )  # an open page asks again, and shows nothing in its place
    asked = [at_browser(one).get(where) for one in (owner, office, factories.person())]
    assert [(one.status_code, text_of(one) == "") for one in asked] == [(200, True), (404, False), (404, False)]
    assert Fact.objects.filter(subject=scan.public_id, kind="file.removed", role="REGION_ADMIN").exists()


def test_sent_back_it_stays_its_owners_alone(owner: User, scan: StoredFile) -> None:
    office = factories.officer_with(Role.REGION_ADMIN)
    services.return_application(public_id=scan.holder, actor=office, reason="照片不清楚")
    assert [opened(one, scan) for one in (owner, office)] == [302, 404]


@pytest.mark.django_db(transaction=True)
def test_with_its_owner_it_is_gone(owner: User, scan: StoredFile) -> None:
    lies = Path(vault().location) / scan.place
    assert lies.exists()
    privacy.order_erasure(user=owner)
    privacy.erase(user=owner)
    assert not StoredFile.objects.filter(pk=scan.pk).exists()
    assert not lies.exists()

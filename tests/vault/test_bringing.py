"""Bringing files through the pages: who may, how much, and what a form says."""

import io
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from marketplace.accounts import papers
from marketplace.accounts.models import Organisation, User
from marketplace.accounts.roles import Role
from marketplace.kernel.errors import Refusal
from marketplace.outbox.models import Fact
from marketplace.vault import services
from marketplace.vault.intake import LARGEST, SealedUpload
from marketplace.vault.models import StoredFile
from tests import factories
from tests.hands import together
from tests.tasks.web_adjudication.stage import at_browser, text_of
from tests.vault import made
from tests.vault.door import HOLDER
from tests.vault.hostile import corpus

pytestmark = pytest.mark.django_db
PURPOSE = "REGISTER_EXTRACT"


@pytest.fixture
def owner() -> User:
    return factories.person()


@pytest.fixture
def house(owner: User) -> Organisation:
    return factories.organisation(owner, verified=False)


def post(client: Client, house: Organisation, name: str, content: bytes, purpose: str = PURPOSE) -> HttpResponse:
    data = {"purpose": purpose, "file": SimpleUploadedFile(name, content)}
    return client.post(reverse("vault:at", args=[papers.CODE, house.public_id]), data)


def test_an_officer_brings_a_paper_and_takes_it_away(owner: User, house: Organisation) -> None:
    client = at_browser(owner)
    answer = post(client, house, "营业执照.png", made.picture())
    assert answer["Location"] == reverse("accounts:organisation", args=[house.public_id])
    row = StoredFile.objects.get(purpose=PURPOSE)
    assert "营业执照.png" in text_of(client.get(answer["Location"]))
    client.post(reverse("vault:remove", args=[row.public_id]))
    row.refresh_from_db()
    assert (row.state, row.name, row.concealed_key) == ("REMOVED", "", "")
    kinds = list(Fact.objects.filter(subject=row.public_id).order_by("pk").values_list("kind", flat=True))
    assert kinds == ["file.brought", "file.removed"]


def test_after_the_verification_papers_stay(owner: User) -> None:
    house = factories.organisation(owner)
    row = StoredFile.objects.get(holder=house.public_id)
    answer = at_browser(owner).post(reverse("vault:remove", args=[row.public_id]))
    row.refresh_from_db()
    assert (answer.status_code, row.state) == (422, "CLEAN")


def test_nobody_else_brings_and_the_region_only_looks(house: Organisation) -> None:
    admin, stranger = factories.officer_with(Role.REGION_ADMIN), factories.person()
    before = StoredFile.objects.count()
    assert post(at_browser(admin), house, "a.png", made.picture()).status_code == 422
    assert post(at_browser(stranger), house, "a.png", made.picture()).status_code == 404
    page = text_of(at_browser(admin).get(reverse("accounts:organisation", args=[house.public_id])))
    assert "data-upload" not in page
    assert StoredFile.objects.count() == before


def test_every_hostile_file_is_refused_at_the_pages_too(owner: User, house: Organisation) -> None:
    """At the papers' door under its own name, and at the registration under a name that is taken there."""
    client, before = at_browser(owner), StoredFile.objects.count()
    form = {"kind": "SPACE", "name": "众创空间", "uscc": factories.credit_code(7_000_002), "region": "420100"}
    small = [(name, content) for name, content in corpus() if len(content) < 1_000_000]
    for name, content in small[::4]:
        assert post(client, house, name, content).status_code == 422
        lying = SimpleUploadedFile("letter.pdf", content)
        assert client.post(reverse("accounts:organisation_new"), {**form, "file": lying}).status_code == 422
    assert StoredFile.objects.count() == before
    assert Organisation.objects.count() == 1


def test_what_is_wrong_stands_at_its_field(owner: User, house: Organisation, in_english: None) -> None:
    client = at_browser(owner)
    page = text_of(post(client, house, "program.exe", b"MZ"))
    assert "Files of this kind are not taken here" in page
    assert "What it is" in text_of(post(client, house, "a.png", made.picture(), purpose="NOTHING"))
    large = made.picture() + bytes(papers.DOOR.largest)
    assert "The file is larger than" in text_of(post(client, house, "a.png", large))


def test_one_part_of_a_page_alone_for_whoever_asks_by_script(owner: User, house: Organisation) -> None:
    client = at_browser(owner)
    where = reverse("vault:at", args=[papers.CODE, house.public_id])
    data = {"purpose": PURPOSE, "file": SimpleUploadedFile("a.png", made.picture())}
    answer = client.post(where, data, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "<html" not in text_of(answer)
    assert "a.png" in text_of(answer)


def test_too_many_too_much_and_twice_the_same(
    owner: User, house: Organisation, settings: Any, in_english: None
) -> None:
    def bring(content: bytes) -> StoredFile:
        upload = SimpleUploadedFile("a.png", content)
        return services.bring(actor=owner, code=papers.CODE, holder=house.public_id, purpose=PURPOSE, upload=upload)

    bring(made.picture())
    with pytest.raises(Refusal, match="already"):
        bring(made.picture())
    for width in range(1, papers.DOOR.most):
        bring(made.picture(size=(width, 1)))
    with pytest.raises(Refusal, match=f"There are {papers.DOOR.most} of these"):
        bring(made.picture(size=(99, 1)))
    settings.VAULT_QUOTA = 1000
    with pytest.raises(Refusal, match="more than 1"):
        services.bring(
            actor=owner, code="wide", holder=HOLDER, purpose="ANY", upload=SimpleUploadedFile("a.txt", b"a" * 2000)
        )


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_the_second_counts_the_first(owner: User, settings: Any) -> None:
    """Together they would be more than the quota: one is kept, on both databases."""
    settings.VAULT_QUOTA = 3000

    def bring(letter: bytes) -> StoredFile:
        upload = SimpleUploadedFile("a.txt", letter * 1000)
        return services.bring(actor=owner, code="wide", holder=HOLDER, purpose="ANY", upload=upload)

    for number in range(3):
        StoredFile.objects.all().delete()
        first, second = (bytes([97 + number]) + letter for letter in (b"x", b"y"))
        results = together(partial(bring, first), partial(bring, second))
        assert sum(isinstance(one, Refusal) for one in results) == 1, results
        assert StoredFile.objects.count() == 1


def test_large_uploads_wait_encrypted_and_what_goes_beyond_the_limit_is_only_counted(owner: User) -> None:
    content = b"very secret words " * 400_000
    request = RequestFactory().post("/", {"file": io.BytesIO(content)})
    upload = request.FILES["file"]
    assert isinstance(upload, SealedUpload)
    assert not isinstance(upload, TemporaryUploadedFile)
    upload.kept.seek(0)
    assert b"secret" not in upload.kept.read()
    assert upload.read() == content
    assert upload.size == len(content)
    upload.take(bytes(8))
    upload.size = LARGEST
    place = upload.kept.seek(0, io.SEEK_END)
    upload.take(b"more")
    assert upload.size == LARGEST + 4
    assert upload.kept.seek(0, io.SEEK_END) == place
    request.close()


def test_ten_thousand_parts_are_not_even_looked_at(owner: User, house: Organisation) -> None:
    parts = {
        f"file{n}": SimpleUploadedFile(f"{n}.png", b"x") for n in range(configured.DATA_UPLOAD_MAX_NUMBER_FILES + 1)
    }
    answer = at_browser(owner).post(reverse("vault:at", args=[papers.CODE, house.public_id]), parts)
    assert answer.status_code == 400


def test_nothing_is_left_where_keeping_fails(owner: User, house: Organisation, folder: Path) -> None:
    upload = SimpleUploadedFile("a.png", made.picture())
    examined = services.examine(upload, papers.DOOR)
    object.__setattr__(examined, "name", "x" * 5000)
    object.__setattr__(examined, "digest", None)
    with pytest.raises(Exception, match=r"digest|NOT NULL|null|too long"):  # the database refuses the row
        services.keep(actor=owner, code=papers.CODE, holder=house.public_id, purpose=PURPOSE, examined=examined)
    assert [one for one in folder.rglob("*") if one.is_file()] == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_often_for_three_as_for_one(
    rows: int, owner: User, house: Organisation, django_assert_num_queries: Any
) -> None:
    for _row in range(rows - 1):
        factories.letter(house, owner)
    client = at_browser(owner)
    with django_assert_num_queries(6):
        answer = client.get(reverse("vault:at", args=[papers.CODE, house.public_id]))
    assert text_of(answer).count("<tr data-live-id") == rows

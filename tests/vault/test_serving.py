"""Who gets a file, as what, and for how long: asked again at every request."""

import asyncio
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import AsyncClient, Client
from django.urls import reverse

from marketplace.accounts import papers
from marketplace.accounts.models import Membership, Organisation, User
from marketplace.accounts.roles import Role
from marketplace.accounts.services import add_member
from marketplace.vault import links, services
from marketplace.vault.lifecycle import FileState
from marketplace.vault.models import StoredFile
from tests import factories
from tests.tasks.web_adjudication.stage import at_browser
from tests.vault import made
from tests.vault.door import HOLDER

pytestmark = pytest.mark.django_db
NAME = '方案"; x=.png'


@pytest.fixture
def owner() -> User:
    return factories.person()


@pytest.fixture
def house(owner: User) -> Organisation:
    return factories.organisation(owner, verified=False)


@pytest.fixture
def paper(owner: User, house: Organisation) -> StoredFile:
    """A clean paper of the house."""
    row = services.bring(
        actor=owner,
        code=papers.CODE,
        holder=house.public_id,
        purpose="REGISTER_EXTRACT",
        upload=SimpleUploadedFile(NAME, made.picture()),
    )
    StoredFile.objects.filter(pk=row.pk).update(state=FileState.CLEAN)
    row.refresh_from_db()
    return row


def link(client: Client, row: StoredFile) -> str:
    answer = client.get(reverse("vault:open", args=[row.public_id]))
    assert answer.status_code == 302
    return answer["Location"]


def test_it_comes_as_a_download_that_cannot_act(owner: User, paper: StoredFile) -> None:
    client = at_browser(owner)
    answer = client.get(link(client, paper))
    assert answer.getvalue() == made.picture()
    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "filename*=utf-8''%E6%96%B9%E6%A1%88" in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]


def test_a_link_is_for_one_person_and_a_few_minutes(
    owner: User, house: Organisation, paper: StoredFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = at_browser(owner)
    theirs = link(client, paper)
    colleague = factories.person()
    add_member(organisation=house, user=colleague, place=Membership.Place.OFFICER)
    other = at_browser(colleague).get(theirs)
    assert (other.status_code, other["Location"]) == (302, reverse("vault:open", args=[paper.public_id]))
    assert Client().get(theirs).status_code == 302
    assert client.get(theirs[:-5] + "abcd/").status_code == 302
    assert links.LASTS <= 300
    monkeypatch.setattr(links, "LASTS", -1)
    assert client.get(theirs).status_code == 302


def test_whoever_may_no_longer_read_it_gets_nothing_with_a_link_of_before(
    owner: User, house: Organisation, paper: StoredFile
) -> None:
    colleague = factories.person()
    place = add_member(organisation=house, user=colleague, place=Membership.Place.OFFICER)
    client = at_browser(colleague)
    before = link(client, paper)
    assert client.get(before).status_code == 200
    Membership.objects.filter(pk=place.pk).update(valid_until=place.valid_from)
    assert client.get(before).status_code == 404
    assert client.get(reverse("vault:open", args=[paper.public_id])).status_code == 404


def test_who_reads_an_organisations_papers(house: Organisation, owner: User, paper: StoredFile) -> None:
    member, stranger = factories.person(), factories.person()
    add_member(organisation=house, user=member, place=Membership.Place.MEMBER)
    admin = factories.officer_with(Role.REGION_ADMIN)
    elsewhere = factories.officer_with(Role.REGION_ADMIN, code="330100")
    seen = {
        name: at_browser(person).get(reverse("vault:open", args=[paper.public_id])).status_code
        for name, person in {
            "owner": owner,
            "member": member,
            "stranger": stranger,
            "admin": admin,
            "elsewhere": elsewhere,
        }.items()
    }
    assert seen == {"owner": 302, "member": 404, "stranger": 404, "admin": 302, "elsewhere": 404}


def test_a_changed_or_missing_content_is_an_error_and_never_half_a_file(
    owner: User, paper: StoredFile, folder: Any
) -> None:
    client = at_browser(owner)
    theirs = link(client, paper)
    lies = folder / paper.place
    changed = bytearray(lies.read_bytes())
    changed[-1] ^= 1
    lies.chmod(0o600)
    lies.write_bytes(bytes(changed))
    client.raise_request_exception = False
    assert client.get(theirs).status_code == 500
    lies.unlink()
    assert client.get(theirs).status_code == 500


@pytest.mark.django_db(transaction=True)
def test_under_asgi_it_is_sent_piece_by_piece(owner: User) -> None:
    content = b"0123456789abcde\n" * 70_000
    row = services.bring(
        actor=owner, code="wide", holder=HOLDER, purpose="ANY", upload=SimpleUploadedFile("a.txt", content)
    )
    StoredFile.objects.filter(pk=row.pk).update(state=FileState.CLEAN)
    theirs = link(at_browser(owner), row)

    async def pieces() -> list[bytes]:
        client = AsyncClient()
        await client.aforce_login(owner)
        answer = await client.get(theirs)
        assert answer.is_async
        got = [piece async for piece in answer.streaming_content]
        await sync_to_async(connections.close_all)()  # of the thread that answered
        return got

    got = asyncio.run(pieces())
    assert len(got) == 5
    assert b"".join(got) == content

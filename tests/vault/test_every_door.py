"""The whole corpus through every door of the product, by its pages: nothing is accepted, nothing is left behind."""

import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.module_loading import import_string

from marketplace.accounts.models import User
from marketplace.accounts.web.forms import RegistrationForm
from marketplace.consents import queries
from marketplace.consents import services as consents
from marketplace.consents.terms import ConsentKind, Period
from marketplace.identity import documents
from marketplace.identity import services as identity
from marketplace.profiles.models import Reference
from marketplace.profiles.web.imports import BringForm
from marketplace.settings import base
from marketplace.vault import doors
from marketplace.vault.models import StoredFile
from marketplace.vault.web.forms import FileForm
from tasks.challenges.models import Challenge
from tasks.proposals import teaming
from tasks.sheets import services
from tasks.sheets.lifecycle import SheetState
from tasks.sheets.models import Sheet
from tasks.web.forms.receipts import ReceiptForm
from tasks.web.forms.sheets import SheetForm
from tests import factories
from tests.identity.test_documents import card
from tests.tasks.web_adjudication.stage import at_browser
from tests.vault import made
from tests.vault.hostile import corpus

pytestmark = pytest.mark.django_db

LARGEST_SENT = 1_000_000
"""Bytes. Larger ones of the corpus are refused by their size or are judged in `test_examining`, not sent by page."""


def _organisation(owner: User) -> str:
    return factories.organisation(owner, verified=False).public_id


def _name(owner: User) -> str:
    said = identity.Application(name="欧阳菡萏", document=documents.id_card(card(77)), region=factories.region())
    return identity.apply_for_verification(actor=owner, application=said).public_id


def _consent(owner: User) -> str:
    today = queries.today()
    wish = consents.Wish(
        kind=ConsentKind.IN_SERVICE, period=Period(today, today), employer="某某研究所", region=factories.region()
    )
    return consents.ask_for_consent(actor=owner, wish=wish).public_id


def _challenge(owner: User) -> str:
    return factories.draft(owner).public_id


def _proposal(owner: User) -> str:
    return factories.proposal_draft(factories.open_challenge(), owner).public_id


def _seat(owner: User) -> str:
    team = teaming.begin_team(challenge_id=factories.open_challenge().public_id, actor=owner)
    return team.members.get().public_id


HOLDERS: dict[str, Callable[[User], str]] = {
    "accounts.papers": _organisation,
    "identity.scans": _name,
    "consents.letters": _consent,
    "tasks.challenges.attachments.OPEN_DOOR": _challenge,
    "tasks.challenges.attachments.NDA_DOOR": _challenge,
    "tasks.adjudication.files": _proposal,
    "tasks.teams.letters": _seat,
}
"""By the room that declares a door: something of the person that it brings files for."""
TAKING_FILES = {FileForm, RegistrationForm, BringForm, SheetForm, ReceiptForm}
"""The registration's letter is in `test_bringing`, the others below."""


INTO_A_FORM = re.compile(r"\b(?:FileForm|RegistrationForm|BringForm|SheetForm|ReceiptForm)\(.*request\.FILES")
"""Whatever reads files beside these forms is not asked here."""


@pytest.fixture
def product_doors(settings: Any) -> Iterator[None]:
    """The doors as the product names them."""
    settings.VAULT_DOORS = base.VAULT_DOORS
    doors._doors.cache_clear()
    yield
    doors._doors.cache_clear()


def sent() -> list[tuple[str, bytes]]:
    return [(name, content) for name, content in corpus() if len(content) < LARGEST_SENT]


def kinds_of(form: type[forms.BaseForm]) -> Iterator[type[forms.BaseForm]]:
    for kind in form.__subclasses__():
        yield kind
        yield from kinds_of(kind)


def test_every_form_that_takes_a_file_and_every_door_is_asked_here() -> None:
    """What takes files and stands in no test is found by the form classes, and by who reads what was sent."""
    import_module(settings.ROOT_URLCONF)  # and with it every page and its forms
    for source in (one for room in ("marketplace", "tasks") for one in (settings.BASE_DIR / room).rglob("*.py")):
        for line in source.read_text(encoding="utf-8").splitlines():
            assert "request.FILES" not in line or INTO_A_FORM.search(line), (source, line)
    ours = [one for one in kinds_of(forms.BaseForm) if one.__module__.split(".")[0] in {"marketplace", "tasks"}]
    taking = {one for one in ours if any(isinstance(field, forms.FileField) for field in _fields(one))}
    assert taking == TAKING_FILES
    assert {path.removeprefix("marketplace.").removesuffix(".DOOR") for path in base.VAULT_DOORS} == set(HOLDERS)
    assert len({name.split(" ")[0] for name, _content in sent()}) >= 60


def _fields(form: Any) -> list[Any]:
    return [*form.base_fields.values(), *getattr(form, "declared_fields", {}).values()]


@pytest.mark.usefixtures("product_doors")
@pytest.mark.parametrize("path", base.VAULT_DOORS)
def test_no_door_accepts_one_of_them(path: str, folder: Path) -> None:
    owner = factories.person(known=False)
    at: doors.Door = import_string(path)
    holder = HOLDERS[path.removeprefix("marketplace.").removesuffix(".DOOR")](owner)
    before, kept = StoredFile.objects.count(), stored(folder)
    client, where = at_browser(owner), reverse("vault:at", args=[at.code, holder])
    for name, content in sent():
        for called in (name, f"{name.split(' ')[0]}.pdf"):
            form = {"purpose": next(iter(at.purposes)), "file": SimpleUploadedFile(called, content)}
            answer = client.post(where, form)
            assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["file"]), called
    assert (StoredFile.objects.count(), stored(folder)) == (before, kept)
    honest = {"purpose": next(iter(at.purposes)), "file": SimpleUploadedFile("a.pdf", made.pdf())}
    assert client.post(where, honest).status_code == 302, "it was the files, and neither the form nor the door"
    assert StoredFile.objects.count() == before + 1


def stored(folder: Path) -> int:
    return sum(one.is_file() for one in folder.rglob("*"))


def test_the_import_of_a_profile_offers_none_of_them_and_keeps_nothing(folder: Path) -> None:
    person = factories.person()
    client = at_browser(person)
    for name, content in sent():
        for called in (name, "list.xlsx", "record.json"):
            answer = client.post(reverse("profiles:import"), {"file": SimpleUploadedFile(called, content)})
            assert answer.status_code == 422, (name, called)
    assert (Reference.objects.count(), StoredFile.objects.count(), stored(folder)) == (0, 0, 0)


def test_the_import_of_challenges_reads_none_of_them_as_a_list() -> None:
    """What it takes is read later, by a program with limits; no draft comes of it."""
    owner = factories.person()
    house = factories.organisation(owner)
    client = at_browser(owner)
    for name, content in sent():
        form = {"organisation": house.public_id, "file": SimpleUploadedFile("list.xlsx", content)}
        assert client.post(reverse("challenges:import"), form).status_code == (302 if content else 422), name
        read(Sheet.objects.latest("pk"), owner)
        assert Sheet.objects.latest("pk").state == SheetState.UNREADABLE, name
    assert not Challenge.objects.exists()


def test_the_check_of_a_receipt_takes_none_of_them_for_one_and_keeps_nothing(folder: Path) -> None:
    client = Client()
    for name, content in sent():
        for called in (name, "receipt.json"):
            answer = client.post(reverse("proposals:check"), {"file": SimpleUploadedFile(called, content)})
            assert answer.status_code == 422, (name, called)
    assert (StoredFile.objects.count(), stored(folder)) == (0, 0)


def read(sheet: Sheet, owner: User) -> None:
    """As the job does; the same bytes once more wait for a word first."""
    if sheet.state == SheetState.UNREADABLE:
        return
    if sheet.state == SheetState.HELD:
        services.go_on(public_id=sheet.public_id, actor=owner)
    services.read_sheet(public_id=sheet.public_id)

"""S2: what the official register says, by a list and by a service, and what the office must say where it disagrees."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from marketplace.accounts.models import Organisation
from marketplace.accounts.official_register import Finding, Outcome, compared
from marketplace.accounts.roles import Role
from marketplace.outbox.models import Fact
from tests import factories
from tests.accounts import fake_register
from tests.tasks.web_adjudication.stage import at_browser, text_of

CODE, NAME = "91110000600037341L", "光谷众创空间"


@pytest.fixture
def listed(tmp_path: Path, settings: Any) -> Path:
    """A list of one."""
    path = tmp_path / "register.csv"
    path.write_text(f"uscc,name,status\n{CODE},{NAME},存续\n", encoding="utf-8-sig")
    settings.REGISTER_FILE = str(path)
    return path


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A service, as a process of its own."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, fake_register.__file__ or "", str(port)])
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        time.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    process.kill()
    process.wait(timeout=5)


def outcome(name: str = NAME, code: str = CODE) -> str:
    return compared(name, code).outcome


def test_without_a_register_or_a_code_nobody_is_asked(listed: Path, settings: Any) -> None:
    assert outcome(code="") == Outcome.NOT_ASKED
    settings.REGISTER_FILE = ""
    assert outcome() == Outcome.NOT_ASKED


def test_a_list_agrees_differs_or_does_not_know(listed: Path) -> None:
    assert outcome() == Outcome.AGREES
    assert outcome(name="光谷 众创空间") == Outcome.AGREES
    assert outcome(name="光谷众创") == Outcome.NAME_DIFFERS
    assert outcome(code="91420100MA4KLMNP0X") == Outcome.UNKNOWN
    listed.write_text(f"uscc,name,status\n{CODE},{NAME},注销\n", encoding="utf-8")
    os.utime(listed, ns=(1, time.time_ns() + 10**9))
    assert outcome() == Outcome.NOT_IN_GOOD_STANDING


@pytest.mark.parametrize("content", [b"code,name\n1,2\n", b"\xff\xfe", None])
def test_a_list_that_is_none_gives_no_answer(listed: Path, content: bytes | None) -> None:
    if content is None:
        listed.unlink()
    else:
        listed.write_bytes(content)
    assert outcome() == Outcome.UNAVAILABLE


def test_a_service_is_asked_with_its_word(address: str, settings: Any) -> None:
    settings.REGISTER_URL, settings.REGISTER_TOKEN = f"{address}/", "a word"
    assert compared(NAME, CODE) == Finding(Outcome.AGREES, compared(NAME, CODE).entry)
    assert outcome(name="别的单位") == Outcome.NAME_DIFFERS
    assert outcome(code="91420100MA4KLMNP0X") == Outcome.UNKNOWN
    settings.REGISTER_TOKEN = "another"
    assert outcome() == Outcome.UNAVAILABLE


@pytest.mark.parametrize("place", ["late", "garbage", "long", "elsewhere"])
def test_a_service_that_is_late_silent_endless_or_leads_away_gives_no_answer(
    address: str, settings: Any, place: str
) -> None:
    settings.REGISTER_URL, settings.REGISTER_TOKEN = f"{address}/{place}/", "a word"
    began = time.monotonic()
    assert outcome() == Outcome.UNAVAILABLE
    assert time.monotonic() - began < 5


@pytest.mark.django_db
def test_where_it_disagrees_the_office_gives_its_word(listed: Path, in_english: None) -> None:
    house = factories.organisation(factories.person(), verified=False)
    Organisation.objects.filter(pk=house.pk).update(uscc=CODE)
    admin = at_browser(factories.officer_with(Role.REGION_ADMIN))
    page = reverse("accounts:organisation", args=[house.public_id])
    verify = reverse("accounts:organisation_verify", args=[house.public_id])
    assert NAME in text_of(admin.get(page))
    answer = admin.post(verify, {"sponsor_class": "SME", "version": house.version})
    assert (answer.status_code, "another name stands in the register" in text_of(answer)) == (422, True)
    admin.post(verify, {"sponsor_class": "SME", "version": house.version, "by_hand": "on"})
    house.refresh_from_db()
    fact = Fact.objects.get(subject=house.public_id, kind="organisation.verified")
    assert (house.state, fact.data) == ("VERIFIED", {"register": "NAME_DIFFERS", "by_hand": True})


@pytest.mark.django_db
def test_nobody_else_makes_the_platform_ask(address: str, settings: Any) -> None:
    """A stranger's press of the button costs no question, and no seconds."""
    settings.REGISTER_URL = f"{address}/late/"
    house = factories.organisation(factories.person())
    began = time.monotonic()
    client = at_browser(factories.person())
    client.get(reverse("accounts:organisation", args=[house.public_id]))
    assert client.post(reverse("accounts:organisation_verify", args=[house.public_id]), {}).status_code == 422
    assert time.monotonic() - began < 3

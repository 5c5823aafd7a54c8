"""The gateway for text messages as a process of its own, and people at its end of the line."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from typing import Any

import requests
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from marketplace.accounts.models import PhoneNumber, User
from tests import factories
from tests.accounts import fake_gateway

PASSWORD = "a good password"
_numbers = count(13_800_000_001)


@dataclass
class Line:
    """Where the gateway listens, and what it took."""

    address: str

    def messages(self) -> list[Any]:
        """What it took, the first at the front."""
        taken: list[Any] = requests.get(self.address, timeout=5).json()
        return taken

    def code(self) -> str:
        """The code that it took last."""
        return str(self.messages()[-1]["code"])

    def clear(self) -> None:
        """Forget what it took."""
        requests.delete(self.address, timeout=5)


@contextmanager
def running() -> Iterator[Line]:
    """The process, from when it listens."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, fake_gateway.__file__ or "", str(port)])
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        time.sleep(0.1)
    yield Line(f"http://127.0.0.1:{port}/")
    process.kill()
    process.wait(timeout=5)


def new_number() -> str:
    """A mobile number nobody has yet, as people type it."""
    return str(next(_numbers))


def numbered(number: str = "", **person: Any) -> User:
    """Somebody who signs in with this number."""
    made = factories.person(**person)
    PhoneNumber.objects.create(user=made, number=f"+86{number or new_number()}", verified_at=timezone.now())
    return made


def at_phone(person: User) -> Client:
    """A browser in which the person has signed in by password just now."""
    client = Client()
    typed = {"login": person.email, "password": PASSWORD}
    assert client.post(reverse("account_login"), typed).status_code == 302
    assert client.post(reverse("account_reauthenticate"), {"password": PASSWORD}).status_code == 302
    return client


def ask(client: Client, number: str, **more: Any) -> Any:
    """Type a number and press the button."""
    return client.post(reverse("accounts:phone"), {"number": number}, **more)


def type_code(client: Client, code: str) -> Any:
    """Type a code and press the button."""
    return client.post(reverse("accounts:phone_code"), {"code": code})


def sign_in(name: str, password: str = PASSWORD, **more: Any) -> Any:
    """A stranger's try at the login form."""
    return Client().post(reverse("account_login"), {"login": name, "password": password}, **more)

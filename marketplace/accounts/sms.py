"""Text messages: handed to the gateway that the settings name (`SMS_URL`, see docs/operations.md).

A gateway is anything with `send`. A message is handed over after the commit, by the request that asked for it: its code
is kept nowhere in clear, so no job could send it later.
"""

from dataclasses import dataclass
from typing import Protocol

import requests
import structlog
from django.conf import settings
from django.core.mail import send_mail

log = structlog.get_logger(__name__)

PATIENCE = 5
"""Seconds a page waits for the gateway."""


class Unsent(Exception):
    """The gateway did not take the message, or did not say that it has."""


@dataclass(frozen=True)
class Text:
    """A message to a number in E.164; `code` also by itself, for gateways that fill templates of their own.

    `aside` is the e-mail address among whose letters the demonstration shows it.
    """

    to: str
    text: str
    code: str
    aside: str

    def __repr__(self) -> str:
        return "a text message"


class Gateway(Protocol):
    """What takes messages."""

    def send(self, message: Text) -> None:
        """Take this message. Raises Unsent."""


@dataclass(frozen=True)
class HttpGateway:
    """A service: POST of {"to": …, "text": …, "code": …} in JSON, answered with 2xx where it was taken."""

    address: str
    token: str = ""

    def send(self, message: Text) -> None:
        """By one question, without following redirects. Raises Unsent."""
        head = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        said = {"to": message.to, "text": message.text, "code": message.code}
        try:
            with requests.post(
                self.address, json=said, headers=head, timeout=PATIENCE, allow_redirects=False, stream=True
            ) as answer:
                taken = answer.status_code // 100 == 2
        except requests.RequestException as failure:
            raise Unsent(type(failure).__name__) from None
        if not taken:
            raise Unsent(str(answer.status_code))


@dataclass(frozen=True)
class Shown:
    """The demonstration's: nothing leaves the machine, the message stands among the person's mails."""

    def send(self, message: Text) -> None:
        """Write it down."""
        send_mail(f"SMS → {message.to}", message.text, None, [message.aside])


def offered() -> bool:
    """Whether there is anything that takes messages: without it there are no mobile numbers."""
    return _gateway() is not None


def send(message: Text) -> None:
    """Hand it over. Raises Unsent; the log learns why, and neither number nor text."""
    gateway = _gateway()
    if gateway is None:
        raise Unsent("there is no gateway")
    try:
        gateway.send(message)
    except Unsent as failure:
        log.warning("text message not sent", why=str(failure))
        raise


def _gateway() -> Gateway | None:
    if settings.SMS_URL:
        return HttpGateway(settings.SMS_URL, settings.SMS_TOKEN)
    return Shown() if settings.DEMO else None

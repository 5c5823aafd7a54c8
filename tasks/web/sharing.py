"""A challenge outside the platform: its short address, its picture for a telephone's camera, its days as a calendar."""

import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import icalendar
import segno
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from marketplace.kernel import clock
from tasks.challenges.lifecycle import State
from tasks.challenges.models import Challenge
from tasks.questions import rules as questions

REMINDED = timedelta(days=-1)
PRODUCER = "-//Zhongyan//challenges//EN"


def short_address(challenge: Challenge) -> str:
    """The address to copy, print and photograph; it leads to the page in the platform's first language."""
    with override(settings.LANGUAGE_CODE):
        return settings.SITE_URL.rstrip("/") + reverse("challenges:short", args=[challenge.public_id])


def qr_picture(challenge: Challenge) -> bytes:
    """The short address as a QR code (ISO/IEC 18004) in SVG: black on white, with the quiet zone of four modules.

    Correction level M: on a poster a sixth of it may be covered.
    """
    drawn = io.BytesIO()
    segno.make(short_address(challenge), error="m", micro=False).save(
        drawn, kind="svg", scale=8, border=4, dark="#000", light="#fff", title=challenge.heading
    )
    return drawn.getvalue()


def calendar_file(challenge: Challenge) -> bytes:
    """The days of the call (RFC 5545), all in UTC: whoever has it open again sees a moved deadline in its place."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for name, at, words in _days(challenge):
        calendar.add_component(_event(challenge, name, at, words))
    return bytes(calendar.to_ical())


def _days(challenge: Challenge) -> Iterator[tuple[str, datetime, str]]:
    if challenge.deadline is not None:
        yield "questions", questions.until(challenge.deadline), _("Last moment for questions: %(title)s")
        yield "deadline", challenge.deadline, _("Deadline for proposals: %(title)s")
    if challenge.state in {State.NOTICE, State.AWARDED}:
        yield "notice", challenge.notice.ends_at, _("End of the public notice: %(title)s")


def _event(challenge: Challenge, name: str, at: datetime, words: str) -> icalendar.Event:
    address = short_address(challenge)
    said: dict[str, Any] = {
        "uid": f"{challenge.public_id}-{name}@{urlsplit(settings.SITE_URL).hostname}",
        "sequence": challenge.version,
        "dtstamp": clock.now(),
        "dtstart": icalendar.vDatetime(at),
        "summary": words % {"title": challenge.heading},
        "description": address,
        "url": address,
        "transp": "TRANSPARENT",
    }
    event = icalendar.Event()
    for key, value in said.items():
        event.add(key, value)
    if name == "deadline":
        event.add_component(_reminder(said["summary"]))
    return event


def _reminder(words: str) -> icalendar.Alarm:
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words)
    alarm.add("trigger", REMINDED)
    return alarm

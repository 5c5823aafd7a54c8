"""A challenge taken along: short address, QR code, calendar file (RFC 5545), paper."""

from datetime import timedelta
from typing import Any
from xml.etree import ElementTree as ET

import icalendar
import pytest
from django.conf import settings
from django.test import Client

from marketplace.kernel import clock
from tasks.challenges.models import Challenge
from tasks.web import sharing
from tests import factories
from tests.tasks.web import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def challenge() -> Challenge:
    return factories.open_challenge()


def calendar(client: Client, challenge: Challenge) -> Any:
    answer = client.get(f"/en/challenges/{challenge.public_id}/calendar.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return icalendar.Calendar.from_ical(answer.content), answer.content


def test_the_calendar_holds_the_deadline_in_utc_and_reminds_a_day_before(client: Client, challenge: Challenge) -> None:
    read, written = calendar(client, challenge)
    assert challenge.deadline
    events = {str(one["uid"]).split("-")[1].split("@")[0]: one for one in read.walk("VEVENT")}
    assert list(events) == ["questions", "deadline"]
    deadline = events["deadline"]
    assert deadline.decoded("dtstart") == challenge.deadline.replace(microsecond=0)
    assert f"DTSTART:{challenge.deadline:%Y%m%dT%H%M%SZ}".encode() in written
    assert challenge.deadline - events["questions"].decoded("dtstart") < timedelta(hours=48, seconds=1)
    assert [one.decoded("trigger") for one in deadline.walk("VALARM")] == [timedelta(days=-1)]
    assert abs(deadline.decoded("dtstamp") - clock.now()) < timedelta(minutes=1)
    assert challenge.title in str(deadline["summary"])
    assert b"\r\n" in written
    assert max(len(line) for line in written.split(b"\r\n")) <= 75


def test_a_moved_deadline_replaces_the_event_it_had(client: Client, challenge: Challenge) -> None:
    first, _written = calendar(client, challenge)
    Challenge.objects.filter(pk=challenge.pk).update(version=challenge.version + 1)
    second, _written = calendar(client, challenge)
    one, other = (read.walk("VEVENT")[1] for read in (first, second))
    assert one["uid"] == other["uid"]
    assert other["sequence"] == one["sequence"] + 1


def test_a_title_cannot_write_lines_of_its_own_into_the_file(client: Client) -> None:
    title = "题目;甲,乙\\n伪造 END:VEVENT"
    read, _written = calendar(client, factories.open_challenge(title=title))
    assert len(read.walk("VEVENT")) == 2
    assert title in str(read.walk("VEVENT")[1]["summary"])


def test_the_short_address_leads_to_the_page_and_the_picture_says_it(client: Client, challenge: Challenge) -> None:
    address = sharing.short_address(challenge)
    assert address == f"{settings.SITE_URL}/c/{challenge.public_id}/"
    assert client.get(f"/c/{challenge.public_id}/").url == challenge.get_absolute_url()
    answer = client.get(f"/challenges/{challenge.public_id}/qr.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    root = ET.fromstring(answer.content)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert address in client.get(f"/en/challenges/{challenge.public_id}/").content.decode()


def test_nothing_of_it_is_there_for_whoever_may_not_see_the_challenge(client: Client) -> None:
    draft = factories.draft()
    for path in (
        f"/c/{draft.public_id}/",
        *(f"/challenges/{draft.public_id}/{one}" for one in ("qr.svg", "calendar.ics")),
    ):
        assert people.get(client, path, None).status_code == 404
        assert people.get(client, path, draft.author).status_code in {200, 302}

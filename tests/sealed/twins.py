"""Two worlds of one seed: in the second, seven proposals of others are sealed and two are being written."""

import random
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

from django.conf import settings
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse

from marketplace.accounts.models import User
from marketplace.kernel import clock
from marketplace.vault import services as bringing
from realtime import replay, visits
from realtime.messages import Join
from realtime.topics import parse
from tasks.challenges import services as posting
from tasks.challenges.models import Challenge
from tasks.proposals import files
from tasks.proposals import services as proposing
from tasks.proposals.models import Proposal
from tests import factories
from tests.matrix.asking import Browser, _text
from tests.matrix.world import World
from tests.relay import drain
from tests.sealed import stopped
from tests.tasks.teams import stage

READERS = ("anon", "strn", "auth", "regn", "judg", "supv", "ofcr", "revw", "sysa", "seca", "auda")
"""A kind of reader each; none of them owns what is added, or sits in its team."""
SEALED, DRAFTS, TEAMED, WITH_FILES = 7, 2, 6, 5
LOOKED_FOR = (0, 1, WITH_FILES, TEAMED, SEALED, SEALED + 1)
"""Of what is added those whose own addresses are asked: plain ones, the one with files, the one of a team, drafts."""
BUSY, QUIET = "open", "unanswered"
"""The calls that are answered: by others as well in both worlds, and by nobody in the first."""
SHIPPED = {name: getattr(settings, name) for name in ("AUTHENTICATION_BACKENDS", "SESSION_ENGINE")}
"""What a socket is judged by; pages are asked with sessions that need no database."""
SEED = 7
AFTERWARDS = timedelta(seconds=2)
PASSING = {"date", "expires", "x-request-id", "content-security-policy"}
"""Headers that differ each time: moments of the web server's own clock, a number; of the last only the nonce does."""
LINK = re.compile(r"^(/(?:en/)?files/\w{16}/)[\w:=-]+/$")
"""To a file for a few minutes: signed with the real moment."""
WORKBOOK, PACKED = "application/vnd.openxmlformats", {"content-length"}
"""A workbook says when it was written; how long it is once packed depends on that."""
NONCE = re.compile(r"nonce-[^']+")
CHANGING = re.compile(
    r'<dcterms:\w+ [^>]*>[^<]*<|csrfToken[^"]*|"X-CSRFToken": "[A-Za-z0-9]+"'
    r'|name="csrfmiddlewaretoken" value="[A-Za-z0-9]+"|below=gAAAA[A-Za-z0-9%_-]+'
)
"""CSRF tokens, the moment in a workbook, and the encrypted mark of a page of the trail, which is another each time."""
PAGES = ("detail", "standing", "edit", "versions", "submit", "waiting", "replace", "reread")
NUMBERED = ("compare", "receipt", "receipt_json", "receipt_pdf", "receipt_tsr", "receipt_qr")
ASKED = (
    "/challenges/?q=%E7%9F%A9%E9%98%B5",
    "/challenges/?sort=deadline",
    "/challenges/?sort=new&page=1",
    "/en/challenges/?q=open",
    "/figures/",
    "/en/figures/",
    "/my-work/",
    "/notifications/",
    "/sitemap.xml",
    "/robots.txt",
    "/healthz",
    "/readyz",
)
"""Besides what the table of routes names."""


@dataclass(frozen=True)
class Heard:
    """One answer as it came, packed."""

    status: int
    headers: tuple[tuple[str, str], ...]
    packed: bytes

    @property
    def body(self) -> str:
        return zlib.decompress(self.packed).decode()


class Twins:
    """The world, its readers at their browsers, and the authors of what is added."""

    def __init__(self, world: World, sockets: dict[str, str]) -> None:
        self.world, self.sockets = world, sockets
        self.authors = [factories.person() for _one in range(SEALED + DRAFTS)]
        self.mate = factories.person()
        self.browser = Browser(raise_request_exception=False)
        self.sessions = {role: session(world.people[role]) for role in READERS if role != "anon"}
        self.moment = clock.now()
        self.added: list[str] = []

    @contextmanager
    def one(self, *, sealed: bool, closed: bool = False) -> Iterator[None]:
        """One of the two worlds, until the end of the block; `closed` after the deadline of both calls."""
        with transaction.atomic(), patch("marketplace.kernel.ids.secrets", random.Random(SEED)):  # no secret
            stopped.stop(self.moment)
            if sealed:
                self._add()
                drain()
            stopped.stop(self._deadline() if closed else self.moment + AFTERWARDS)
            if closed:
                self._close()
            stopped.stop(clock.now() + AFTERWARDS)
            for cache in caches.all():
                cache.clear()
            drain()
            yield
            transaction.set_rollback(True)
        stopped.stop(self.moment)

    def ask(self, role: str, address: str) -> Heard:
        """What a reader is answered; whatever the request changes is undone."""
        self.browser.cookies.clear()
        if role in self.sessions:
            self.browser.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[role]
        with transaction.atomic():
            came = self.browser.get(address)
            body = CHANGING.sub("", _text(came))
            transaction.set_rollback(True)
        passing = PASSING | (PACKED if came.headers.get("Content-Type", "").startswith(WORKBOOK) else set())
        told = ((name, LINK.sub(r"\1", value)) for name, value in came.headers.items() if name.lower() not in passing)
        headers = tuple(sorted(told))
        return Heard(came.status_code, (*headers, *_policy(came)), zlib.compress(body.encode(), 1))

    def session_of_a_socket(self, role: str) -> list[Any]:
        """Every frame a reader's socket gets who wishes to hear every topic there is from its beginning."""
        with override_settings(**SHIPPED):
            visit = visits.begin(self.sockets.get(role, ""))
            assert visit is not None, role
            answers = replay.joined(visit, [Join(topic, 0) for name in self.topics() if (topic := parse(name))])
        return [(one.topic.name, one.frames, one.cursor) for one in answers or ()]

    def topics(self) -> list[str]:
        """The names of all topics, of what is added too."""
        calls = [self.world.ids[name] for name in (BUSY, QUIET)]
        people = [one.public_id for one in (*self.world.people.values(), *self.authors, self.mate)]
        each = [f"{kind}:{call}" for kind in ("challenge", "case") for call in calls]
        return ["challenges", "notices", *each, *(f"person:{one}" for one in people)]

    def addresses(self) -> list[str]:
        """Of what exists in the second world alone, and whatever the table of routes does not name."""
        some = [self.added[place] for place in LOOKED_FOR]
        made = [reverse(f"proposals:{page}", args=[one]) for one in some for page in PAGES]
        made += [reverse(f"proposals:{page}", args=[one, 1]) for one in some for page in NUMBERED]
        return [*made, *(reverse("vault:at", args=[files.CODE, one]) for one in some), *ASKED]

    def _add(self) -> None:
        """Seven sealed proposals, one with files, one of a team, and two drafts; always with the same ids."""
        busy, quiet = (self.world.challenge(name) for name in (BUSY, QUIET))
        added: list[Proposal] = []
        for number, author in enumerate(self.authors):
            call = (busy, quiet)[number % 2]
            if number == TEAMED:
                added.append(self._of_a_team(call, author))
                continue
            draft = factories.proposal_draft(call, author, title=f"另一世界方案{number}")
            if number == WITH_FILES:
                _bring(draft)
            if number < SEALED:
                proposing.submit_proposal(public_id=draft.public_id, actor=author)
            added.append(draft)
        self.added = [one.public_id for one in added]

    def _of_a_team(self, call: Challenge, lead: User) -> Proposal:
        team = stage.begun(call, lead)
        stage.joining(team, self.mate)
        stage.shared(team)
        stage.agreed(team)
        return stage.submitted(team)

    def _close(self) -> None:
        """Both calls, not opened yet; with ids of a seed of its own, so that it does not matter what came before."""
        with patch("marketplace.kernel.ids.secrets", random.Random(SEED + 1)):  # no secret
            for name in (BUSY, QUIET):
                posting.close_challenge(public_id=self.world.ids[name])
                drain()  # one told after the other, whatever the real clock's fractions are
                stopped.stop(clock.now() + AFTERWARDS)

    def _deadline(self) -> datetime:
        """A moment past both."""
        calls = [self.world.challenge(name) for name in (BUSY, QUIET)]
        return max(one.deadline for one in calls if one.deadline) + AFTERWARDS


def session(user: User) -> str:
    """The cookie of somebody who has signed in."""
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _bring(draft: Proposal) -> None:
    for name in ("方案.txt", "图纸.txt"):
        upload = SimpleUploadedFile(name, name.encode())
        bringing.bring(actor=draft.author, code=files.CODE, holder=draft.public_id, purpose="PLAN", upload=upload)


def _policy(came: Any) -> tuple[tuple[str, str], ...]:
    said = came.headers.get("Content-Security-Policy", "")
    return (("Content-Security-Policy", NONCE.sub("nonce", said)),)

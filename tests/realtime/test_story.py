"""Snapshot + messages = fresh snapshot (I25): a page that refetches on hints, over a line that drops one in ten."""

import asyncio
import math
import random
import time

import pytest

from marketplace.accounts.models import User
from realtime.models import LiveMessage, LiveTopic
from tasks.challenges import queries as challenges
from tasks.challenges import services as posting
from tasks.challenges.models import Challenge
from tests import factories
from tests.realtime.browser import Browser, in_thread, signed_in
from tests.relay import drain

pytestmark = [pytest.mark.asyncio, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("layer")]


class Page:
    """What live.js does: remember the number, fetch again on a hint, ask for what is missing when one is skipped."""

    def __init__(self, viewer: User, challenge: Challenge, losses: random.Random) -> None:
        self.viewer, self.id, self.topic = viewer, challenge.public_id, f"challenge:{challenge.public_id}"
        self.losses, self.seq, self.shown, self.seen = losses, None, None, []
        self.asked, self.since = False, time.monotonic()

    def fetch(self) -> tuple[str, int, str]:
        now = challenges.visible(self.id, self.viewer)
        return now.state, now.version, now.title

    async def watch(self, browser: Browser, quiet: float = 0.4) -> None:
        """Hear until nothing more comes for `quiet` seconds."""
        self.asked = False
        await browser.asks(join=[self.wish()])
        while not await browser.silent(quiet):
            await self.take(browser, await browser.hears())

    def wish(self) -> list[str | int | None]:
        """From the number last heard; without one, since the page was asked for."""
        if self.seq is None:
            return [self.topic, None, math.ceil(time.monotonic() - self.since)]
        return [self.topic, self.seq]

    async def take(self, browser: Browser, frame: dict) -> None:
        if frame["type"] == "joined":
            self.seq, self.asked = frame["seq"], False
        elif self.asked or self.losses.random() < 0.1:
            return
        elif frame["type"] == "changed" and self.seq is not None and frame["seq"] > self.seq + 1:
            self.asked = True
            await browser.asks(join=[self.wish()])
        elif frame["type"] == "resync" or frame["seq"] > (self.seq or 0):
            self.seen.append(frame["seq"])
            self.seq, self.shown = frame["seq"], await in_thread(self.fetch)()


@pytest.mark.parametrize("seed", range(3))
async def test_a_page_over_a_bad_line_ends_up_as_a_fresh_one(seed: int) -> None:
    losses = random.Random(seed)
    challenge = await in_thread(factories.draft)()
    cookie = await in_thread(lambda: signed_in(challenge.author))()
    await in_thread(drain)()
    page = Page(challenge.author, challenge, losses)
    page.shown = await in_thread(page.fetch)()

    def edits() -> None:
        for number in range(5):
            posting.edit_challenge(
                public_id=challenge.public_id,
                actor=challenge.author,
                content=factories.posting_content(title=f"第 {number} 稿 {losses.random()}"),
            )
            drain()

    for last in (False, True):
        async with Browser(cookie) as browser:
            watching = asyncio.create_task(page.watch(browser))
            await in_thread(edits)()
            if last:
                await in_thread(
                    lambda: posting.submit_challenge(public_id=challenge.public_id, actor=challenge.author)
                )()
                await in_thread(drain)()
            await watching
    async with Browser(cookie) as browser:  # the line is good now, as after every reconnection
        page.losses = random.Random("no loss")
        page.losses.random = lambda: 1.0
        await page.watch(browser, quiet=2.0)
    head = await in_thread(lambda: LiveTopic.objects.get(name=page.topic).last_seq)()
    assert page.shown == await in_thread(page.fetch)()
    assert page.seq == head == await in_thread(LiveMessage.objects.filter(topic=page.topic).count)()
    assert page.seen == sorted(set(page.seen))

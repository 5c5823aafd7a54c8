"""The page's side of live updates, in a real browser: it changes by itself, keeps what is typed, and comes back."""

import asyncio
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn
from channels.layers import channel_layers
from channels.routing import ProtocolTypeRouter
from django.core.asgi import get_asgi_application
from playwright.sync_api import Browser
from pytest_django import Settings

from marketplace.settings.base import MIDDLEWARE
from realtime.routing import sockets
from tasks.challenges import services as posting
from tasks.challenges.models import Challenge
from tests import clock, factories
from tests.hands import together
from tests.journeys.browser import Visitor, chromium, visitor
from tests.journeys.platform import free_port
from tests.realtime.browser import signed_in
from tests.relay import drain

pytestmark = [pytest.mark.journey, pytest.mark.embedded, pytest.mark.django_db(transaction=True)]


class Server:
    """Pages and sockets in a thread of this process, on a port that stays the same when it starts again."""

    def __init__(self) -> None:
        self.port = free_port()
        self.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        channel_layers.backends.clear()
        application = ProtocolTypeRouter({"http": get_asgi_application(), "websocket": sockets})
        self.server = uvicorn.Server(
            uvicorn.Config(application, port=self.port, log_level="error", lifespan="off", timeout_graceful_shutdown=1)
        )
        self.thread = threading.Thread(target=lambda: asyncio.run(self.server.serve()), daemon=True)
        self.thread.start()
        while not self.server.started:
            time.sleep(0.02)

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(timeout=15)
        assert not self.thread.is_alive()


@pytest.fixture
def server(settings: Settings) -> Iterator[Server]:
    settings.MIDDLEWARE = MIDDLEWARE  # as shipped embedded: static files are served too
    running = Server()
    yield running
    running.stop()
    channel_layers.backends.clear()


@pytest.fixture
def browser(transactional_db: None) -> Iterator[Browser]:
    """Gone before the database is emptied: Playwright keeps a loop in this thread as long as it runs."""
    with chromium() as started:
        yield started


def done(work: Any) -> Any:
    """Work on the database beside Playwright, which has a loop in this thread."""
    (result,) = together(work)
    if isinstance(result, Exception):
        raise result
    return result


def opened() -> Challenge:
    challenge = factories.open_challenge()
    drain()
    return challenge


def past_deadline(challenge: Challenge) -> None:
    assert challenge.deadline
    clock.shift(days=31)
    posting.close_challenge(public_id=challenge.public_id)
    drain()


def joined(window: Visitor) -> Visitor:
    """The page, once it hears."""
    window.sees("[data-live-status=connected]")
    window.page.wait_for_timeout(300)
    return window


def test_an_open_page_shows_the_next_state_and_keeps_what_is_being_typed(server: Server, browser: Browser) -> None:
    challenge = done(opened)
    address = f"/challenges/{challenge.public_id}/"
    reads, types = (joined(visitor(browser, server.address).go(address)) for _window in range(2))
    types.page.evaluate(
        """() => { const field = document.createElement("input"); field.id = "typing";
                   document.getElementById("challenge-state").append(field); field.focus(); }"""
    )
    types.page.keyboard.type("half a sen")
    done(lambda: past_deadline(challenge))
    assert reads.sees("#challenge-state:has-text('已截止')") < 5
    types.page.wait_for_timeout(1500)
    types.page.keyboard.type("tence")
    assert types.page.input_value("#typing") == "half a sentence"
    types.page.fill("#typing", "")
    types.page.evaluate("document.activeElement.blur()")
    assert types.sees("#challenge-state:has-text('已截止')") < 5
    assert (reads.complaints, types.complaints) == ([], [])


def test_a_page_comes_back_after_the_server_and_shows_what_it_missed(server: Server, browser: Browser) -> None:
    challenge = done(opened)
    window = joined(visitor(browser, server.address).go(f"/challenges/{challenge.public_id}/"))
    window.page.evaluate("window.same = true")
    server.stop()
    done(lambda: past_deadline(challenge))
    window.sees("[data-live-status=lost]", within=15)
    assert "中断" in window.page.inner_text("[data-live-status]")
    server.start()
    window.sees("#challenge-state:has-text('已截止')", within=40)
    window.sees("[data-live-status=connected]")
    assert window.page.evaluate("window.same")


def test_the_count_of_notifications_goes_up_by_itself(server: Server, browser: Browser) -> None:
    challenge, author = done(opened), done(factories.person)
    window = visitor(browser, server.address)
    cookie = {"name": "sessionid", "value": done(lambda: signed_in(author)), "url": server.address}
    window.page.context.add_cookies([cookie])  # type: ignore[list-item]  # a dict is what it takes
    joined(window.go("/challenges/"))
    assert window.page.inner_text("#notices-count").strip() == ""

    def proposes() -> None:
        factories.submitted_proposal(challenge, author)
        drain()

    done(proposes)
    assert window.sees("#notices-count .count:has-text('1')") < 5
    assert window.complaints == []

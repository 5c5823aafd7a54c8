"""The same over a real server and a real client: uvicorn on a port, the relay in a thread of its own."""

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn
from channels.layers import channel_layers
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from marketplace.accounts.models import User
from realtime.consumers import Closed
from realtime.routing import sockets
from tasks.challenges import services as posting
from tests import factories
from tests.hands import together
from tests.realtime.browser import signed_in
from tests.relay import drain

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def address() -> Iterator[str]:
    """A server on a free port that serves the sockets alone; ends with its test."""
    channel_layers.backends.clear()
    config = uvicorn.Config(sockets, port=0, log_level="warning", lifespan="off", ws_max_size=65536)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=10)
    channel_layers.backends.clear()
    assert not thread.is_alive()


def dial(address: str, cookie: str = "", origin: str | None = "") -> ClientConnection:
    headers = {"Cookie": f"sessionid={cookie}"} if cookie else {}
    own = f"http://{address}" if origin == "" else origin
    return connect(f"ws://{address}/ws/", origin=own, additional_headers=headers, open_timeout=5)  # type: ignore[arg-type]  # None means without


def hear(line: ClientConnection) -> dict[str, Any]:
    return json.loads(line.recv(timeout=5))


@pytest.mark.parametrize("origin", [None, "null", "http://evil.example", "http://127.0.0.1:1"])
def test_a_foreign_origin_gets_403_at_the_handshake(address: str, origin: str | None) -> None:
    with pytest.raises(InvalidStatus) as refused, dial(address, origin=origin):
        pass
    assert refused.value.response.status_code == 403


def test_a_change_reaches_a_browser_from_another_thread(address: str) -> None:
    challenge = factories.draft()
    drain()
    with dial(address, signed_in(challenge.author)) as line:
        line.send(json.dumps({"join": [[f"challenge:{challenge.public_id}", None]]}))
        assert hear(line)["type"] == "joined"
        posting.submit_challenge(public_id=challenge.public_id, actor=challenge.author)
        assert together(drain)[0] > 0
        frame = hear(line)
        assert (frame["type"], frame["id"]) == ("changed", challenge.public_id)


def test_a_person_who_is_locked_out_is_silent_and_closed(address: str) -> None:
    user = factories.person()
    drain()
    with dial(address, signed_in(user)) as line:
        line.send(json.dumps({"join": [[f"person:{user.public_id}", None]]}))
        assert hear(line)["type"] == "joined"
        User.objects.filter(pk=user.pk).update(is_active=False)
        began = time.monotonic()
        with pytest.raises(ConnectionClosed) as ended:
            line.recv(timeout=6)
        assert ended.value.rcvd is not None
        assert ended.value.rcvd.code == Closed.SESSION_OVER
        assert time.monotonic() - began < 5


def test_a_frame_of_a_megabyte_closes_the_line(address: str) -> None:
    with dial(address) as line:
        line.send("x" * 1_000_000)
        with pytest.raises(ConnectionClosed):
            line.recv(timeout=5)

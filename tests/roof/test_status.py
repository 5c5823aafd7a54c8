"""/status asks each part and says what it heard: parts that are gone, hang or stand still are answered with no."""

import socket
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from channels.layers import channel_layers, get_channel_layer
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from marketplace.accounts.roles import Role, Scope
from marketplace.outbox import heartbeat
from realtime import probe
from tasks.jobs import advance
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_sign_of_jobs() -> Iterator[None]:
    cache.clear()
    yield
    channel_layers.backends.clear()


def answers(client: Client) -> dict[str, bool]:
    page = client.get("/en/status")
    assert page.status_code == 200
    return {str(part.purpose): part.answers for part in page.context["parts"]}


@pytest.fixture
def admin(client: Client) -> Client:
    person = factories.person()
    factories.accounts.grant_role(user=person, role=Role.SYSTEM_ADMIN, scope=Scope.PLATFORM)
    client.force_login(person)
    return client


def test_only_system_administrators_see_it(client: Client) -> None:
    assert client.get("/en/status").status_code == 404
    client.force_login(factories.officer_with(Role.REGION_ADMIN))
    assert client.get("/en/status").status_code == 404


def test_a_message_of_its_own_comes_back(admin: Client) -> None:
    assert answers(admin)["Live updates"]
    assert answers(admin)["Live updates"]


def redis_at(settings: Any, port: int) -> None:
    settings.CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [f"redis://127.0.0.1:{port}/0"]},
        }
    }
    channel_layers.backends.clear()
    get_channel_layer()  # its modules are loaded before the time is taken


@pytest.mark.parametrize("backlog", [None, 5], ids=["gone", "silent"])
def test_a_layer_that_is_silent_or_gone_is_answered_with_no(admin: Client, settings, backlog: int | None) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        if backlog:
            silent.listen(backlog)
        redis_at(settings, silent.getsockname()[1])
        begun = time.monotonic()
        assert not answers(admin)["Live updates"]
        assert time.monotonic() - begun < 3


def test_a_layer_that_never_lets_go_is_not_waited_for(admin: Client, settings, monkeypatch) -> None:
    async def stuck() -> bool:
        time.sleep(1.5)  # noqa: ASYNC251  # what a name server that does not answer does to a thread
        return True

    redis_at(settings, 1)
    monkeypatch.setattr(probe, "_echo", stuck)
    monkeypatch.setattr(probe, "PATIENCE", 0.1)
    begun = time.monotonic()
    assert not probe.layer_answers()
    assert time.monotonic() - begun < 1


def test_jobs_answer_once_one_has_run(admin: Client) -> None:
    assert not answers(admin)["Jobs"]
    advance()
    page = admin.get("/en/status")
    assert {str(part.purpose): part.answers for part in page.context["parts"]}["Jobs"]
    assert "Last ran:" in page.content.decode()


def test_jobs_that_have_not_run_for_a_minute_do_not_answer(admin: Client) -> None:
    long_ago = timezone.now() - timedelta(seconds=61)
    cache.set(heartbeat.KEY, long_ago, timeout=None)
    assert not answers(admin)["Jobs"]
    assert heartbeat.last_beat() == long_ago
    heartbeat.beat()
    assert answers(admin)["Jobs"]


def test_a_sign_is_left_every_quarter_of_a_minute_and_no_more_often(monkeypatch) -> None:
    heartbeat.beat()
    first = heartbeat.last_beat()
    heartbeat.beat()
    assert heartbeat.last_beat() == first
    monkeypatch.setattr(heartbeat, "EVERY", timedelta(0))
    heartbeat.beat()
    assert first is not None
    assert first < heartbeat.last_beat()  # type: ignore[operator]  # there is one


def test_a_failing_job_leaves_no_sign(monkeypatch) -> None:
    def broken(_now: object) -> list[str]:
        raise ValueError("no such thing")

    monkeypatch.setattr("tasks.challenges.intake.past_deadline", broken)
    with pytest.raises(ValueError, match="no such thing"):
        advance()
    assert heartbeat.last_beat() is None

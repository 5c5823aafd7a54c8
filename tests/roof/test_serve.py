"""`manage.py serve`: what it refuses, and one real start and stop."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from marketplace import serving

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 60.0


def test_several_workers_over_a_memory_channel_layer_are_refused(settings) -> None:
    settings.CHANNEL_LAYERS = {"default": {"BACKEND": "realtime.layers.ThreadSafeInMemoryLayer"}}
    with pytest.raises(CommandError, match="in-memory channel layer"):
        serving.refuse_crowd(2)
    serving.refuse_crowd(1)


def test_several_workers_are_production_s_business(settings) -> None:
    settings.CHANNEL_LAYERS = {"default": {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer"}}
    with pytest.raises(CommandError, match="production"):
        serving.refuse_crowd(2)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.7", "::"])
def test_the_demo_listens_on_this_machine_only(settings, host: str) -> None:
    settings.DEMO = True
    with pytest.raises(CommandError, match="this machine only"):
        call_command("serve", host=host)


def test_a_database_without_its_tables_says_which_command_helps(monkeypatch) -> None:
    monkeypatch.setattr(serving.MigrationExecutor, "__init__", lambda self, connection: None)
    monkeypatch.setattr(serving.MigrationExecutor, "loader", Pending(), raising=False)
    monkeypatch.setattr(serving.MigrationExecutor, "migration_plan", lambda self, targets: ["one"])
    with pytest.raises(CommandError, match=r"manage\.py migrate"):
        serving.refuse_unprepared()


class Pending:
    """A loader whose graph ends in a migration that was not applied."""

    graph = type("Graph", (), {"leaf_nodes": staticmethod(lambda: [("tasks", "9999_later")])})


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server of its own with an empty database, and its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {
        **{name: value for name, value in os.environ.items() if not name.endswith("_URL")},
        "DJANGO_SETTINGS_MODULE": "marketplace.settings.embedded",
        "DATA_DIR": str(tmp_path),
        "DEMO": "0",
        "PORT": str(port),
    }
    manage = [sys.executable, "manage.py"]
    subprocess.run([*manage, "migrate", "--verbosity", "0"], cwd=ROOT, env=env, check=True)
    process = subprocess.Popen([*manage, "serve"], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
    yield process, f"http://127.0.0.1:{port}"
    process.kill()
    process.communicate()


def answer_of(address: str) -> int:
    """The status of the page, asked again until the server listens."""
    begun = time.monotonic()
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return int(answer.status)
        except (URLError, ConnectionError):
            if time.monotonic() - begun > PATIENCE:
                raise
            time.sleep(0.2)


@pytest.mark.embedded
def test_it_says_where_it_is_answers_and_stops_in_order(served: tuple[subprocess.Popen[str], str]) -> None:
    process, address = served
    assert answer_of(f"{address}/healthz") == 200
    assert answer_of(f"{address}/") == 200
    process.send_signal(signal.SIGTERM)
    out, _err = process.communicate(timeout=20)
    assert process.returncode == 0
    assert f"{address}/" in out
    assert out.rstrip().endswith("Stopped.")

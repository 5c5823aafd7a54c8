"""The platform as production runs it, in a database of its own, and the bare server beside it."""

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from bench import cpu
from devtools.services import debian, redis
from tests.journeys.platform import Platform, free_port, prepare, production_environment

GUNICORN = str(Path(sys.executable).parent / "gunicorn")
ROUNDS = 5


@dataclass
class Server:
    """A gunicorn with the shipped configuration; `pid` is its master's."""

    address: str
    pid: int

    def worker(self) -> int:
        """The process that answers, where there is one only."""
        (worker,) = cpu.family(self.pid) - {self.pid}
        return worker


@dataclass
class Stage:
    """Where measurements happen: the platform's settings, its folder, and the PostgreSQL that serves it."""

    platform: Platform
    seed: int
    servers: dict[str, Server] = field(default_factory=dict)

    def serve(
        self, name: str, entry: str, *, settings: str = "", workers: int = 2, more: dict[str, str] | None = None
    ) -> Server:
        """Start a server with the shipped configuration and wait until it answers anything at all."""
        port = free_port()
        environment = {**self.platform.environment, "WEB_WORKERS": str(workers), **(more or {})}
        if settings:
            environment["DJANGO_SETTINGS_MODULE"] = settings
        with (self.platform.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                [GUNICORN, entry, "-c", "deploy/gunicorn.py", "--bind", f"127.0.0.1:{port}", "--max-requests", "0"],
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.platform.processes[name] = process
        server = Server(f"http://127.0.0.1:{port}", process.pid)
        self.servers[name] = server
        return server

    def stop(self, name: str) -> None:
        """End one server."""
        process = self.platform.processes.pop(name)
        process.terminate()
        process.wait(timeout=30)
        self.servers.pop(name, None)


def answered(address: str, path: str, within: float = 60) -> float:
    """Seconds until this address answers with 200. Raises AssertionError when it never does."""
    began = time.monotonic()
    with httpx.Client(timeout=30) as client:
        while time.monotonic() - began < within:
            with suppress(httpx.HTTPError):
                if client.get(address + path).status_code == 200:
                    return time.monotonic() - began
            time.sleep(0.01)
    raise AssertionError(f"{address}{path} never answered")


def postmaster() -> int:
    """The process all backends of the database descend from."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (backend,) = cursor.fetchone()
    status = Path(f"/proc/{backend}/status").read_text(encoding="ascii")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("PPid:")))


def cost(server: Server, database: int, times: int, request: Callable[[int], object]) -> float:
    """CPU milliseconds of server and database for one request, over this many."""
    before = cpu.seconds([server.pid, database])
    for number in range(times):
        request(number)
    return (cpu.seconds([server.pid, database]) - before) / times * 1000


def medians(measures: dict[str, Callable[[], float]], rounds: int = ROUNDS) -> dict[str, float]:
    """The median of each measure over rounds in which every one has its turn, so that noise meets them all."""
    seen: dict[str, list[float]] = {name: [] for name in measures}
    for _round in range(rounds):
        for name, measure in measures.items():
            seen[name].append(measure())
    return {name: statistics.median(values) for name, values in seen.items()}


@contextmanager
def stage(folder: Path, seed: int) -> Iterator[Stage]:
    """A migrated platform with an empty database and an index of its own; everything ends with the block."""
    import django

    with _broker() as broker:
        environment = production_environment(
            folder, free_port(), DEMO="0", SEARCH_INDEX_PREFIX=f"bench-{os.getpid()}", **broker
        )
        os.environ.update(environment)
        platform = Platform("", folder, environment)
        try:
            prepare(platform)
            django.setup()
            yield Stage(platform, seed)
        finally:
            platform.stop()
            _leave()


@contextmanager
def _broker() -> Iterator[dict[str, str]]:
    """A Redis of its own where one can be started: the workers of another platform would take this one's jobs."""
    if not debian.at_home():
        yield {}
        return
    state = debian.state_folder() / f"bench-{os.getpid()}"
    state.mkdir(mode=0o755)
    try:
        yield {"REDIS_URL": redis.start(state)}
    finally:
        redis.stop(state)
        shutil.rmtree(state, ignore_errors=True)


def _leave() -> None:
    from django.db import connections

    from search.engine import engine

    engine().drop()
    connections.close_all()

"""A PostgreSQL, a Redis and an Elasticsearch that one journey alone uses: it may kill, stop and search them."""

import os
import shutil
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from devtools.services import debian, elasticsearch, postgres, redis

PARENT, SESSION = 1, 3
"""Places in /proc/<pid>/stat, counted behind the name."""


@dataclass(frozen=True)
class Engine:
    """One server: where its state is, its address, and how it is started on what it has."""

    folder: Path
    url: str
    again: Callable[[Path, str], str]
    pid_file: str = "pid"

    @property
    def pids(self) -> list[int]:
        """The server's process, and those it has started."""
        first = int((self.folder / self.pid_file).read_text(encoding="ascii").split()[0])
        return [first, *offspring(first)]

    def resume(self) -> None:
        """Start it again at its address; returns when it answers."""
        self.again(self.folder.parent, self.url)


@contextmanager
def engines() -> Iterator[dict[str, Engine]]:
    """All three, started afresh, and gone without a trace afterwards."""
    state = debian.state_folder() / f"own-{os.getpid()}"
    state.mkdir(mode=0o755)
    try:
        yield {
            "postgresql": _postgresql(state),
            "redis": Engine(state / "redis", redis.start(state), redis.resume),
            "elasticsearch": Engine(state / "elasticsearch", elasticsearch.start(state), elasticsearch.resume),
        }
    finally:
        for one in (postgres, redis, elasticsearch):
            one.stop(state)
        shutil.rmtree(state, ignore_errors=True)


def addresses(servers: Mapping[str, Engine]) -> dict[str, str]:
    """By the names of the settings."""
    names = {"DATABASE_URL": "postgresql", "REDIS_URL": "redis", "ELASTICSEARCH_URL": "elasticsearch"}
    return {setting: servers[name].url for setting, name in names.items()}


def _postgresql(state: Path) -> Engine:
    """As durable as shipped; its log tells of every statement."""
    url = postgres.start(state, postgres.TALKATIVE)
    return Engine(state / "postgres", url, postgres.resume, "data/postmaster.pid")


def family(pid: int) -> list[int]:
    """The process and everything in its session: gunicorn's workers, Celery's pool."""
    return [one for one in map(_number, Path("/proc").iterdir()) if one and (one == pid or _stat(one, SESSION) == pid)]


def children(pid: int) -> list[int]:
    """What the process has started and what still lives."""
    return [one for one in family(pid) if one != pid]


def offspring(pid: int) -> list[int]:
    """What the process has started, and they in turn, whatever session each is in."""
    parents = {one: _stat(one, PARENT) for one in map(_number, Path("/proc").iterdir()) if one}
    found = [pid]
    for parent in found:
        found.extend(one for one, its in parents.items() if its == parent)
    return found[1:]


def send(pids: list[int], number: signal.Signals) -> None:
    """A signal to each that is still there."""
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue


def _number(path: Path) -> int:
    return int(path.name) if path.name.isdigit() else 0


def _stat(pid: int, place: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[place])
    except (OSError, IndexError):
        return 0

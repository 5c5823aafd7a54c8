"""A Redis and an Elasticsearch that this journey alone uses, so that it may kill and stop them."""

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from devtools.services import debian, elasticsearch, redis


@dataclass(frozen=True)
class Engine:
    """One server: where its state is, its address, and how it is started on what it has."""

    folder: Path
    url: str
    again: Callable[[Path, str], str]

    @property
    def pid(self) -> int:
        """The server's process."""
        return int((self.folder / "pid").read_text(encoding="ascii").split()[0])

    def resume(self) -> None:
        """Start it again at its address; returns when it answers."""
        self.again(self.folder.parent, self.url)


@contextmanager
def engines() -> Iterator[dict[str, Engine]]:
    """Both, started afresh, and gone without a trace afterwards."""
    state = debian.state_folder() / f"faults-{os.getpid()}"
    state.mkdir(mode=0o755)
    try:
        yield {
            "redis": Engine(state / "redis", redis.start(state), redis.resume),
            "elasticsearch": Engine(state / "elasticsearch", elasticsearch.start(state), elasticsearch.resume),
        }
    finally:
        redis.stop(state)
        elasticsearch.stop(state)
        shutil.rmtree(state, ignore_errors=True)


def family(pid: int) -> list[int]:
    """The process and everything in its session: gunicorn's workers, Celery's pool."""
    return [one for one in map(_number, Path("/proc").iterdir()) if one and (one == pid or _session(one) == pid)]


def children(pid: int) -> list[int]:
    """What the process has started and what still lives."""
    return [one for one in family(pid) if one != pid]


def send(pids: list[int], number: signal.Signals) -> None:
    """A signal to each that is still there."""
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue


def _number(path: Path) -> int:
    return int(path.name) if path.name.isdigit() else 0


def _session(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[3])
    except (OSError, IndexError):
        return 0

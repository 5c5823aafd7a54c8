"""Everything a platform and its engines ever wrote: what each of them gives when asked, and every file on the disk."""

import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import psycopg
import redis

from devtools.services.postgres import PROGRAMS
from tests.journeys.faults.engines import Engine, family
from tests.journeys.platform import ROOT, Platform
from tests.sealed.needles import Needles

Found = Iterator[tuple[str, bytes]]
TEMPORARY = ("/tmp", "/var/tmp", "/dev/shm", str(ROOT))  # they are looked into, nothing is put there
OURS = (".venv", ".git", "__pycache__")
BOUND = ("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD")


class Search:
    """All places of one platform by their names; `needles` is what is looked for."""

    def __init__(self, platform: Platform, servers: Mapping[str, Engine], needles: Needles) -> None:
        self.platform, self.servers, self.needles = platform, servers, needles
        self.began = time.time()
        self.looked = 0
        """Bytes looked at the last time."""
        self.watched: list[bytes] = []
        self.places: dict[str, Callable[[], Found]] = {
            "dump": self.dump,
            "engines": self.engines,
            "redis": self.redis,
            "index": self.index,
            "platform": self.of_the_platform,
            "temporary": self.temporary,
            "unlinked": self.unlinked,
        }
        threading.Thread(target=self._watch, daemon=True).start()

    def leaks(self, *places: str) -> dict[str, set[str]]:
        """The dresses in which something was found, by the file or answer it was found in."""
        self.looked, found = 0, {}
        for place in places or tuple(self.places):
            for name, content in self.places[place]():
                self.looked += len(content)
                if dresses := self.needles.found(content):
                    found[f"{place}: {name}"] = dresses
        return found

    def dump(self) -> Found:
        """Every database and role, as the backup has them: letters, queues, sessions and the trail among them."""
        psycopg.connect(self._superuser(), autocommit=True).execute("CHECKPOINT").connection.close()
        where = urlsplit(self._superuser())
        said = dict(zip(BOUND, (where.hostname, str(where.port), "postgres", where.password), strict=True))
        done = subprocess.run([PROGRAMS / "pg_dumpall"], env={**os.environ, **said}, capture_output=True, check=True)  # type: ignore[arg-type]  # all of them are there
        yield "pg_dumpall", done.stdout

    def engines(self) -> Found:
        """Data, write-ahead logs and logs of every engine: what a copy of their volumes holds."""
        yield from _files(self.servers["postgresql"].folder.parent)

    def redis(self) -> Found:
        """Everything Redis holds, unpacked, and every command it was ever sent."""
        with redis.Redis.from_url(self.servers["redis"].url) as client:
            client.config_set("rdbcompression", "no")
            client.save()
        yield "snapshot", (self.servers["redis"].folder / "dump.rdb").read_bytes()
        yield "commands", b"\n".join(self.watched)

    def index(self) -> Found:
        """Every document of every index with its source, and how the fields are known."""
        with httpx.Client(base_url=self.servers["elasticsearch"].url) as client:
            client.post("/_refresh")
            for question in ("/_search?size=10000", "/_mapping", "/_cat/indices"):
                yield question, client.get(question).content

    def of_the_platform(self) -> Found:
        """Its folder: logs of all processes, the vault, media, keys of drafts, nginx's own files."""
        yield from _files(self.platform.folder)

    def temporary(self) -> Found:
        """Files anywhere a program leaves some, made since the start; cores of those that died among them."""
        for folder in TEMPORARY:
            yield from _files(Path(folder), since=self.began)

    def unlinked(self) -> Found:
        """Files that have no name any more, and are there as long as a process of ours holds them open."""
        for pid in [one for process in self.platform.processes.values() for one in family(process.pid)]:
            for link in _listed(Path(f"/proc/{pid}/fd")):
                with suppress(OSError):
                    if link.is_file() and not link.readlink().exists():
                        yield f"{link.readlink()} of {pid}", link.read_bytes()

    def _superuser(self) -> str:
        server = self.servers["postgresql"]
        password = (server.folder / "password").read_text(encoding="ascii")
        return f"postgresql://postgres:{password}@127.0.0.1:{urlsplit(server.url).port}/postgres"

    def _watch(self) -> None:
        """What MONITOR tells, until the server ends."""
        with (
            suppress(redis.RedisError, OSError, ValueError),
            redis.Redis.from_url(self.servers["redis"].url) as client,
            client.monitor() as monitor,
        ):
            for one in monitor.listen():
                self.watched.append(str(one["command"]).encode("utf-8", "surrogateescape"))


def _files(folder: Path, since: float = 0.0) -> Found:
    """Every file below a folder that was changed since then; what goes away meanwhile is not there any more."""
    for parent, folders, names in os.walk(folder):
        folders[:] = [one for one in folders if one not in OURS]
        for path in (Path(parent, name) for name in names):
            with suppress(OSError):
                if path.is_file() and not path.is_symlink() and path.stat().st_mtime >= since:
                    yield str(path), path.read_bytes()


def _listed(folder: Path) -> list[Path]:
    with suppress(OSError):
        return list(folder.iterdir())
    return []

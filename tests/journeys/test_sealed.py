"""Sealed means sealed (F6): two hundred proposals with six canaries each, and none is found before the opening.

A whole platform with engines of its own does everything to them that people and faults do: pages, mistakes, a killed
database, processes that crash. Then all it ever wrote is searched: while they are drafts, and once they are sealed.
"""

import json
import os
import resource
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
import redis

from tests.journeys.faults.engines import Engine, addresses, engines
from tests.journeys.platform import Platform, free_port, preparing, production_environment, start_production
from tests.journeys.sealed.people import Wire, break_off, crash, save_while_away
from tests.journeys.sealed.searching import Search
from tests.sealed.needles import KINDS, Mark, Needles
from tests.sealed.story import Solver

pytestmark = [pytest.mark.drill, pytest.mark.production]

PROPOSALS = int(os.environ.get("CANARY_PROPOSALS", "200"))
AT_ONCE = 4
LONG_ONES, WRONG_ONES = 50, 5
"""Each so many brings a long file, and does wrong what can be done wrong."""
EVERYTHING = resource.RLIM_INFINITY
ENOUGH = 50 * 1024 * 1024
"""Bytes: less than this was not everything."""
SETTLED_WITHIN = 300.0
READ = ("title", "body", "filetext", "zipped")
"""What judges read. A file's name they do not see; who wrote it was taken out when it came."""


@dataclass
class Scene:
    """The platform, its engines, the solvers, and who searches."""

    platform: Platform
    servers: dict[str, Engine]
    world: dict[str, Any]
    solvers: list[Solver]
    search: Search

    def settle(self) -> None:
        """Wait until every file is scanned, every ticket settled, and nothing is owed to any listener."""
        until = time.monotonic() + SETTLED_WITHIN
        while any(self._count(question) for question in OWED):
            assert time.monotonic() < until, [self._count(question) for question in OWED]
            time.sleep(1)

    def everybody(self, act: Any) -> None:
        """All of them do it, a few at once."""
        with ThreadPoolExecutor(AT_ONCE) as together:
            list(together.map(act, self.solvers))

    def sql(self, statement: str, *values: object) -> Any:
        """Said to the database directly."""
        url = self.servers["postgresql"].url.replace("postgres://", "postgresql://", 1)
        with psycopg.connect(url, autocommit=True) as connection:
            done = connection.execute(statement, values)  # type: ignore[call-overload]  # statements of this file
            return done.fetchone() if done.description else None

    def _count(self, question: str) -> int:
        return int(self.sql(question)[0])


OWED = (
    "SELECT count(*) FROM vault_storedfile WHERE state = 'WAITING'",
    "SELECT count(*) FROM tasks_intaketicket WHERE state = 'TAKEN'",
    "SELECT count(*) FROM outbox_delivery WHERE done_at IS NULL",
)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """Everything runs; nobody has done anything yet."""
    resource.setrlimit(resource.RLIMIT_CORE, (EVERYTHING, EVERYTHING))  # who crashes leaves a core, as on many machines
    folder = tmp_path_factory.mktemp("sealed")
    with engines() as servers:
        port = free_port()
        environment = production_environment(folder, port, **{**addresses(servers), "LOG_LEVEL": "INFO"})
        platform = Platform(f"http://127.0.0.1:{port}", folder, environment)
        mark = Mark.fresh()
        search = Search(platform, servers, Needles(mark))
        world = _asked(platform, question="prepared", commands=preparing(), solvers=PROPOSALS)
        wires = [Wire(platform.address, cookies) for cookies in world["cookies"]]
        solvers = [Solver(wire, mark, number) for number, wire in enumerate(wires)]
        try:
            start_production(platform)
            platform.wait_until_ready()
            yield Scene(platform, servers, world, solvers, search)
        finally:
            platform.stop()
            for wire in wires:
                wire.client.close()


def _asked(platform: Platform, **about: Any) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(
        platform.run("-m", "tests.journeys.sealed.world", json.dumps(about)).split("WORLD ")[1]
    )
    return said


def test_while_they_are_drafts_nothing_is_found(scene: Scene) -> None:
    call = scene.world["challenge"]
    scene.everybody(lambda one: one.write(call, long=one.number % LONG_ONES == 0, wrong=one.number % WRONG_ONES == 0))
    first = scene.solvers[0]
    assert isinstance(first.hand, Wire)
    break_off(first, first.hand, scene.platform.address)
    assert save_while_away(first, scene.servers["postgresql"]) >= 500
    crash(scene.platform)
    scene.settle()
    assert scene.search.leaks() == {}
    assert scene.search.looked > ENOUGH


def test_once_they_are_sealed_nothing_is_found(scene: Scene) -> None:
    scene.everybody(lambda one: one.hand_in())
    scene.settle()
    assert scene.sql("SELECT count(*) FROM tasks_proposal WHERE state = 'SUBMITTED'") == (PROPOSALS,)
    assert scene.sql("SELECT count(*) FROM tasks_submissionreceipt") == (PROPOSALS,)
    for one in scene.solvers[:: len(scene.solvers) // 5]:
        assert one.canary("body") in one.look_back()
    crash(scene.platform)
    assert scene.search.leaks() == {}
    assert scene.search.looked > ENOUGH


def _in_a_row_that_went(scene: Scene, canary: str) -> None:
    scene.sql("CREATE TABLE planted (said text)")
    scene.sql("INSERT INTO planted VALUES (%s)", canary)
    scene.sql("DROP TABLE planted")


def _in_redis(scene: Scene, canary: str) -> None:
    with redis.Redis.from_url(scene.servers["redis"].url) as client:
        client.set("planted", canary.encode("utf-16"))
        time.sleep(1)


def _in_the_index(scene: Scene, canary: str) -> None:
    with httpx.Client(base_url=scene.servers["elasticsearch"].url) as client:
        client.put("/planted").raise_for_status()
        client.post("/planted/_doc?refresh=true", json={"said": canary}).raise_for_status()


def _in_a_row(scene: Scene, canary: str) -> None:
    scene.sql("UPDATE tasks_proposal SET rejection = %s WHERE id = (SELECT min(id) FROM tasks_proposal)", canary)


def _in_a_log(scene: Scene, canary: str) -> None:
    httpx.get(scene.platform.address + "/challenges/" + canary, timeout=60)  # nginx writes down the path of an address


def _in_a_file(scene: Scene, canary: str) -> None:
    (Path(scene.platform.environment["DATA_DIR"]) / "vault" / "planted").write_text(canary, encoding="utf-16")


def _in_memory(scene: Scene, canary: str) -> None:
    Path(f"/dev/shm/planted-{os.getpid()}").write_text(canary, encoding="utf-8")  # what is looked for


PLANTED = {
    "engines": _in_a_row_that_went,
    "redis": _in_redis,
    "index": _in_the_index,
    "dump": _in_a_row,
    "platform": _in_a_log,
    "platform ": _in_a_file,
    "temporary": _in_memory,
}
"""By the place where it is found."""


@pytest.mark.parametrize("place", PLANTED)
def test_a_planted_leak_is_found(scene: Scene, place: str) -> None:
    """In the words of a mark of its own, so that one does not hide the next."""
    mark = Mark.fresh()
    planted = Search(scene.platform, scene.servers, Needles(mark))
    planted.began = scene.search.began
    time.sleep(0.5)
    try:
        PLANTED[place](scene, mark.canary("body", 1))
        assert planted.leaks(place.strip())
    finally:
        Path(f"/dev/shm/planted-{os.getpid()}").unlink(missing_ok=True)  # as above


def test_after_the_opening_the_adjudicator_reads_all_of_them(scene: Scene) -> None:
    mark = scene.search.needles.mark
    about = {"challenge": scene.world["challenge"], "phrases": scene.world["phrases"], "solvers": PROPOSALS}
    seen = _asked(scene.platform, question="opened", mark=[mark.letters, mark.characters], **about)
    assert seen == {kind: PROPOSALS if kind in READ else 0 for kind in KINDS}

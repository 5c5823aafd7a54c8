"""One drill after the other on one running platform: a blow, the return, and how long until all is as it should be."""

import json
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.journeys.faults.auditor import Auditor
from tests.journeys.faults.crowd import FAILED, NOTHING_HEARD, Crowd, Journal
from tests.journeys.faults.engines import Engine, addresses, children, engines, family, send
from tests.journeys.faults.parts import Stage
from tests.journeys.faults.windows import Window
from tests.journeys.platform import Platform, free_port, preparing, production_environment, start_production

STOPPED = 30.0
DOWN = 4.0
BEFORE = 2.0
CATCH_UP = 60.0
LONGEST_REST = 80.0
LONGEST_WAIT = 150.0
"""Seconds after which a platform that has not caught up is looked at as it is."""


@dataclass(frozen=True)
class Blow:
    """What happens to which parts: killed (and started again after a while by whoever minds them) or stopped."""

    parts: tuple[str, ...]
    way: str


@dataclass
class Outcome:
    """What a blow did. Seconds are counted from the moment the last part was back."""

    blow: Blow
    reads: int = 0
    writes: int = 0
    submitted: int = 0
    """Of the writes those with which a proposal was handed in."""
    failed: list[str] = field(default_factory=list)
    """Requests that ended with a 5xx or without an answer."""
    slowest: float = 0.0
    caught_up: float = 0.0
    owed: dict[str, Any] = field(default_factory=dict)
    audit: dict[str, Any] = field(default_factory=dict)
    odd: list[str] = field(default_factory=list)

    def line(self) -> str:
        """One line of the report."""
        wrong = {name: len(found) for name, found in self.audit.items() if found}
        return (
            f"{'+'.join(self.blow.parts)} {self.blow.way}: {self.reads} reads, {self.writes} acknowledged writes"
            f" ({self.submitted} submissions),"
            f" {len(self.failed)} failed, slowest {self.slowest:.1f} s, caught up in {self.caught_up:.1f} s,"
            f" wrong: {wrong or 'nothing'}"
        )


class Drill:
    """The platform, its people, its windows and its auditor."""

    def __init__(self, platform: Platform, servers: dict[str, Engine], world: dict[str, Any]) -> None:
        self.platform, self.servers = platform, servers
        self.journal, self.crowd, self.auditor = Journal(), Crowd(), Auditor(platform)
        self.stage = Stage(world, platform.address, self.journal)
        self.windows = [self._window("solver0"), self._window("adjudicator"), self._window("region_admin")]
        self.stage.fill(self.crowd)
        self.outcomes: dict[Blow, Outcome] = {}

    def after(self, blow: Blow) -> Outcome:
        """The outcome of a blow, which is dealt once; its figures go to the file that FAULTS_REPORT names."""
        if blow not in self.outcomes:
            self.outcomes[blow] = self._deal(blow)
            if report := os.environ.get("FAULTS_REPORT"):
                with Path(report).open("a", encoding="utf-8") as written:
                    written.write(self.outcomes[blow].line() + "\n")
        return self.outcomes[blow]

    def rehearse(self) -> None:
        """Work for a moment without any fault: what a process does for the first time takes long for that alone."""
        self.crowd.working.set()
        time.sleep(2 * BEFORE)
        self.crowd.rest(LONGEST_REST)
        self.settle(time.monotonic())

    def close(self) -> None:
        """Everybody goes home."""
        self.crowd.dismiss()
        self.stage.leave()
        for window in self.windows:
            window.close()
        self.auditor.leave()

    def _deal(self, blow: Blow) -> Outcome:
        outcome, acts, odd = Outcome(blow), len(self.journal.acts), len(self.journal.odd)
        since, began = self.auditor.ask("newest")["fact"], time.monotonic()
        self.crowd.working.set()
        time.sleep(BEFORE)
        self.stage.give()
        self._strike(blow)
        returned = time.monotonic()
        self.platform.wait_until_ready()
        self.crowd.rest(LONGEST_REST)
        outcome.owed = self.settle(returned)
        outcome.caught_up = time.monotonic() - returned
        outcome.audit = self.auditor.ask("audit", acts=self._told(acts), since=since)
        self._count(outcome, began, acts, odd)
        return outcome

    def _strike(self, blow: Blow) -> None:
        if blow.way == "stopped":
            pids = [pid for part in blow.parts for pid in self._processes(part)]
            send(pids, signal.SIGSTOP)
            time.sleep(STOPPED)
            send(pids, signal.SIGCONT)
            return
        send([pid for part in blow.parts for pid in self._struck(part, blow.way)], signal.SIGKILL)
        time.sleep(DOWN)
        if blow.way == "killed":
            for part in sorted(blow.parts, key=tuple(self.servers).__contains__):
                self._start_again(part)

    def _struck(self, part: str, way: str) -> list[int]:
        """Which processes are killed: all of a part, or those it has started and will replace itself."""
        return self._processes(part) if way == "killed" else children(self.platform.processes[part].pid)

    def _processes(self, part: str) -> list[int]:
        if part in self.servers:
            return self.servers[part].pids
        return family(self.platform.processes[part].pid)

    def _start_again(self, part: str) -> None:
        if part in self.servers:
            self.servers[part].resume()
            return
        ended = self.platform.processes[part]
        ended.wait(timeout=10)
        command = ended.args
        assert isinstance(command, tuple)
        self.platform.start(part, *command)

    def settle(self, returned: float) -> dict[str, Any]:
        """Wait until nothing is owed, every window has heard everything, and jobs run; or until patience ends."""
        topics = sorted({name for window in self.windows for name in window.cursors})
        while True:
            owed = self.auditor.ask("owed", topics=topics)
            owed["behind"] = self._behind(owed["heads"])
            jobs = owed["beat"] is not None and owed["beat"] < time.monotonic() - returned + 15
            idle = jobs and not any(owed[what] for what in ("waiting", "debts", "tickets", "behind"))
            if idle or time.monotonic() - returned > LONGEST_WAIT:
                return owed
            time.sleep(0.3)

    def _behind(self, heads: dict[str, int]) -> list[str]:
        pairs = [(name, cursor) for window in self.windows for name, cursor in window.cursors.items()]
        return [f"{name} at {cursor} of {heads.get(name, 0)}" for name, cursor in pairs if cursor != heads.get(name, 0)]

    def _told(self, first: int) -> list[dict[str, Any]]:
        """The acts of this blow, their people by public id. A save of an earlier blow was looked at then."""
        ids = self.stage.world["ids"]
        return [{**act.told(), "actor": ids[act.actor]} for act in self.journal.acts[first:]]

    def _count(self, outcome: Outcome, began: float, acts: int, odd: int) -> None:
        asked = [one for one in self.journal.requests if one.began >= began]
        outcome.reads = sum(one.method == "GET" and one.status == 200 for one in asked)
        taken = [act for act in self.journal.acts[acts:] if act.acknowledged]
        outcome.writes, outcome.submitted = len(taken), sum(act.kind == "submitted" for act in taken)
        outcome.failed = [
            f"{one.method} {one.path} {one.status} after {one.seconds:.1f} s"
            for one in asked
            if one.status >= FAILED or one.status == NOTHING_HEARD
        ]
        outcome.slowest = max((one.seconds for one in asked), default=0.0)
        ended = [name for name, process in self.platform.processes.items() if process.poll() is not None]
        outcome.odd = [*self.journal.odd[odd:], *self.crowd.failures, *(f"{name} ended by itself" for name in ended)]

    def _window(self, name: str) -> Window:
        person = self.stage.people[name]
        open_one = self.stage.world["open"][0]
        topics = ["challenges", f"challenge:{open_one}", f"person:{self.stage.world['ids'][name]}"]
        return Window(self.platform.address, person.client.cookies["sessionid"], topics)


@contextmanager
def drilling(folder: Path) -> Iterator[Drill]:
    """A platform with engines of its own and the small world in it, and everybody in place."""
    with engines() as servers:
        port = free_port()
        environment = production_environment(folder, port, **addresses(servers))
        platform = Platform(f"http://127.0.0.1:{port}", folder, environment)
        try:
            with _everybody(platform, servers) as drill:
                yield drill
        finally:
            platform.stop()


@contextmanager
def _everybody(platform: Platform, servers: dict[str, Engine]) -> Iterator[Drill]:
    said = platform.run("-m", "tests.journeys.faults.world", json.dumps(preparing()))
    world = json.loads(said.split("WORLD ")[1])
    start_production(platform)
    platform.wait_until_ready()
    drill = Drill(platform, servers, world)
    try:
        drill.rehearse()
        yield drill
    finally:
        drill.close()

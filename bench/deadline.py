"""A thousand solvers at one deadline: how fast tickets are taken, and that each is judged by its moment alone (I12)."""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from django.db import connection
from django.db.models import Max, Min

from bench.bare.models import Note
from bench.figure import Figure
from bench.solvers import TOKEN, drafts, solvers
from bench.stage import Stage, answered
from marketplace.kernel import clock
from tasks.challenges.models import Challenge
from tasks.proposals.lifecycle import TicketState
from tasks.proposals.models import IntakeTicket, Proposal, SealedEnvelope
from tests import factories

MANY, ROUNDS, RUNS = 1_000, 3, 5
AHEAD = 4.0
"""Seconds between a plan and its first moment."""
SPREAD = 20.0
BEFORE, AFTER = 3.0, 1.0
DRAINED = 60.0
"""Seconds after the deadline by which all that came in time is acknowledged."""
FAST, SOON = 1 / 0.6, 1.0
FAKETIME = next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))), None)
CLOCKS = ("+90s", "-90s")
PROCESSES = ("pages +90s", "pages -90s")
REFERENCE = "signed-in POST with one INSERT, as many at once"

Answer = dict[str, Any]


@dataclass(frozen=True)
class Crowd:
    """Drafts, and what their authors sent and heard."""

    challenge: Challenge
    proposals: list[Proposal]
    heard: list[Answer]


def measure(stage: Stage, say: Callable[[str], None], many: int = MANY, runs: int = RUNS) -> Iterator[Figure]:
    """Tickets a second, seconds to a ticket, and what became of everybody at the deadline."""
    _table()
    people = solvers(many)
    here = Door(stage, [cookies for _user, cookies in people], [user for user, _cookies in people])
    yield from here.rate(say)
    yield here.delay(say)
    yield from here.deadlines(say, runs)
    here.close()


class Door:
    """Two page processes whose clocks are wrong, and the bare ones beside them."""

    def __init__(self, stage: Stage, cookies: list[str], users: list[Any]) -> None:
        self.stage, self.cookies, self.users = stage, cookies, users
        self.chance = Random(stage.seed)  # noqa: S311  # moments, no secret
        self.ours = [self._serve(name, by) for name, by in zip(PROCESSES, CLOCKS, strict=True)]
        self.bare = [self._bare(number) for number in range(len(CLOCKS))]

    def rate(self, say: Callable[[str], None]) -> Iterator[Figure]:
        """All at once, ours and the bare view in turn."""
        seen: dict[str, list[float]] = {"ours": [], "bare": []}
        for number in range(ROUNDS):
            say(f"round {number + 1} of {ROUNDS}: {len(self.users)} at once")
            seen["bare"].append(self._bare_rate())
            seen["ours"].append(self._our_rate())
        ours, bare = statistics.median(seen["ours"]), statistics.median(seen["bare"])
        yield Figure(
            figure=f"milliseconds for a ticket, {len(self.users)} at once",
            value=round(1000 / ours, 2),
            unit="ms",
            reference=REFERENCE,
            reference_value=round(1000 / bare, 2),
            n=ROUNDS * len(self.users),
            seed=self.stage.seed,
            bar=round(FAST, 2),
        )

    def delay(self, say: Callable[[str], None]) -> Figure:
        """From the last byte to the ticket, when they come over twenty seconds."""
        say(f"{len(self.users)} over {SPREAD:.0f} seconds")
        crowd = self._crowd(SPREAD)
        taken = _moments(crowd.challenge)
        waits = [taken[one.pk] - heard["sent"] for one, heard in zip(crowd.proposals, crowd.heard, strict=True)]
        self._drained(crowd.challenge)
        return Figure(
            figure="seconds from the last byte to the ticket, 99 of 100",
            value=round(statistics.quantiles(waits, n=100)[-1], 3),
            unit="s",
            reference="allowed",
            reference_value=SOON,
            n=len(waits),
            seed=self.stage.seed,
            bar=1.0,
        )

    def deadlines(self, say: Callable[[str], None], runs: int) -> Iterator[Figure]:
        """Each with a deadline of its own; the last with every scheduler stopped."""
        self._jobs()
        for run in range(1, runs + 1):
            scheduled = run < runs
            if not scheduled:
                for name in ("worker", "beat", "relay"):
                    self.stage.stop(name)
            crowd, deadline = self._at_the_deadline()
            in_time, last = judged(crowd, deadline)
            if scheduled:
                _wait(partial(_is_closed, crowd.challenge), DRAINED, "it never closed", self.stage.platform.printed)
            say(f"run {run}: {in_time} in time, {len(crowd.heard) - in_time} late")
            yield Figure(
                figure=f"seconds from the deadline to the last receipt, run {run}"
                + ("" if scheduled else ", every scheduler stopped"),
                value=round(last, 1),
                unit="s",
                reference="allowed",
                reference_value=DRAINED,
                n=len(crowd.heard),
                seed=self.stage.seed,
                bar=1.0,
            )

    def close(self) -> None:
        """Everything this started ends."""
        for name in (*PROCESSES, *(f"bare {number}" for number in range(len(CLOCKS)))):
            self.stage.stop(name)

    def _at_the_deadline(self) -> tuple[Crowd, float]:
        """A call that ends as soon as everybody has a draft, handed in around its end."""
        challenge, made = self._drafted()
        deadline = time.time() + AHEAD + BEFORE
        Challenge.objects.filter(pk=challenge.pk).update(deadline=datetime.fromtimestamp(deadline, UTC))
        moments = [deadline + self.chance.uniform(-BEFORE, AFTER) for _one in made]
        return Crowd(challenge, made, sent(self._plan(made, moments))), deadline

    def _crowd(self, over: float) -> Crowd:
        """A call with a draft of everybody, handed in at any moment of so many seconds."""
        challenge, made = self._drafted()
        begin = time.time() + AHEAD
        moments = [begin + self.chance.uniform(0, over) for _one in made]
        return Crowd(challenge, made, sent(self._plan(made, moments)))

    def _drafted(self) -> tuple[Challenge, list[Proposal]]:
        challenge = factories.open_challenge(title="截止压力")
        return challenge, drafts(challenge, self.users)

    def _plan(self, made: list[Proposal], moments: list[float]) -> list[dict[str, Any]]:
        return [
            _post(
                self.ours[number % 2],
                f"/proposals/{one.public_id}/submit/",
                self.cookies[number],
                moments[number],
                f"version={one.version}",
            )
            for number, one in enumerate(made)
        ]

    def _our_rate(self) -> float:
        crowd = self._crowd(0)
        statuses = {heard["status"] for heard in crowd.heard}
        assert statuses == {302}, statuses  # noqa: S101  # a measurement of errors is none
        self._drained(crowd.challenge)
        return _rate(crowd.heard)

    def _bare_rate(self) -> float:
        begin = time.time() + AHEAD
        heard = sent([_post(self.bare[n % 2], "/note/", one, begin, "text=1") for n, one in enumerate(self.cookies)])
        assert {one["status"] for one in heard} == {204}, heard[0]  # noqa: S101  # as above
        return _rate(heard)

    def _drained(self, challenge: Challenge) -> None:
        _wait(lambda: not _unsettled(challenge), DRAINED, "tickets were left")

    def _serve(self, name: str, by: str) -> int:
        assert FAKETIME is not None, "apt-get install faketime"  # noqa: S101  # a measurement without it is another
        wrong = {"LD_PRELOAD": str(FAKETIME), "FAKETIME": by}
        wrong["NO_FAKE_STAT"] = "1"  # gunicorn tells by a file's time that a worker lives
        server = self.stage.serve(name, "marketplace.wsgi", workers=1, more=wrong)
        answered(server.address, "/healthz")
        return _port(server.address)

    def _bare(self, number: int) -> int:
        server = self.stage.serve(f"bare {number}", "bench.bare.wsgi", settings="bench.bare.signed_in", workers=1)
        answered(server.address, "/empty/")
        return _port(server.address)

    def _jobs(self) -> None:
        platform = self.stage.platform
        celery = (str(Path(sys.executable).parent / "celery"), "--app", "marketplace")
        alone = ("--without-gossip", "--without-mingle")
        platform.start("relay", sys.executable, "manage.py", "relay")
        platform.start("worker", *celery, "worker", "--concurrency", "1", "--loglevel", "warning", *alone)
        platform.start("beat", *celery, "beat", "--schedule", str(platform.folder / "beat"), "--loglevel", "warning")


def sent(plan: list[dict[str, Any]]) -> list[Answer]:
    """What everybody heard, in the order of the plan."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.arrivals"], input=json.dumps(plan), capture_output=True, text=True, check=True
    )
    heard: list[Answer] = json.loads(done.stdout)
    return heard


def judged(crowd: Crowd, deadline: float) -> tuple[int, float]:
    """How many were in time, and the seconds to the last receipt. Raises AssertionError for one wrong answer."""
    _wait(lambda: not _unsettled(crowd.challenge), DRAINED, "tickets were left")
    statuses = {one["status"] for one in crowd.heard}
    assert statuses <= {302, 422}, statuses  # noqa: S101  # 0 of 5xx, 0 unanswered
    tickets = IntakeTicket.objects.filter(proposal__challenge=crowd.challenge)
    envelopes = SealedEnvelope.objects.filter(proposal__challenge=crowd.challenge)
    states = dict(tickets.values_list("proposal_id", "state"))
    sealed = set(envelopes.values_list("proposal_id", flat=True))
    moments, lost, wrong = _moments(crowd.challenge), 0, 0
    for one in crowd.proposals:
        if one.pk not in moments:
            lost += 1
            continue
        accepted = states[one.pk] == TicketState.ACCEPTED
        wrong += accepted != (moments[one.pk] < deadline) or accepted != (one.pk in sealed)
    assert (lost, wrong) == (0, 0), (lost, wrong)  # noqa: S101  # a measurement of errors is none
    last = envelopes.aggregate(last=Max("sealed_at"))["last"]
    return len(sealed), (last.timestamp() - deadline) if last else 0.0


def _post(port: int, path: str, cookies: str, at: float, body: str) -> dict[str, Any]:
    return {"at": at, "port": port, "path": path, "cookies": cookies, "token": TOKEN, "body": body}


def _rate(heard: list[Answer]) -> float:
    first, last = min(float(one["sent"]) for one in heard), max(float(one["answered"]) for one in heard)
    return len(heard) / (last - first)


def _moments(challenge: Challenge) -> dict[int, float]:
    rows = IntakeTicket.objects.filter(proposal__challenge=challenge).values("proposal_id").annotate(at=Min("taken_at"))
    return {row["proposal_id"]: row["at"].timestamp() for row in rows}


def _unsettled(challenge: Challenge) -> bool:
    return IntakeTicket.objects.filter(proposal__challenge=challenge, state=TicketState.TAKEN).exists()


def _is_closed(challenge: Challenge) -> bool:
    return Challenge.objects.filter(pk=challenge.pk, state="SEALED").exists()


def _wait(true: Callable[[], bool], seconds: float, otherwise: str, why: Callable[[], str] = str) -> None:
    end = clock.now().timestamp() + seconds + 30
    while not true():
        assert clock.now().timestamp() < end, f"{otherwise}\n{why()}"  # noqa: S101  # it is said by the figure before that
        time.sleep(0.2)


def _port(address: str) -> int:
    return int(address.rpartition(":")[2])


def _table() -> None:
    if Note._meta.db_table not in connection.introspection.table_names():
        with connection.schema_editor() as schema:
            schema.create_model(Note)

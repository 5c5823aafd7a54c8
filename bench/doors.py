"""Whether haste tells which addresses are known, at the five doors where somebody types one (I19).

A thousand known and a thousand unknown addresses each, in random order, with the shipped password hasher. The figure is
the chance that a known address takes longer than an unknown one (AUC by ranks), mirrored where it is below a half: 0.5
tells nothing, 1 everything. Measured by the clock on the wall and by the CPU time of this process, which others disturb
less. `python -m bench.doors` measures on SQLite, `python -m bench doors` on PostgreSQL.

The requests go through the whole application in this process, which leaves out network and queues: they could only
hide what is found here. Of the settings one differs: the throttles, which count known and unknown addresses alike, are
off, because they would answer all but the first tries. What a try leaves behind is removed before the next, untimed.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import TYPE_CHECKING

from bench.figure import Figure

if TYPE_CHECKING:
    from bench.stage import Stage
    from tests.accounts.doors import Host

TRIES = 2000
BAR = 0.55
WARM = 20


@dataclass(frozen=True)
class Try:
    """How long one answer took: seconds on the wall, seconds of CPU."""

    known: bool
    wall: float
    cpu: float


def measure(stage: "Stage", say: Callable[[str], None], tries: int = TRIES) -> Iterator[Figure]:
    """Two figures a door."""
    yield from _figures(stage.seed, tries, say)


def auc(known: Sequence[float], unknown: Sequence[float]) -> float:
    """The chance that one of the first is larger than one of the second, ties counting half; at least a half.

    By the sum of ranks (Mann and Whitney 1947).
    """
    ranks = _ranks([*known, *unknown])
    above = sum(ranks[: len(known)]) - len(known) * (len(known) + 1) / 2
    chance = above / (len(known) * len(unknown))
    return max(chance, 1 - chance)


def _ranks(values: Sequence[float]) -> list[float]:
    """The place of each value in order, from 1; equal values share the mean of their places."""
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end + 1 < len(order) and values[order[end + 1]] == values[order[start]]:
            end += 1
        for place in order[start : end + 1]:
            ranks[place] = (start + end) / 2 + 1
        start = end + 1
    return ranks


def _figures(seed: int, tries: int, say: Callable[[str], None], *, only: str = "") -> Iterator[Figure]:
    from django.test import override_settings

    from tests.accounts.doors import DOORS, Host

    with override_settings(ACCOUNT_RATE_LIMITS=False, ALLOWED_HOSTS=["testserver"], CSRF_COOKIE_SECURE=False):
        for door in [one for one in DOORS if only in ("", one)]:
            say(f"knocking {tries} times at the door “{door}”")
            yield from _told(door, list(_tried(door, Host(), tries, random.Random(seed))), seed)  # noqa: S311  # an order


def _told(door: str, seen: Sequence[Try], seed: int) -> Iterator[Figure]:
    for clock in ("wall", "cpu"):
        known, unknown = ([getattr(one, clock) for one in seen if one.known is kind] for kind in (True, False))
        yield Figure(
            figure=f"{door}: whether {clock} time tells a known address",
            value=round(auc(known, unknown), 3),
            unit="AUC",
            reference="nothing told",
            reference_value=0.5,
            n=len(seen),
            seed=seed,
            most=BAR,
            bar_text=f"≤ {BAR:g}",
        )


def _tried(door: str, host: "Host", tries: int, chance: random.Random) -> Iterator[Try]:
    from tests.accounts.doors import DOORS, KINDS, known, unknown

    kinds = cycle(KINDS)
    order = [True, False] * (tries // 2)
    chance.shuffle(order)
    for number, is_known in enumerate([True, False] * (WARM // 2) + order):
        address = known(next(kinds)) if is_known else unknown()
        wall, cpu = time.perf_counter(), time.process_time()
        DOORS[door](host, address)
        done = Try(is_known, time.perf_counter() - wall, time.process_time() - cpu)
        host.forget()
        if number >= WARM:
            yield done


def main() -> int:
    """On SQLite, in a database of its own that goes with the program."""
    parser = argparse.ArgumentParser(prog="bench.doors", description=__doc__)
    parser.add_argument("tries", nargs="?", type=int, default=TRIES)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--door", default="", help="this one alone")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="doors-") as folder:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "marketplace.settings.embedded", "DATA_DIR": folder, "DEMO": "0"}
        _prepare()
        for figure in _figures(asked.seed, asked.tries, _say, only=asked.door):
            print(figure.line(), flush=True)
    return 0


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _prepare() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)


if __name__ == "__main__":
    sys.exit(main())

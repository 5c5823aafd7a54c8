"""`python -m bench [NAME …] [--seed S] [--size N] [--write]`: one JSON line a figure; without names all of them."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import report
from bench.figure import Figure
from bench.stage import Stage, stage

QUICK = 3_000


def say(line: str) -> None:
    """What is going on, beside the figures."""
    print(line, file=sys.stderr, flush=True)


def pages(here: Stage, size: int) -> Iterator[Figure]:
    from bench import pages

    return pages.measure(here, (size,) if size else pages.SIZES, say)


def peopled(here: Stage, size: int) -> None:
    """Challenges and their index, unless an earlier measurement has left enough of them."""
    from bench import pages, population

    if population.grow(size or QUICK, here.seed, say):
        pages.index(say)


def actions(here: Stage, size: int) -> Iterator[Figure]:
    from bench import actions

    peopled(here, size)
    return actions.measure(here, say)


def processes(here: Stage, size: int) -> Iterator[Figure]:
    from bench import processes

    peopled(here, size)
    return processes.measure(here, say)


def sockets(here: Stage, size: int) -> Iterator[Figure]:
    from bench import sockets

    peopled(here, size)
    return sockets.measure(here, say)


def doors(here: Stage, size: int) -> Iterator[Figure]:
    from bench import doors

    return doors.measure(here, say, size or doors.TRIES)


def deadline(here: Stage, size: int) -> Iterator[Figure]:
    from bench import deadline

    return deadline.measure(here, say, size or deadline.MANY)


def sealing(here: Stage, _size: int) -> Iterator[Figure]:
    from bench import sealing

    return sealing.measure(here, say)


MEASURES: dict[str, Callable[[Stage, int], Iterator[Figure]]] = {
    "pages": pages,
    "actions": actions,
    "sockets": sockets,
    "processes": processes,
    "doors": doors,
    "deadline": deadline,
    "sealing": sealing,
}
"""In the order in which they are done, whatever order they are named in: pages grow the platform from its smallest
size, which nothing may have filled before.
"""


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(MEASURES)}; all without any")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", type=int, default=0, help="challenges, for a quick look instead of all sizes")
    parser.add_argument("--write", action="store_true", help="keep the figures in docs/performance.md")
    asked = parser.parse_args()
    unknown = set(asked.names) - set(MEASURES)
    if unknown:
        parser.error(f"there is no measurement called {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, stage(Path(folder), asked.seed) as here:
        figures = list(told(here, [one for one in MEASURES if one in (asked.names or MEASURES)], asked.size))
    if asked.write:
        report.write(figures)
    return 0


def told(here: Stage, names: list[str], size: int) -> Iterator[Figure]:
    """Every figure, said as soon as it is known."""
    for name in names:
        for figure in MEASURES[name](here, size):
            print(figure.line(), flush=True)
            yield figure


if __name__ == "__main__":
    sys.exit(main())

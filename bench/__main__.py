"""`python -m bench [NAME …] [--seed S] [--size N]`: one JSON line a figure; without names all of them."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.figure import Figure
from bench.stage import Stage, stage

QUICK = 3_000


def say(line: str) -> None:
    """What is going on, beside the figures."""
    print(line, file=sys.stderr, flush=True)


def pages(here: Stage, size: int) -> Iterator[Figure]:
    from bench import pages

    return pages.measure(here, (size,) if size else pages.SIZES, say)


def actions(here: Stage, size: int) -> Iterator[Figure]:
    from bench import actions, population

    population.grow(size or QUICK, here.seed, say)
    return actions.measure(here, say)


def processes(here: Stage, size: int) -> Iterator[Figure]:
    from bench import pages, population, processes

    population.grow(size or QUICK, here.seed, say)
    pages.index(say)
    return processes.measure(here, say)


MEASURES: dict[str, Callable[[Stage, int], Iterator[Figure]]] = {
    "actions": actions,
    "processes": processes,
    "pages": pages,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(MEASURES)}; all without any")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", type=int, default=0, help="challenges, for a quick look instead of all sizes")
    asked = parser.parse_args()
    unknown = set(asked.names) - set(MEASURES)
    if unknown:
        parser.error(f"there is no measurement called {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, stage(Path(folder), asked.seed) as here:
        for name in asked.names or MEASURES:
            for figure in MEASURES[name](here, asked.size):
                print(figure.line(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

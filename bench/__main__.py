"""`python -m bench [NAME …] [--seed S]`: one JSON line a figure; without names all of them."""

import argparse
import sys
import tempfile
from pathlib import Path

from bench.stage import stage

NAMES = ("pages",)


def say(line: str) -> None:
    """What is going on, beside the figures."""
    print(line, file=sys.stderr, flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*NAMES, []], help="which measurements; all without any")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", type=int, default=0, help="challenges, for a quick look instead of all sizes")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, stage(Path(folder), asked.seed) as here:
        from bench import pages

        sizes = (asked.size,) if asked.size else pages.SIZES
        for figure in pages.measure(here, sizes, say):
            print(figure.line(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

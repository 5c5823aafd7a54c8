"""The latest figures as `docs/performance.md`."""

import os
import platform
from collections.abc import Sequence
from pathlib import Path

from bench.figure import Figure

PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"
HEAD = """# Performance

The latest run of `make bench`, written by `python -m bench --write`. Every figure stands beside a reference measured
in the same run, because machines differ and are noisy: compare the ratios.

- **CPU** is that of the page server and of PostgreSQL together, user and system, from `/proc`; the search engine's own
  is not in it. Two processes serve with the shipped `deploy/gunicorn.py`, except that none is replaced after a number
  of requests; the reference is served by the same, with `MIDDLEWARE = []`. Medians of five rounds in which every
  measure has its turn.
- **Memory and growth** are of one process, measured once; **start** is the median of three starts of one process.
- **Commit to frame** is over all acts and all sockets of one `uvicorn`, the first acts left out.

A figure marked **missed** does not meet its bar yet; it is written down as measured.

"""
TABLE = """| figure | value | reference | its value | ratio | bar | |
|---|---:|---|---:|---:|---|---|
"""


def write(figures: Sequence[Figure]) -> None:
    """Replace the page by these figures."""
    machine = f"Measured on {os.cpu_count()} shared cores, Python {platform.python_version()}.\n\n"
    PAGE.write_text(HEAD + machine + TABLE + "".join(map(row, figures)), encoding="utf-8")


def row(figure: Figure) -> str:
    """One line of the table."""
    verdict = {None: "", True: "met", False: "**missed**"}[figure.met]
    bar = figure.bar_text or (f"≤ {figure.bar:g} ×" if figure.bar else "")
    unit = f" {figure.unit}" if figure.unit else ""
    cells = (
        figure.figure,
        f"{figure.value:g}{unit}",
        figure.reference,
        f"{figure.reference_value:g}{unit}",
        f"{figure.ratio:g}",
        bar,
        verdict,
    )
    return f"| {' | '.join(cells)} |\n"

"""CPU seconds of processes and all their children, those that ended included, from Linux' /proc."""

import os
from collections.abc import Iterable
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def family(root: int) -> set[int]:
    """The process and everything below it."""
    below: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (numbers := _stat(int(entry.name))):
            below.setdefault(int(numbers[1]), []).append(int(entry.name))
    found, waiting = set(), [root]
    while waiting:
        one = waiting.pop()
        found.add(one)
        waiting += below.get(one, [])
    return found


def seconds(roots: Iterable[int]) -> float:
    """What the families of these processes have used so far, in user and system mode."""
    ticks = 0
    for pid in set().union(*map(family, roots)):
        if numbers := _stat(pid):
            ticks += sum(map(int, numbers[11:15]))
    return ticks / TICKS


def resident(pid: int) -> float:
    """Memory in MB the process holds now (RSS)."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Rss:"):
            return int(line.split()[1]) / 1024
    raise ProcessLookupError(pid)


def _stat(pid: int) -> list[str]:
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return text[text.rindex(")") + 2 :].split()

"""What a page process weighs and how soon it answers, beside one that imports the same packages and serves nothing."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from time import sleep

import httpx

from bench import cpu
from bench.figure import Figure
from bench.pages import open_ids, signed_in
from bench.stage import Server, Stage, answered, medians

MANY = 10_000
WARM = 300
STARTS = 3
REFERENCE = "the same third-party packages imported, one empty view"
GROWTH_BAR_MB = 5.0
ASK = """
import json, sys
import django
django.setup()
from django.test import Client
for path in sys.argv[1:]:
    assert Client().get(path, headers={"host": "127.0.0.1"}).status_code == 200, path
ours = {"marketplace", "tasks", "search", "realtime", "bench", "tests", "__main__"}
files = {name: getattr(module, "__file__", None) or "" for name, module in list(sys.modules.items())}
theirs = (name for name, file in files.items() if "site-packages" in file and name.split(".")[0] not in ours)
print(json.dumps(sorted(theirs)))
"""


def measure(stage: Stage, say: Callable[[str], None]) -> Iterator[Figure]:
    """Memory after the first pages, seconds to the first page, and growth over ten thousand requests."""
    paths = ["/challenges/", f"/challenges/{open_ids()[0]}/"]
    stage.platform.environment["BENCH_PACKAGES"] = _packages(stage, paths)
    seen: dict[str, dict[str, float]] = {}
    for name, entry, settings, path in (
        ("bare", "bench.bare.wsgi", "bench.bare.packed", "/empty/"),
        ("ours", "marketplace.wsgi", "", paths[0]),
    ):
        seen[name] = medians({"start": lambda: _start(stage, name, entry, settings, path)}, STARTS)  # noqa: B023  # called at once
        server = stage.serve(name, entry, settings=settings, workers=1)
        answered(server.address, path)
        seen[name]["memory"] = cpu.resident(server.worker())
        if name == "ours":
            answered(server.address, paths[1])
            seen[name]["memory"] = cpu.resident(server.worker())
            seen[name]["growth"] = _growth(server, paths, say)
        stage.stop(name)
    yield from _figures(seen["bare"], seen["ours"], stage.seed)


def _figures(bare: dict[str, float], ours: dict[str, float], seed: int) -> Iterator[Figure]:
    for name, unit, bar, n in (("memory", "MB", 1.25, 1), ("start", "s", 1.5, STARTS)):
        words = {"memory": "memory of a page process", "start": "start to the first page"}[name]
        yield Figure(
            figure=words,
            value=round(ours[name], 2),
            unit=unit,
            reference=REFERENCE,
            reference_value=round(bare[name], 2),
            n=n,
            seed=seed,
            bar=bar,
        )
    yield Figure(
        figure=f"growth over {MANY} requests",
        value=round(ours["growth"], 2),
        unit="MB",
        reference="allowed",
        reference_value=GROWTH_BAR_MB,
        n=MANY,
        seed=seed,
        bar=1.0,
    )


def _start(stage: Stage, name: str, entry: str, settings: str, path: str) -> float:
    server = stage.serve(name, entry, settings=settings, workers=1)
    try:
        return answered(server.address, path)
    finally:
        stage.stop(name)


def _growth(server: Server, paths: list[str], say: Callable[[str], None]) -> float:
    """MB from after the first few hundred requests to after ten thousand more, signed in and not."""
    clients = [httpx.Client(timeout=60), httpx.Client(timeout=60, cookies=signed_in())]
    before = 0.0
    for number in range(WARM + MANY):
        if number == WARM:
            before = cpu.resident(server.worker())
        clients[number % 2].get(server.address + paths[number // 2 % len(paths)])
        if number % 2_000 == 0:
            say(f"{number} requests, {cpu.resident(server.worker()):.1f} MB")
    sleep(1)
    return cpu.resident(server.worker()) - before


def _packages(stage: Stage, paths: list[str]) -> str:
    """The third-party modules a page process has imported once it served its pages, as JSON."""
    asked = subprocess.run(
        [sys.executable, "-c", ASK, *paths], env=stage.platform.environment, capture_output=True, text=True, check=False
    )
    assert asked.returncode == 0, asked.stderr[-2000:]  # noqa: S101  # a measurement of errors is none
    return json.dumps(json.loads(asked.stdout.splitlines()[-1]))

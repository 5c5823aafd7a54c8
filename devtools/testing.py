"""`test`, `quick` and `bench`: which tests this machine can run, and with which servers."""

import os
import shutil

from devtools import services
from devtools.environment import PYTHON, ensure
from devtools.services import compose, debian
from devtools.terminal import Command, Stop, call, say

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
Env = dict[str, str]
NOTHING_CHOSEN = 5
"""pytest's exit code when no test is left of a run: the arguments may well name none of a tier or of its journeys."""


def quick(rest: list[str]) -> int:
    """The embedded tier without the journeys, and with fewer rounds of two hands. `rest` goes to pytest."""
    ensure("test")
    env = {"TWO_HANDS_ROUNDS": "5"}
    marks = "not production and not journey and not drill"
    return _pytest("embedded tier, without the browser, 5 rounds of two hands", marks, env, rest)


def test(rest: list[str]) -> int:
    """Run both tiers as far as this machine can; with CI=true all of it or fail. `rest` goes to pytest."""
    ensure("test")
    urls = _servers()
    browser = _browser()
    for line in _left_out(urls, browser):
        say(line)
    codes = {}
    for tier, theirs, servers in _tiers(urls):
        marks = f"{theirs} and not drill"
        codes[f"{tier} tier"] = _pytest(f"{tier} tier", f"{marks} and not journey", servers, rest)
        if browser:
            env = {**servers, "CHROMIUM": browser}
            codes[f"{tier} journeys"] = _pytest(
                f"{tier} journeys", f"{marks} and journey and not drill", env, rest, alone=True
            )
    failed = [tier for tier, code in codes.items() if code]
    if failed:
        say(f"Failed: {', '.join(failed)}.")
    return 1 if failed else 0


def bench(rest: list[str]) -> int:
    """Measure in production mode, one JSON line a figure. `rest` goes to bench."""
    ensure("test")
    urls = _servers()
    if urls is None:
        raise Stop(f"the benchmarks need real services: run `make services`, or set {', '.join(services.ENGINES)}.")
    return call([PYTHON, "-m", "bench", *rest], {**os.environ, **urls})


def drill(rest: list[str]) -> int:
    """Strike every process of a platform on engines of its own. `rest` goes to pytest."""
    ensure("test")
    urls = _servers()
    if urls is None:
        raise Stop(f"the drill needs real services: run `make services`, or set {', '.join(services.ENGINES)}.")
    if not debian.at_home():
        raise Stop("the drill kills engines of its own, which start on Debian as root.")
    return _pytest("drill", "drill", urls, rest, alone=True)


def _tiers(urls: Env | None) -> list[tuple[str, str, Env]]:
    """Each tier's name, the tests that belong to it, and the servers it needs."""
    embedded: list[tuple[str, str, Env]] = [("embedded", "not production", {})]
    return [*embedded, ("production", "not embedded", urls)] if urls else embedded


def _servers() -> Env | None:
    named = {name: os.environ[name] for name in services.ENGINES if os.environ.get(name)}
    if len(named) == len(services.ENGINES):
        return named
    if named:
        raise Stop(f"the production tier needs {', '.join(services.ENGINES)}; only {', '.join(named)} is set.")
    if _ci():
        return services.start()
    return compose.start() if compose.available() else services.found()


def _browser() -> str | None:
    asked = os.environ.get("CHROMIUM")
    return shutil.which(asked) if asked else next(filter(None, map(shutil.which, BROWSERS)), None)


def _left_out(urls: Env | None, browser: str | None) -> list[str]:
    lines = []
    if urls is None:
        lines.append(
            "NOT RUN: the production tier. It needs a Docker engine, `make services` (Debian, root),"
            f" or {', '.join(services.ENGINES)}."
        )
    if browser is None:
        lines.append("NOT RUN: the journeys in a browser. They need Chromium on the PATH, or CHROMIUM=its path.")
    if lines and _ci():
        raise Stop("nothing may be left out in CI. " + " ".join(lines))
    return lines


def _pytest(title: str, marks: str, env: Env, rest: list[str], *, alone: bool = False) -> int:
    """One run of pytest. A journey runs `alone`: it starts a whole platform and measures what a person waits for."""
    say(f"=== {title} ===")
    plain = {name: value for name, value in os.environ.items() if name not in services.ENGINES}
    settings = {"DJANGO_SETTINGS_MODULE": "marketplace.settings.test"}
    workers = [] if alone else ["-n", str(min(4, os.cpu_count() or 1)), "--dist", "worksteal"]
    strict = ["-p", "devtools.no_skips"] if _ci() else []
    command: Command = [PYTHON, "-m", "pytest", "-m", marks, *workers, *strict, "--durations=10", *rest]
    code = call(command, {**plain, **settings, **env})
    return 0 if code == NOTHING_CHOSEN and rest else code


def _ci() -> bool:
    return os.environ.get("CI", "").lower() in {"1", "true"}

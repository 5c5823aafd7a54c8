"""`services`: the real PostgreSQL, Redis, Elasticsearch and ClamAV for the tests, without Docker, on Debian as root.

Each is a throw-away of its own on a free loopback port with a random password; nothing that runs on the machine
already is touched. Their addresses stand in .services.json, which `make test` reads.
"""

import json
from collections.abc import Mapping
from types import ModuleType

from devtools.services import clamav, debian, elasticsearch, postgres, redis
from devtools.terminal import ROOT, Stop, say

ENGINES: Mapping[str, ModuleType] = {
    "DATABASE_URL": postgres,
    "REDIS_URL": redis,
    "ELASTICSEARCH_URL": elasticsearch,
    "CLAMD": clamav,
}
STATE = ROOT / ".services.json"


def word(rest: list[str]) -> int:
    """`services` starts what does not answer yet; `services stop` stops all and removes their data."""
    match rest:
        case []:
            for name, url in start().items():
                say(f"{name}={url}")
        case ["stop"]:
            stop()
        case _:
            raise Stop("say `services` or `services stop`.")
    return 0


def start() -> dict[str, str]:
    """Install what lacks and start what does not answer. Return the addresses by variable name."""
    debian.refuse_elsewhere()
    debian.install()
    urls = _remembered()
    for name, engine in ENGINES.items():
        if name in urls and engine.answers(urls[name]):
            continue
        say(f"Starting {engine.NAME} …")
        urls[name] = engine.start(debian.state_folder())
        _remember(urls)
    return urls


def stop() -> None:
    """Stop the servers that `start` started, and remove their data."""
    debian.refuse_elsewhere()
    for engine in ENGINES.values():
        engine.stop(debian.state_folder())
        say(f"{engine.NAME} is stopped.")
    debian.remove_state()
    STATE.unlink(missing_ok=True)


def found() -> dict[str, str] | None:
    """Return the addresses of what `start` set up, when all of it answers."""
    urls = _remembered()
    if all(name in urls and engine.answers(urls[name]) for name, engine in ENGINES.items()):
        return urls
    return None


def _remembered() -> dict[str, str]:
    try:
        return dict(json.loads(STATE.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def _remember(urls: dict[str, str]) -> None:
    STATE.touch(mode=0o600)
    STATE.chmod(0o600)
    STATE.write_text(json.dumps(urls, indent=2), encoding="utf-8")

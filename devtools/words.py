"""The words `dev.py` understands. `make help` prints this table."""

from collections.abc import Callable
from typing import NamedTuple

from devtools import checks, dotenv, locks, messages, provisions, running, services, testing
from devtools.terminal import Stop, say

Rest = list[str]


class Word(NamedTuple):
    act: Callable[[Rest], int]
    meaning: str


def main(arguments: Rest) -> int:
    """Carry out the first argument; the others are for it. Return the exit code."""
    name = arguments[0] if arguments else "help"
    word = WORDS.get(name)
    if word is None:
        say(f"There is no word “{name}”.\n")
        show_help([])
        return 2
    try:
        return word.act(arguments[1:])
    except Stop as reason:
        say(f"dev.py {name}: {reason}")
        return 2
    except KeyboardInterrupt:
        return 130


def show_help(_rest: Rest) -> int:
    """Print every word with its meaning."""
    say("make WORD, or where there is no make: python3 dev.py WORD\n")
    for name, word in WORDS.items():
        say(f"  {name:<11} {word.meaning}")
    return 0


WORDS = {
    "run": Word(running.run, "start Zhongyan with its demo on this machine; PORT=9000 chooses another port"),
    "reset": Word(running.reset, "forget everything the embedded mode has stored; `run` starts over"),
    "quick": Word(testing.quick, "the embedded tests without the browser, within 3 minutes"),
    "test": Word(testing.test, "every test this machine can run, embedded and on the real services"),
    "messages": Word(messages.messages, "bring the Chinese catalogue up to date with the pages, and compile it"),
    "provisions": Word(provisions.provisions, "write docs/provisions.md from the provisions' data"),
    "lint": Word(checks.lint, "style, types, import arrows, templates, missing migrations"),
    "bench": Word(testing.bench, "measure, one JSON line a figure"),
    "drill": Word(testing.drill, "kill and stop every process of a platform while people work: a quarter of an hour"),
    "services": Word(
        services.word,
        "set up PostgreSQL, Redis, Elasticsearch and Chromium for the tests (Debian, root);"
        " `services stop` takes the servers down",
    ),
    "env": Word(dotenv.write, "write .env with fresh secrets for docker compose"),
    "lock": Word(locks.lock, "lock the packages of requirements/*.in with hashes; `lock --upgrade` takes newer ones"),
    "help": Word(show_help, "this list"),
}

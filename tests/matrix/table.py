"""How the declared table is written down and read.

A line without indentation names a route. Each line below it says, for some methods and one object, what every role is
answered: one answer a role in the order of the columns, or one for all of them. The objects are names of the world,
parted by strokes where a route takes several, `-` where it takes none.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.matrix.people import ALIKE, ROLES

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
ANSWERS = {
    "in": "redirected to the sign-in page, and nothing changed",
    "go": "redirected elsewhere, and nothing changed",
    "GO": "redirected elsewhere, and something changed",
    "OK": "status 200, and something changed",
}
"""Everything else is a bare status, with which nothing changed."""


@dataclass(frozen=True)
class Row:
    """What some methods on one object of a route answer to each role."""

    route: str
    methods: tuple[str, ...]
    thing: str
    answers: dict[str, str]

    def __str__(self) -> str:
        return f"{self.route} {','.join(self.methods)} {self.thing}"


def rows(text: str) -> Iterator[Row]:
    """The rows of a table. `read` stands for GET and HEAD, `rest` for all methods the route's other rows leave out."""
    for route, lines in _parts(text):
        named = {method for line in lines for method in _methods(line[0])}
        for methods, thing, *answers in lines:
            rest = tuple(one for one in METHODS if one not in named)
            yield Row(route, rest if methods == "rest" else _methods(methods), thing, _answers(answers))


def _parts(text: str) -> list[tuple[str, list[list[str]]]]:
    parts: list[tuple[str, list[list[str]]]] = []
    for line in (written.partition("#")[0] for written in text.splitlines()):
        if line.strip() and not line.startswith(" "):
            parts.append((line.strip(), []))
        elif line.strip():
            parts[-1][1].append(line.split())
    return parts


def _methods(word: str) -> tuple[str, ...]:
    if word == "rest":
        return ()
    return ("GET", "HEAD") if word == "read" else tuple(word.split(","))


def _answers(written: list[str]) -> dict[str, str]:
    if written[0] == "all":
        written = [written[1]] * len(ROLES)
    elif written[0] == "else":  # nobody, everybody else
        written = [written[1], *[written[2]] * (len(ROLES) - 1)]
    answers = dict(zip(ROLES, written, strict=True))
    return answers | {role: answers[like] for role, like in ALIKE.items()}

"""How the declared table is written down and read.

A line without indentation names a route. Each line below it says, for some methods and one object, what every role is
answered: one answer a role in the order of the columns, or one for all of them. The last three roles, the separated
administrators, are answered as a stranger is (I18), or as stands behind `apart`: one answer for all three, or three.
So is the opening officer before them, or as stands behind `officer` at the end of the line.
The objects are names of the world, parted by strokes where a route takes several, `-` where it takes none.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.matrix.people import ALIKE, APART, ROLES

STRANGER, OTHERS = list(ROLES).index("strn"), len(ROLES) - len(APART) - 1
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


def _apart(written: list[str], said: list[str]) -> list[str]:
    """The last three: as the row says, each alone or all alike; where it says nothing, as a stranger."""
    told = said or [written[STRANGER]]
    return told if len(told) == len(APART) else told * len(APART)


def _officer(words: list[str]) -> tuple[list[str], str]:
    """The row without what it says of the opening officer, and that."""
    return (words[:-2], words[-1]) if "officer" in words else (words, "")


def _answers(words: list[str]) -> dict[str, str]:
    words, officer = _officer(words)
    cut = words.index("apart") if "apart" in words else len(words)
    written, said = words[:cut], words[cut + 1 :]
    if written[0] == "all":
        written = [written[1]] * OTHERS
    elif written[0] == "else":  # nobody, everybody else
        written = [written[1], *[written[2]] * (OTHERS - 1)]
    if len(written) < len(ROLES):
        written = [*written, officer or written[STRANGER], *_apart(written, said)]
    answers = dict(zip(ROLES, written, strict=True))
    return answers | {role: answers[like] for role, like in ALIKE.items()}

"""What a solver does with a proposal full of canaries, mistakes included; at whatever kind of browser."""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from tests.sealed.needles import Mark
from tests.vault import made

VERSION = re.compile(r'name="version"[^>]*value="(\d+)"|value="(\d+)"[^>]*name="version"')
CODE = re.compile(r'code-shown">([^<]+)<')
WAITS, PAUSE, PATIENCE = 302, 0.3, 120.0
LONG = 3 * 1024 * 1024
"""Bytes: more than nginx or Django keep in memory."""
DEAR = "301"
"""Ten thousand yuan: one more than the sponsor pays."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    text: str
    location: str = ""
    refresh: bool = False
    """Whether the page is to be fetched again."""


class Hand(Protocol):
    """Somebody signed in at a browser."""

    def get(self, path: str) -> Answer:
        """Read a page."""
        ...

    def post(self, path: str, data: Mapping[str, str], file: tuple[str, bytes] | None = None) -> Answer:
        """Send a form, with a file if there is one."""
        ...


class Solver:
    """One of them, with their canaries."""

    def __init__(self, hand: Hand, mark: Mark, number: int) -> None:
        self.hand, self.mark, self.number = hand, mark, number
        self.proposal = self.code = ""
        self.heard: list[tuple[str, int]] = []
        """What each step was answered with."""

    def canary(self, kind: str) -> str:
        """Theirs of this kind."""
        return self.mark.canary(kind, self.number)

    def write(self, challenge: str, *, long: bool = False, wrong: bool = True) -> None:
        """Begin, save, bring two files; and do wrong what can be done wrong, if they do."""
        begun = self._step("begin", 302, self.hand.post(f"/challenges/{challenge}/propose/", {}))
        self.proposal = begun.location.split("/proposals/")[1].split("/")[0]
        self._save("save", 200)
        self._edit("save by hand", 302)
        text = f"{self.canary('filetext')}\n" + ("阻抗数据\n" * (LONG // 13) if long else "") + self.canary("filetext")
        self._bring("a text", 302, f"{self.canary('filename')}.txt", text.encode())
        author = f"<a><creator>{self.canary('author')}</creator></a>"
        document = made.docx(self.canary("zipped"), {"docProps/core.xml": author})
        self._bring("a document", 302, f"{self.canary('filename')}.docx", document)
        if wrong:
            self._do_wrong(document)

    def _do_wrong(self, document: bytes) -> None:
        """What is refused tells the same as what is taken."""
        self._save("too long a title", 422, title=self.canary("title") * 9)
        self._save("a title that no database takes", 422, title=f"\0{self.canary('title')}")
        self._save("somebody was first", 409, version="1")
        self._bring("a program", 422, f"{self.canary('filename')}.exe", self.canary("filetext").encode())
        self._bring("a broken document", 422, f"{self.canary('filename')}.docx", document[:-30])

    def hand_in(self) -> None:
        """First with too high a price, which is refused, then as it should be."""
        self._save("too dear", 200, price=DEAR)
        self._submit("refused", 422)
        self._save("save again", 200)
        page = self.hand.get(f"/proposals/{self.proposal}/submit/").text
        self.code = found[1] if (found := CODE.search(page)) else ""
        self._submit("hand in", 302)

    def look_back(self) -> str:
        """Read it again, with a wrong code and the right one; the page."""
        path = f"/proposals/{self.proposal}/reread/"
        self._step("a wrong code", 422, self.hand.post(path, {"code": "0000-0000-0000-0000"}))
        return self._step("the right code", 200, self.hand.post(path, {"code": self.code})).text

    def _typed(self) -> dict[str, str]:
        body = f"{self.canary('body')} 在正极表面原位生成离子导电层。"
        return {
            "title": self.canary("title"),
            "approach": body * 9,
            "indicators_answer": body,
            "schedule": body,
            "team": body,
            "price": "200",
            "ai_use": "NONE",
            "claim_0": "",
            "answer_0": body,
            "answer_1": body,
        }

    def _save(self, what: str, expected: int, **changes: str) -> None:
        typed = {**self._typed(), "version": self._version("edit"), **changes}
        self._step(what, expected, self.hand.post(f"/proposals/{self.proposal}/autosave/", typed))

    def _edit(self, what: str, expected: int) -> None:
        typed = {**self._typed(), "version": self._version("edit")}
        self._step(what, expected, self.hand.post(f"/proposals/{self.proposal}/edit/", typed))

    def _bring(self, what: str, expected: int, name: str, content: bytes) -> None:
        path = f"/files/at/proposal/{self.proposal}/"
        self._step(what, expected, self.hand.post(path, {"purpose": "PLAN"}, (name, content)))

    def _submit(self, what: str, expected: int) -> None:
        """In a crowd every answer is that it is being sealed, and what became of it is known a little later."""
        said = {"version": self._version("submit")}
        answer = self.hand.post(f"/proposals/{self.proposal}/submit/", said)
        self._step(what, WAITS if answer.status == WAITS else expected, answer)
        until = time.monotonic() + PATIENCE
        while not self.hand.get(f"/proposals/{self.proposal}/waiting/").refresh:
            assert time.monotonic() < until, f"{what}: it is still being sealed"
            time.sleep(PAUSE)

    def _version(self, page: str) -> str:
        found = VERSION.search(self.hand.get(f"/proposals/{self.proposal}/{page}/").text)
        return next((one for one in found.groups() if one), "") if found else ""

    def _step(self, what: str, expected: int, answer: Answer) -> Answer:
        """Raises AssertionError with the page where another answer came."""
        self.heard.append((what, answer.status))
        assert answer.status == expected, (what, answer.status, answer.text[-3000:])
        return answer

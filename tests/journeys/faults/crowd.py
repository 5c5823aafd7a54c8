"""People who work while the plug is pulled. Each notes what the platform acknowledged; nobody repeats what may be done.

They go through the one door as browsers do: a session from the sign-in page, a CSRF token, the version they saw.
"""

import re
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import httpx

PASSWORD = "a good password"
LONGEST_ANSWER = 75.0
"""Seconds: longer than nginx waits for a page, so that every request ends with an answer of the platform's."""
CODE = re.compile(r"data-demo-code>(\d{6})<")
VERSION = re.compile(r'name="version"[^>]*value="(\d+)"|value="(\d+)"[^>]*name="version"')
ACKNOWLEDGED = range(200, 400)
NOTHING_NEW = 204
FAILED = 500
NOTHING_HEARD = 0


@dataclass(frozen=True)
class Act:
    """One write: what was asked of which row, by whom, and whether the platform said yes (None: no answer heard)."""

    kind: str
    subject: str
    actor: str
    token: str
    acknowledged: bool | None
    at: float

    def told(self) -> dict[str, Any]:
        """As the audit is asked about it."""
        return asdict(self)


@dataclass(frozen=True)
class Request:
    """One request and its answer; status 0 when the line broke."""

    method: str
    path: str
    status: int
    began: float
    seconds: float


@dataclass
class Journal:
    """What everybody did. Lists grow from several threads; appending is one step in Python."""

    acts: list[Act] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    """Answers that were neither success nor failure, with what they said: a fault of the journey, or of a page."""


class Person:
    """Somebody with a browser of their own."""

    def __init__(self, name: str, address: str, journal: Journal) -> None:
        self.name, self.journal = name, journal
        self.client = httpx.Client(base_url=address, timeout=LONGEST_ANSWER)

    def sign_in(self, email: str) -> None:
        """Through the real door."""
        self.read("/accounts/login/")
        answer = self.send("/accounts/login/", {"login": email, "password": PASSWORD})
        assert answer is not None, self.name
        assert answer.status_code == 302, (self.name, answer.status_code, answer.text[:2000])
        if "/2fa/" in answer.headers["location"]:
            self._second_step(answer.headers["location"])

    def _second_step(self, path: str) -> None:
        """The code that the demonstration shows."""
        shown = CODE.search(self.read(path))
        answer = self.send(path, {"code": shown.group(1) if shown else ""})
        assert answer is not None, self.name
        assert answer.status_code == 302, (self.name, answer.status_code, answer.text[:2000])

    def read(self, path: str) -> str:
        """A page's text, "" when there was none."""
        answer = self._ask("GET", path)
        return answer.text if answer is not None and answer.status_code == 200 else ""

    def send(self, path: str, data: Mapping[str, Any] | None = None) -> httpx.Response | None:
        """Send a form; None when no answer came."""
        headers = {"X-CSRFToken": self.client.cookies.get("csrftoken", "")}
        return self._ask("POST", path, data=dict(data or {}), headers=headers)

    def act(self, kind: str, subject: str, path: str, data: Mapping[str, Any], token: str = "") -> bool:
        """Send a form that changes something, and note what became of it."""
        at = time.monotonic()
        answer = self.send(path, data)
        said_yes = _said_yes(answer)
        self.journal.acts.append(Act(kind, subject, self.name, token, said_yes, at))
        if said_yes is False and answer is not None:
            self.journal.odd.append(f"{self.name} {kind} {path}: {answer.status_code}")
        return bool(said_yes)

    def version(self, path: str) -> str:
        """The version of the row that a page's form carries, "" when the page did not come."""
        found = VERSION.search(self.read(path))
        return next((one for one in found.groups() if one), "") if found else ""

    def waits(self, path: str) -> bool:
        """Whether this address says that there is nothing to fetch the page again for yet."""
        answer = self._ask("GET", path)
        return answer is not None and answer.status_code == NOTHING_NEW and "hx-refresh" not in answer.headers

    def _ask(self, method: str, path: str, **more: Any) -> httpx.Response | None:
        began, answer = time.monotonic(), None
        try:
            answer = self.client.request(method, path, **more)
        except httpx.TransportError:
            status = NOTHING_HEARD
        else:
            status = answer.status_code
        self.journal.requests.append(Request(method, path, status, began, time.monotonic() - began))
        return answer


def _said_yes(answer: httpx.Response | None) -> bool | None:
    """Whether the platform took it; None where that is in doubt."""
    if answer is None or answer.status_code >= FAILED:
        return None
    return answer.status_code in ACKNOWLEDGED and "/login/" not in answer.headers.get("location", "")


class Tasks:
    """Work of which a little is given out at each fault: what is approved or locked once cannot be done again."""

    def __init__(self, subjects: Iterable[Any]) -> None:
        self._waiting, self._given = deque(subjects), deque[Any]()

    def give(self, number: int) -> None:
        """Give out so many."""
        for _ in range(min(number, len(self._waiting))):
            self._given.append(self._waiting.popleft())

    def next(self) -> Any:
        """One that was given out, None if there is none."""
        return self._given.popleft() if self._given else None


class Crowd:
    """Threads that work while `working` is set, each with a pause after every round."""

    def __init__(self) -> None:
        self.working, self.over = threading.Event(), threading.Event()
        self._threads: list[threading.Thread] = []
        self._busy = 0
        self._lock = threading.Lock()
        self.failures: list[str] = []

    def hire(self, work: Callable[[], object], pause: float) -> None:
        """Let somebody do this again and again."""
        thread = threading.Thread(target=self._go_on, args=(work, pause), daemon=True)
        self._threads.append(thread)
        thread.start()

    def rest(self, within: float) -> None:
        """Nobody begins anything new; returns when all have heard their last answer."""
        self.working.clear()
        until = time.monotonic() + within
        while self._busy and time.monotonic() < until:
            time.sleep(0.05)
        assert not self._busy, f"{self._busy} people still wait for an answer"

    def dismiss(self) -> None:
        """Everybody goes home."""
        self.over.set()
        self.working.set()
        for thread in self._threads:
            thread.join(timeout=LONGEST_ANSWER)

    def _go_on(self, work: Callable[[], object], pause: float) -> None:
        while not self.over.is_set():
            self.working.wait()
            if self.over.is_set():
                return
            self._count(1)
            try:
                work()
            except Exception as failure:  # noqa: BLE001  # told at the end: a thread's failure is nobody else's
                self.failures.append(repr(failure))
            finally:
                self._count(-1)
            time.sleep(pause)

    def _count(self, one: int) -> None:
        with self._lock:
            self._busy += one

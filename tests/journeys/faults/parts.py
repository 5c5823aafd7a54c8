"""The parts people play in front of a fault: what each does in one round."""

import itertools
import re
from collections.abc import Iterator
from typing import Any

from tests.journeys.faults.crowd import Crowd, Journal, Person, Tasks

PUBLIC = ("/", "/challenges/", "/challenges/?q=%E7%95%8C%E9%9D%A2+{n}", "/award-notices/", "/experts/", "/figures/")
OWN = {
    "solver3": ("/my-work/", "/notifications/", "/notifications/count/", "/challenges/?q=%E5%9B%BA%E6%80%81+{n}"),
    "adjudicator": ("/desk/", "/desk/live/", "/notifications/"),
    "region_admin": ("/approvals/", "/my-work/"),
}
ROWS = {"indicators-TOTAL_FORMS": "0", "indicators-INITIAL_FORMS": "0"}
TABLES = {**ROWS, **{name.replace("indicators", "criteria"): count for name, count in ROWS.items()}}
CROWDED = range(4, 7)
"""Solvers who answer one challenge at once, so that some are told that they are being sealed."""
tokens = itertools.count(1)


class Stage:
    """The world, its people signed in, and the work they have before them."""

    def __init__(self, world: dict[str, Any], address: str, journal: Journal) -> None:
        self.world, self.address, self.journal = world, address, journal
        self.people = {name: self._arrived(name, email) for name, email in world["people"].items()}
        self.anonymous = Person("anonymous", address, journal)
        self.approvals = Tasks(world["waiting"])
        self.openings = {office: Tasks(world["sealed"]) for office in ("officer0", "supervisor")}
        self.locks = Tasks(world["seats"])

    def give(self) -> None:
        """What is done once is done in the middle of the fault."""
        self.approvals.give(2)
        self.locks.give(1)
        for tasks in self.openings.values():
            tasks.give(1)

    def leave(self) -> None:
        """Everybody closes their browser."""
        for person in (*self.people.values(), self.anonymous):
            person.client.close()

    def fill(self, crowd: Crowd) -> None:
        """Everybody to their place."""
        for number in range(3):
            crowd.hire(_bound(self.solve(f"solver{number}", self.world["open"][number])), 0.5)
        for number in CROWDED:
            crowd.hire(_bound(self.solve(f"solver{number}", self.world["open"][3])), 0.5)
        for office in self.openings:
            crowd.hire(lambda office=office: self.confirm(office), 0.8)
        crowd.hire(self.approve, 0.8)
        crowd.hire(self.draft, 1.0)
        crowd.hire(_bound(self.score()), 0.6)
        crowd.hire(self.lock, 0.8)
        crowd.hire(_bound(self.read(self.anonymous, (*PUBLIC, f"/challenges/{self.world['open'][0]}/"))), 0.4)
        for name, paths in OWN.items():
            crowd.hire(_bound(self.read(self.people[name], paths)), 0.6)

    def solve(self, name: str, challenge: str) -> Iterator[None]:
        """Begin an answer, save it, submit it; in the next round take it back and begin anew."""
        person = self.people[name]
        while True:
            answer = person.send(f"/challenges/{challenge}/propose/")
            found = re.match(r"/proposals/(\w+)/(edit/)?", answer.headers.get("location", "")) if answer else None
            if found is None:
                yield
                continue
            proposal, draft = found[1], bool(found[2])
            if draft and not person.waits(f"/proposals/{proposal}/waiting/"):  # handed in, though nobody was told
                self._write(person, proposal)
            yield
            version = person.version(f"/proposals/{proposal}/")
            if version:
                person.act("withdrawn", proposal, f"/proposals/{proposal}/withdraw/", {"version": version})
            yield

    def _write(self, person: Person, proposal: str) -> None:
        token = f"方案 {next(tokens)}"
        version = person.version(f"/proposals/{proposal}/edit/")
        if not version:
            return
        typed = {
            "title": token,
            "approach": token,
            "indicators_answer": "8 Ω",
            "schedule": "一年",
            "price": "200",
            "ai_use": "NONE",
        }
        saved = person.act("saved", proposal, f"/proposals/{proposal}/autosave/", {**typed, "version": version}, token)
        version = person.version(f"/proposals/{proposal}/submit/") if saved else ""
        if version:
            person.act("submitted", proposal, f"/proposals/{proposal}/submit/", {"version": version})

    def confirm(self, office: str) -> None:
        """Confirm one opening, if one is given out."""
        challenge = self.openings[office].next()
        if challenge:
            self.people[office].read(f"/openings/{challenge}/")
            phrase = self.world["phrases"].get(office, "")
            self.people[office].act("confirmed", challenge, f"/openings/{challenge}/confirm/", {"phrase": phrase})

    def approve(self) -> None:
        """Approve one posting, if one is given out; it is public from then on."""
        challenge = self.approvals.next()
        if not challenge:
            return
        admin = self.people["region_admin"]
        version = admin.version(f"/approvals/{challenge}/")
        offices = {name: self.world["ids"][name] for name in ("adjudicator", "supervisor")}
        if version:
            admin.act("approved", challenge, f"/approvals/{challenge}/approve/", {**offices, "version": version})

    def draft(self) -> None:
        """Begin a posting."""
        title = f"草稿 {next(tokens)}"
        self.people["owner"].act("drafted", title, "/challenges/new/", {"title": title, **TABLES}, title)

    def score(self) -> Iterator[None]:
        """Save scores for one proposal after the other, as the editor does; those that are locked are left alone."""
        for expert, seat, code in itertools.cycle(self.world["seats"][-4:]):
            person, path = self.people[expert], f"/reviews/{seat}/{code}/"
            version, token = person.version(path), f"意见 {next(tokens)}"
            if version:
                points = {"points_0": "80", "comment": token, "version": version, "act": "save"}
                person.act("scored", f"{seat} {code}", path, points, token)
            yield

    def lock(self) -> None:
        """Lock one review, if one is given out."""
        given = self.locks.next()
        if not given:
            return
        expert, seat, code = given
        person, path = self.people[expert], f"/reviews/{seat}/{code}/"
        version, token = person.version(path), f"定稿 {next(tokens)}"
        points = {"points_0": "80", "points_1": "70", "comment": token, "sure": "on", "version": version}
        if version:
            person.act("locked", f"{seat} {code}", path, {**points, "act": "lock"}, token)

    def read(self, person: Person, paths: tuple[str, ...]) -> Iterator[None]:
        """Go from page to page; each search is a new one."""
        for path in itertools.cycle(paths):
            person.read(path.format(n=next(tokens)))
            yield

    def _arrived(self, name: str, email: str) -> Person:
        person = Person(name, self.address, self.journal)
        person.sign_in(email)
        return person


def _bound(rounds: Iterator[None]) -> Any:
    """One round of an endless story each time it is called."""
    return lambda: next(rounds)

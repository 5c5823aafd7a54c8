"""The stories as they stand in `data/`, read into what the services understand."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from marketplace.kernel.money import FEN_PER_WAN
from tasks.proposals.content import AiUse, Answer, Content

DATA = Path(__file__).parent.parent / "data"
STORIES = ("xingheng", "nantong", "others")


@dataclass(frozen=True)
class Story:
    """One challenge and what became of it; `state` names the end in `acts.ENDINGS`."""

    said: Mapping[str, Any]

    @property
    def key(self) -> str:
        return str(self.said["key"])

    @property
    def state(self) -> str:
        return str(self.said["state"])

    @property
    def posting(self) -> Mapping[str, Any]:
        return dict(self.said["posting"])

    @property
    def answers(self) -> list[Mapping[str, Any]]:
        return list(self.said.get("proposals", ()))

    @property
    def life(self) -> Mapping[str, Any]:
        """What happens while the call is open: who follows, what is asked and answered, what is amended."""
        return dict(self.said.get("life", {}))

    @property
    def opened(self) -> int:
        """Days from the loading, like every day of a story."""
        return int(self.said["opened"])

    @property
    def submitted(self) -> int:
        return int(self.said.get("submitted", self.opened - 2))

    @property
    def deadline(self) -> int:
        return int(self.said["deadline"])


def stories() -> list[Story]:
    """All stories in the order in which they can be told: a whole before its parts."""
    return [Story(said) for name in STORIES for said in _json(f"stories/{name}.json")]


def batches() -> list[Mapping[str, str]]:
    """The batches (榜单) that stories belong to."""
    return list(_json("stories/batches.json"))


def organisations() -> list[Mapping[str, str]]:
    """The organisations with a name of their own."""
    return list(_json("organisations.json"))


def records(name: str) -> list[dict[str, Any]]:
    """The synthetic records of a JSON Lines file."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def content_of(answer: Mapping[str, Any]) -> Content:
    """A proposal of a story as its author writes it."""
    texts = {name: str(answer[name]) for name in ("title", "approach", "indicators_answer", "schedule", "team")}
    return Content(
        **texts,
        answers=tuple(Answer(**one) for one in answer.get("answers", ())),
        price_amount=int(answer["wan"] * FEN_PER_WAN) if "wan" in answer else None,
        ai_use=answer.get("ai_use", AiUse.NONE),
        ai_note=answer.get("ai_note", ""),
    )


@cache
def _json(name: str) -> Any:
    return json.loads((DATA / name).read_text(encoding="utf-8"))

"""How well an engine ranks: the development set through our own reading of documents and queries, and nDCG@10.

Absolute values flatter: queries, records and synonyms come from one hand, and the synonym list was extended with the
queries known. They serve to compare, and to notice when a change makes ranking worse.
"""

import json
import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.utils import timezone

from search.backends.base import SearchIndex
from search.projection import Content, Kind, document
from search.queries import Ask, Sort, Stage, request

DATA = Path(__file__).parent / "data"
NOW = timezone.now()


def fill(index: SearchIndex) -> None:
    """Index all challenges and experts of the development set."""
    for kind, name in ((Kind.CHALLENGE, "challenges.jsonl"), (Kind.EXPERT, "experts.jsonl"), (Kind.ARCHIVE, "")):
        with index.beside(kind) as put:
            put(document(_content(kind, row)) for row in _lines(name))


def ndcg(index: SearchIndex) -> dict[str, float]:
    """nDCG@10 of every query, by its id."""
    judged = _judgements()
    challenges = {row["id"]: row for row in _lines("challenges.jsonl")}
    found = {}
    for query in _lines("queries_dev.jsonl"):
        text = query["text"] or _as_query(challenges[query["challenge_id"]])
        ask = Ask(text=text, stage=Stage.ALL, sort=Sort.RELEVANCE)
        asked = request(Kind(query["target"]), ask, now=NOW)
        hits = index.search(asked)
        if not hits.total:
            hits = index.search(replace(asked, loosely=True))
        found[query["qid"]] = _ndcg(judged[query["qid"]], hits.ids[:10])
    return found


def by_type(figures: dict[str, float]) -> dict[str, float]:
    """The mean of each kind of query, and of all."""
    groups: dict[str, list[float]] = defaultdict(list)
    for query in _lines("queries_dev.jsonl"):
        groups[query["type"]].append(figures[query["qid"]])
    groups["all"] = list(figures.values())
    return {name: sum(values) / len(values) for name, values in groups.items()}


def _ndcg(grades: dict[str, int], ids: list[str]) -> float:
    ideal = _gain(sorted(grades.values(), reverse=True)[:10])
    return _gain([grades.get(one, 0) for one in ids]) / ideal if ideal else 0.0


def _gain(grades: list[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def _judgements() -> dict[str, dict[str, int]]:
    judged: dict[str, dict[str, int]] = defaultdict(dict)
    for line in (DATA / "qrels_dev.tsv").read_text(encoding="utf-8").splitlines():
        query, found, grade = line.split("\t")
        judged[query][found] = int(grade)
    return judged


def _as_query(challenge: dict[str, Any]) -> str:
    """Which experts fit a challenge is asked with its title and keywords."""
    return " ".join([challenge["title"], *challenge["keywords"]])


def _content(kind: Kind, row: dict[str, Any]) -> Content:
    challenge = kind == Kind.CHALLENGE
    title = row["title"] if challenge else row["expertise"]
    names = ("description", "indicators_text", "achievements", "industry_name", "industry_name_en", "institution_type")
    body = "\n".join(row.get(name) or "" for name in (*names, "region", "sponsor", "label"))
    state = "OPEN" if challenge else ""
    keywords = "\n".join(row["keywords"])
    return Content(kind=kind, public_id=row["id"], version=1, title=title, keywords=keywords, body=body, state=state)


def _lines(name: str) -> Iterator[dict[str, Any]]:
    if name:
        yield from map(json.loads, (DATA / name).read_text(encoding="utf-8").splitlines())

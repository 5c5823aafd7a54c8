"""Rows in bulk: real texts under many organisations. Everything drawn comes from the seed."""

import json
import random
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import Model

import marketplace.demo
from marketplace.accounts.models import Organisation, User
from marketplace.kernel import clock
from marketplace.outbox.models import Fact
from marketplace.registry.models import Region, TechnologyField
from tasks import events
from tasks.challenges.lifecycle import State
from tasks.challenges.models import Challenge, ChallengeMode, Criterion, Indicator, IPTerms, ProblemKind

BATCH = 2_000
ORGANISATIONS = 500
STATES = (*[State.OPEN] * 5, State.SEALED, State.REVIEWING, State.NOTICE, State.AWARDED, State.FAILED)
STORY = (
    events.ChallengeDrafted,
    events.ChallengeSubmitted,
    events.ChallengeApproved,
    events.ChallengeOpened,
)
WEIGHTS = (40, 30, 30)


def grow(size: int, seed: int, progress: Callable[[str], None]) -> bool:
    """Add challenges until there are this many, and tell the database's planner; returns whether any were missing."""
    chance = random.Random(f"{seed}:{size}")  # noqa: S311  # texts and amounts, no secret
    owner, sponsors = _sponsors(seed)
    have = Challenge.objects.count()
    for start in range(have, size, BATCH):
        numbers = range(start, min(size, start + BATCH))
        _add([_challenge(number, owner, sponsors, chance) for number in numbers], chance)
        progress(f"{numbers.stop} of {size} challenges")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return have < size


def _add(challenges: list[Challenge], chance: random.Random) -> None:
    rows = Challenge.objects.bulk_create(challenges)
    fields = _fields()
    through = Challenge.fields.through
    _bulk(
        through,
        (through(challenge_id=row.pk, technologyfield_id=pk) for row in rows for pk in chance.sample(fields, 2)),
    )
    _bulk(Indicator, (one for row in rows for one in _indicators(row)))
    _bulk(Criterion, (one for row in rows for one in _criteria(row)))
    _bulk(Fact, (one for row in rows for one in _story(row)))


def _bulk(model: type[Model], rows: Iterable[Any]) -> None:
    model._default_manager.bulk_create(rows, batch_size=5_000)


def _challenge(number: int, owner: User, sponsors: list[Organisation], chance: random.Random) -> Challenge:
    text = _texts()[number % len(_texts())]
    sponsor, now = chance.choice(sponsors), clock.now()
    state = STATES[number % len(STATES)]
    left = chance.uniform(2, 60) if state == State.OPEN else -chance.uniform(20, 600)
    opened = now - timedelta(days=chance.uniform(1, 18) if state == State.OPEN else -left + 40)
    return Challenge(
        state=state,
        author=owner,
        sponsor=sponsor,
        region=sponsor.region,
        title=f"{text['title'][:100]}({number})",
        description=text["description"],
        keywords=text["keywords"],
        mode=chance.choice(ChallengeMode.values),
        problem_kind=chance.choice(ProblemKind.values),
        ip_terms=chance.choice(IPTerms.values),
        bounty_amount=chance.randint(10, 900) * 1_000_000,
        deadline=now + timedelta(days=left),
        opened_at=opened,
        failure_reason="NO_PROPOSAL" if state == State.FAILED else "",
        version=4,
    )


def _indicators(challenge: Challenge) -> Iterator[Indicator]:
    for order, name in enumerate(("转化率", "寿命", "成本")):
        yield Indicator(challenge=challenge, order=order, name=name, op="≥", value=str(90 + order), unit="%")


def _criteria(challenge: Challenge) -> Iterator[Criterion]:
    for order, weight in enumerate(WEIGHTS):
        yield Criterion(challenge=challenge, order=order, name=("技术方案", "可行性", "团队")[order], weight=weight)


def _story(challenge: Challenge) -> Iterator[Fact]:
    stream = f"challenge:{challenge.public_id}"
    for sequence, event in enumerate(STORY, start=1):
        yield Fact(
            stream=stream,
            sequence=sequence,
            kind=event.kind,
            subject=challenge.public_id,
            version=sequence,
            role="SPONSOR",
            occurred_at=challenge.opened_at or challenge.created_at,
            digest=sha256(f"{stream}{sequence}".encode()).hexdigest(),
        )


def _sponsors(seed: int) -> tuple[User, list[Organisation]]:
    owner = User.objects.filter(email="owner@bench.example").first()
    if owner is None:
        owner = User.objects.create_user("owner@bench.example", display_name="单位联系人")
        chance = random.Random(seed)  # noqa: S311  # which region, no secret
        regions = list(Region.objects.filter(kind__in=[Region.Kind.CITY, Region.Kind.PROVINCE]))
        rows = (
            Organisation(name=f"示例单位{n:03d}", kind="ENTERPRISE", state="VERIFIED", region=chance.choice(regions))
            for n in range(ORGANISATIONS)
        )
        _bulk(Organisation, rows)
    return owner, list(Organisation.objects.filter(name__startswith="示例单位").select_related("region"))


@cache
def _fields() -> list[int]:
    return list(TechnologyField.objects.order_by("pk").values_list("pk", flat=True))


@cache
def _texts() -> list[dict[str, Any]]:
    path = Path(marketplace.demo.__path__[0]) / "data" / "challenges.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()
    return [record for record in map(json.loads, lines) if record["title"]]

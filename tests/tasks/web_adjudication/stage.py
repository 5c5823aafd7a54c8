"""What these tests share: people at their browsers, cases at each step, everything a refusal must leave alone."""

import re
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from marketplace.accounts.models import User
from marketplace.outbox.models import Fact
from tasks import models
from tasks.adjudication import queries
from tasks.adjudication.models import Assignment
from tasks.challenges.models import Challenge
from tests import factories

KEPT = (
    models.Challenge,
    models.Proposal,
    models.OpeningConfirmation,
    models.ReviewPanel,
    models.Assignment,
    models.Review,
    models.CriterionScore,
    models.Adjudication,
    models.ChallengeAward,
    models.PublicNotice,
    Fact,
)


def everything() -> list[Any]:
    """Every row of a challenge's life."""
    return [list(model.objects.order_by("pk").values()) for model in KEPT]


def at_browser(person: User | AnonymousUser) -> Client:
    client = Client()
    if isinstance(person, User):
        client.force_login(person)
    return client


OF_ITS_OWN = re.compile(
    r"人\d+|单位\d+|\b[0-9a-hjkmnp-tv-z]{16}\b|[A-Za-z0-9]{64}"
    r"|\d{4}-\d\d-\d\dT[\d:.+]+|\d{4} ?年[^<，]*?\d\d:\d\d(?::\d\d)?"
)
"""What differs between two cases that are alike: who is in them, their ids, tokens and moments."""


def alike(page: str) -> list[str]:
    """The lines of a page, without what every case has of its own; nothing else is left out."""
    return [OF_ITS_OWN.sub("", line) for line in page.splitlines()]


def address(name: str, *args: str) -> str:
    return reverse(f"adjudication:{name}", args=args)


def fresh(challenge: Challenge) -> Challenge:
    return Challenge.objects.get(pk=challenge.pk)


def pressed(challenge: Challenge, who: User, name: str, *args: str, **data: str) -> Any:
    """The answer to this person's press of a button on the case as it now is."""
    seen = {"version": str(fresh(challenge).version), **data}
    return at_browser(who).post(address(name, challenge.public_id, *args), seen)


def closed_case(answers: int = 2, **changes: Any) -> Challenge:
    """After the deadline, nothing confirmed."""
    challenge = factories.open_challenge(**changes)
    for number in range(answers):
        factories.submitted_proposal(challenge, factories.person(f"解题人{number}"), title=f"方案题目{number}")
    return factories.closed(challenge)


def opened_case(answers: int = 2, **changes: Any) -> Challenge:
    return factories.opened(closed_case(answers, **changes))


def running_case(answers: int = 2, reviewers: int = 3, **changes: Any) -> Challenge:
    return factories.under_review(opened_case(answers, **changes), reviewers=reviewers)


def judge(challenge: Challenge) -> User:
    assert challenge.adjudicator
    return challenge.adjudicator


def watcher(challenge: Challenge) -> User:
    assert challenge.supervisor
    return challenge.supervisor


def seats(challenge: Challenge) -> list[Assignment]:
    return list(queries.seated(challenge))


def outsiders(challenge: Challenge) -> dict[str, User | AnonymousUser]:
    """Everybody who has no business in the case: each is answered as if it did not exist."""
    other = factories.open_challenge()
    return {
        "anonymous": AnonymousUser(),
        "sponsor": challenge.author,
        "another case's adjudicator": judge(other),
        "another case's supervisor": watcher(other),
        "expert": factories.expert(),
    }


def text_of(answer: HttpResponse) -> str:
    return answer.content.decode()

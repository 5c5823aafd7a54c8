"""What submitting a proposal and locking a review cost beside a bare signed-in POST with one INSERT."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import httpx
from django.db import connection

from bench.bare.models import Note
from bench.figure import Figure
from bench.pages import signed_in
from bench.stage import ROUNDS, Server, Stage, answered, cost, medians, postmaster
from marketplace.kernel import clock
from tasks.adjudication import queries as judging
from tasks.challenges import services as posting
from tasks.challenges.models import Challenge
from tests import factories

A_ROUND = 12
WARM = 2
REVIEWERS = 3
REFERENCE = "signed-in POST with one INSERT"
BAR = 4.0
TOKEN = "b" * 32
"""Anything of the right length: the cookie and the header must say the same."""

PRICE = 100_000_00
"""分."""

Post = tuple[httpx.Client, str, dict[str, str]]


def measure(stage: Stage, say: Callable[[str], None]) -> Iterator[Figure]:
    """CPU of server and database per act, the relay left out: nobody waits for it."""
    _table()
    bare = stage.serve("bare", "bench.bare.wsgi", settings="bench.bare.signed_in")
    ours = stage.serve("pages", "marketplace.wsgi")
    wanted = ROUNDS * A_ROUND + WARM
    say(f"preparing {wanted} drafts and as many reviews")
    submits, scores = _drafts(ours, wanted), _reviews(ours, wanted)
    answered(bare.address, "/empty/")
    answered(ours.address, "/healthz")
    for post in (submits, scores):
        for _number in range(WARM):
            _post(post.pop())
    costs = medians(_measures(bare, ours, submits, scores))
    for name in ("submit a proposal", "lock a review"):
        yield Figure(
            figure=f"cpu per act: {name}",
            value=round(costs[name], 2),
            unit="ms",
            reference=REFERENCE,
            reference_value=round(costs["bare"], 2),
            n=ROUNDS * A_ROUND,
            seed=stage.seed,
            bar=BAR,
        )
    stage.stop("bare")
    stage.stop("pages")


def _measures(bare: Server, ours: Server, submits: list[Post], scores: list[Post]) -> dict[str, Callable[[], float]]:
    database = postmaster()
    member = httpx.Client(timeout=60, cookies=signed_in())
    note = (member, f"{bare.address}/note/", {"text": "原位固化界面层方案"})
    return {
        "bare": lambda: cost(bare, database, A_ROUND * 4, lambda _n: _post(note)),
        "submit a proposal": lambda: cost(ours, database, A_ROUND, lambda _n: _post(submits.pop())),
        "lock a review": lambda: cost(ours, database, A_ROUND, lambda _n: _post(scores.pop())),
    }


def _drafts(ours: Server, count: int) -> list[Post]:
    """One solver's drafts, each for another challenge, and the requests that submit them."""
    solver = factories.person("解题人")
    client = _client(solver.email)
    made = []
    fitting = Challenge.objects.filter(state="OPEN", mode="TASK", bounty_amount__gte=PRICE).order_by("pk")
    for challenge in fitting[:count]:
        draft = factories.proposal_draft(challenge, solver, price_amount=PRICE)
        address = f"{ours.address}/proposals/{draft.public_id}/submit/"
        made.append((client, address, {"version": str(draft.version)}))
    return made


def _reviews(ours: Server, count: int) -> list[Post]:
    """A case under review with enough proposals, and the requests that lock its reviews."""
    challenge = factories.open_challenge(title="评审计量")
    for number in range(-(-count // REVIEWERS)):
        factories.submitted_proposal(challenge, factories.person(f"解题人{number}"))
    challenge = _under_review(challenge)
    typed = {"points_0": "80", "points_1": "70", "comment": "意见", "sure": "on", "act": "lock", "version": "0"}
    codes = list(challenge.proposals.order_by("code").values_list("code", flat=True))
    made = []
    for seat in judging.seated(challenge):
        client = _client(seat.reviewer.email)
        made += [(client, f"{ours.address}/reviews/{seat.public_id}/{code}/", typed) for code in codes]
    return made[:count]


def _under_review(challenge: Challenge) -> Challenge:
    Challenge.objects.filter(pk=challenge.pk).update(deadline=clock.now() - timedelta(seconds=1))
    closed = posting.close_challenge(public_id=challenge.public_id)
    return factories.under_review(factories.opened(closed), reviewers=REVIEWERS)


def _client(email: str) -> httpx.Client:
    cookies = {**signed_in(email), "csrftoken": TOKEN}
    return httpx.Client(timeout=60, cookies=cookies, headers={"X-CSRFToken": TOKEN})


def _post(post: Post) -> None:
    client, address, typed = post
    answer = client.post(address, data=typed)
    assert answer.status_code in {204, 302}, f"{address}: {answer.status_code} {answer.text[:500]}"  # noqa: S101  # a measurement of errors is none


def _table() -> None:
    if Note._meta.db_table not in connection.introspection.table_names():
        with connection.schema_editor() as schema:
            schema.create_model(Note)

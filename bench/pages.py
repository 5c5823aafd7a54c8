"""What the list and a challenge's page cost beside twenty bare rows, and how that grows with the platform."""

import math
from collections.abc import Callable, Iterator

import httpx
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from bench import population
from bench.figure import Figure
from bench.stage import Server, Stage, answered, cost, medians, postmaster
from marketplace.accounts import second_factor
from marketplace.accounts.models import User
from search import indexing
from search.projection import Kind
from tasks.challenges.models import Challenge

SIZES = (1_000, 10_000, 100_000)
REQUESTS = 60
SAMPLE = 20
REFERENCE = "20 rows as JSON, MIDDLEWARE = []"
STEEPEST = 0.1
BARS = {"signed in": 5.0, "anonymous": 3.0}


def measure(stage: Stage, sizes: tuple[int, ...] = SIZES, say: Callable[[str], None] = print) -> Iterator[Figure]:
    """CPU of server and database per request at the largest size, and the slopes over all sizes."""
    bare = stage.serve("bare", "bench.bare.wsgi", settings="bench.bare.settings")
    ours = stage.serve("pages", "marketplace.wsgi")
    seen: list[dict[str, float]] = []
    for size in sizes:
        population.grow(size, stage.seed, say)
        index(say)
        seen.append(_costs(bare, ours))
        say(f"{size}: {seen[-1]}")
    yield from _figures(seen[-1], stage.seed)
    if len(sizes) > 1:
        yield from _slopes(sizes, seen, stage.seed)
    for name in ("bare", "pages"):
        stage.stop(name)


def index(say: Callable[[str], None]) -> None:
    """Build the index of challenges anew."""
    indexing.rebuild(Kind.CHALLENGE, lambda count: say(f"{count} indexed") if count % 10_000 == 0 else None)


def _costs(bare: Server, ours: Server) -> dict[str, float]:
    database, ids = postmaster(), open_ids()
    anonymous, member = httpx.Client(timeout=60), httpx.Client(timeout=60, cookies=signed_in())
    answered(bare.address, "/rows/")
    answered(ours.address, "/healthz")

    def page(client: httpx.Client, path: Callable[[int], str]) -> Callable[[], float]:
        return lambda: cost(ours, database, REQUESTS, lambda n: _get(client, ours.address + path(n)))

    def listing(number: int) -> str:
        return "/challenges/"

    def detail(number: int) -> str:
        return f"/challenges/{ids[number % len(ids)]}/"

    measures = {
        "bare": lambda: cost(bare, database, REQUESTS * 2, lambda _n: _get(anonymous, f"{bare.address}/rows/")),
        "list, signed in": page(member, listing),
        "list, anonymous": page(anonymous, listing),
        "detail, signed in": page(member, detail),
        "detail, anonymous": page(anonymous, detail),
    }
    for warm in measures.values():
        warm()
    return medians(measures)


def _figures(costs: dict[str, float], seed: int) -> Iterator[Figure]:
    for name, value in costs.items():
        if name != "bare":
            yield Figure(
                figure=f"cpu per request: {name}",
                value=round(value, 2),
                unit="ms",
                reference=REFERENCE,
                reference_value=round(costs["bare"], 2),
                n=REQUESTS,
                seed=seed,
                bar=BARS[name.split(", ")[1]],
            )


def _slopes(sizes: tuple[int, ...], seen: list[dict[str, float]], seed: int) -> Iterator[Figure]:
    for name in seen[0]:
        if name == "bare":
            continue
        yield Figure(
            figure=f"log-log slope of cost against size: {name}",
            value=round(slope([(size, one[name]) for size, one in zip(sizes, seen, strict=True)]), 3),
            unit="",
            reference=f"{REFERENCE}, its slope",
            reference_value=round(slope([(s, one["bare"]) for s, one in zip(sizes, seen, strict=True)]), 3),
            n=len(sizes),
            seed=seed,
            most=STEEPEST,
            bar_text=f"≤ {STEEPEST}",
        )


def slope(points: list[tuple[float, float]]) -> float:
    """The least-squares slope of log cost over log size."""
    xs, ys = [math.log(x) for x, _y in points], [math.log(y) for _x, y in points]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    spread = sum((x - mean_x) ** 2 for x in xs)
    return sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True)) / spread


def signed_in(email: str = "visitor@bench.example") -> dict[str, str]:
    """The cookie of somebody's session; the person is made when first wanted."""
    user = User.objects.filter(email=email).first() or User.objects.create_user(email, display_name="访客")
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[second_factor.SHOWN_BY] = user.public_id
    session.create()
    return {"sessionid": str(session.session_key)}


def open_ids() -> list[str]:
    """Some open challenges."""
    rows = Challenge.objects.filter(state="OPEN").order_by("public_id")
    return list(rows.values_list("public_id", flat=True)[:SAMPLE])


def _get(client: httpx.Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"  # noqa: S101  # a measurement of errors is none

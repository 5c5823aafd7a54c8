"""The figures once more, counted row by row in plain Python."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from statistics import median

from marketplace.outbox.models import Fact
from tasks.challenges.models import Challenge

PUBLIC = {"OPEN", "SEALED", "REVIEWING", "ADJUDICATED", "NOTICE", "AWARDED", "FAILED", "CANCELLED"}
JUDGED = {"SEALED", "REVIEWING", "ADJUDICATED", "NOTICE"}
OPENED = {"OPENED", "INADMISSIBLE", "UNDER_REVIEW", "WINNING", "RESERVE", "NOT_SELECTED"}
SCHOLARLY = {"UNIVERSITY", "INSTITUTE"}

TESTS: dict[str, Callable[[Challenge], bool]] = {
    "posted": lambda one: True,
    "open": lambda one: one.state == "OPEN",
    "judged": lambda one: one.state in JUDGED,
    "awarded": lambda one: one.state == "AWARDED",
    "failed": lambda one: one.state == "FAILED",
    "cancelled": lambda one: one.state == "CANCELLED",
    "failed-no-proposal": lambda one: one.failure_reason == "NO_PROPOSAL",
    "failed-unopened": lambda one: one.failure_reason == "UNOPENED",
    "failed-none-admissible": lambda one: one.failure_reason == "NONE_ADMISSIBLE",
    "failed-below-threshold": lambda one: one.failure_reason == "BELOW_THRESHOLD",
    "opened": lambda one: one.proposals_opened_at is not None,
    "answered": lambda one: any(proposal.state in OPENED for proposal in one.proposals.all()),
    "answered-lately": lambda one: any(proposal.state in OPENED for proposal in one.proposals.all()),
    "samples": lambda one: one.is_sample,
    "won": lambda one: one.state == "AWARDED",
    "won-alone": lambda one: winner(one) == "ALONE",
    "won-sme": lambda one: winner(one) == "SME",
    "won-enterprise": lambda one: winner(one) == "ENTERPRISE",
    "won-university": lambda one: winner(one) == "UNIVERSITY",
    "won-institute": lambda one: winner(one) == "INSTITUTE",
    "won-other": lambda one: winner(one) in {"GOVERNMENT", "ASSOCIATION", "SPACE", "PROVIDER"},
    "enterprise-university": lambda one: one.sponsor.kind == "ENTERPRISE" and winner(one) in SCHOLARLY,  # type: ignore[union-attr]  # published ones have a sponsor
    "placed": lambda one: "" not in provinces(one),
    "cross-region": lambda one: "" not in provinces(one) and len(set(provinces(one))) == 2,
    "took-approval": lambda one: True,
    "took-call": lambda one: one.state != "OPEN",
    "took-opening": lambda one: told(one, "challenge.review_started") is not None,
    "took-review": lambda one: hasattr(one, "adjudication"),
    "took-notice": lambda one: one.state == "AWARDED",
}


def published() -> list[Challenge]:
    """Everything that was ever published."""
    return [one for one in Challenge.objects.all() if one.state in PUBLIC]


def counted(name: str) -> list[Challenge]:
    """The challenges that count under this name."""
    return [one for one in published() if TESTS[name](one)]


def winner(one: Challenge) -> str | None:
    """The kind of who won, once awarded."""
    award = one.awards.first()
    if one.state != "AWARDED" or award is None:
        return None
    solver = award.proposal.organisation
    if solver is None:
        return "ALONE"
    return "SME" if solver.kind == "ENTERPRISE" and solver.sponsor_class == "SME" else solver.kind


def provinces(one: Challenge) -> list[str]:
    """The provinces of sponsor and winner; empty text where there is none."""
    if winner(one) in {None, "ALONE"}:
        return [""]
    solver = one.awards.get().proposal.organisation
    assert solver
    assert one.sponsor
    return [one.sponsor.region.code[:2], solver.region.code[:2]]


def solvers() -> Counter[str]:
    """Organisations, and persons who answered alone, by kind."""
    parties = {}
    for one in published():
        for proposal in one.proposals.all():
            if proposal.state in OPENED:
                firm = proposal.organisation
                key = ("o", firm.pk) if firm else ("p", proposal.author_id)
                small = firm is not None and firm.kind == "ENTERPRISE" and firm.sponsor_class == "SME"
                parties[key] = "ALONE" if firm is None else "SME" if small else firm.kind
    return Counter(parties.values())


def told(one: Challenge, kind: str) -> datetime | None:
    """When the last such fact of the challenge was."""
    fact = Fact.objects.filter(subject=one.public_id, kind=kind).order_by("sequence").last()
    return fact.occurred_at if fact else None


def days(name: str) -> float:
    """The median of a stage in days, of full hours, to a tenth."""
    spans = [_span(name, one) for one in counted(name)]
    return round(median(int((end - start).total_seconds() // 3600) for start, end in spans) / 24, 1)  # type: ignore[operator]  # both are known of these


def _span(name: str, one: Challenge) -> tuple[datetime | None, datetime | None]:
    review = told(one, "challenge.review_started")
    return {
        "took-approval": lambda: (told(one, "challenge.submitted"), one.opened_at),
        "took-call": lambda: (one.opened_at, one.deadline),
        "took-opening": lambda: (one.deadline, review),
        "took-review": lambda: (review, one.adjudication.decided_at),
        "took-notice": lambda: (one.notice.starts_at, told(one, "challenge.awarded")),
    }[name]()

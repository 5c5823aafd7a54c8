"""Whole lives of challenges in several regions, made through the services."""

from typing import Any

from marketplace.accounts.models import Organisation
from marketplace.accounts.roles import Role
from marketplace.registry.models import Region
from tasks.adjudication import services as judging
from tasks.challenges import services as posting
from tasks.challenges.models import Challenge
from tasks.proposals import services as proposing
from tasks.proposals.models import Proposal
from tests import clock, factories

TREE = (
    ("CN", "COUNTRY", None, "中国", "China"),
    ("DE", "COUNTRY", None, "德国", "Germany"),
    ("420000", "PROVINCE", "CN", "湖北省", "Hubei"),
    ("420100", "CITY", "420000", "武汉市", "Wuhan"),
    ("420106", "COUNTY", "420100", "武昌区", "Wuchang District"),
    ("420500", "CITY", "420000", "宜昌市", "Yichang"),
    ("330000", "PROVINCE", "CN", "浙江省", "Zhejiang"),
    ("330100", "CITY", "330000", "杭州市", "Hangzhou"),
)


def regions() -> dict[str, Region]:
    """A small country, each region below its own."""
    made: dict[str, Region] = {}
    for code, kind, above, name_zh, name_en in TREE:
        row = {"kind": kind, "parent": made.get(above or ""), "name_zh": name_zh, "name_en": name_en}
        made[code] = Region.objects.update_or_create(code=code, defaults=row)[0]
    return made


def organisation(kind: str, code: str) -> Organisation:
    """A verified organisation of somebody new."""
    return factories.organisation(factories.person(), kind=kind, code=code)


def posted(code: str = "420100", *, kind: str = "ENTERPRISE", **content: Any) -> Challenge:
    """An open challenge of a new organisation in this region."""
    sponsor = organisation(kind, code)
    owner = sponsor.memberships.get().user
    made = posting.draft_challenge(actor=owner, content=factories.posting_content(**content), sponsor=sponsor)
    clock.shift(hours=5)
    posting.submit_challenge(public_id=made.public_id, actor=owner)
    clock.shift(hours=30)
    factories.opening_officers()
    return posting.approve_challenge(
        public_id=made.public_id,
        actor=factories.officer_with(Role.REGION_ADMIN, code=code),
        adjudicator=factories.officer_with(Role.ADJUDICATOR, code=code),
        supervisor=factories.officer_with(Role.SUPERVISOR, code=code),
    )


def answered(challenge: Challenge, solver: Organisation | None = None) -> Proposal:
    """A submitted proposal, in an organisation's name or in one's own."""
    author = solver.memberships.get().user if solver else factories.person()
    begun = proposing.start_proposal(challenge_id=challenge.public_id, actor=author)
    content = factories.content()
    proposing.save_proposal(public_id=begun.public_id, actor=author, content=content, organisation=solver)
    return proposing.submit_proposal(public_id=begun.public_id, actor=author)


def opened(challenge: Challenge) -> Challenge:
    """Past the opening."""
    return factories.opened(factories.closed(challenge))


def noticed(challenge: Challenge, winner: Proposal) -> Challenge:
    """The notice running, this proposal the best; `challenge` is opened."""
    clock.shift(hours=50)
    factories.under_review(challenge)
    winner.refresh_from_db()
    codes = list(challenge.proposals.filter(state="UNDER_REVIEW").values_list("code", flat=True))
    factories.scored(challenge, {code: 90 if code == winner.code else 50 for code in codes})
    clock.shift(hours=26)
    return factories.adjudicated(challenge, winner.code)


def awarded(challenge: Challenge, winner: Proposal) -> Challenge:
    """The notice over."""
    noticed(challenge, winner)
    clock.shift(days=12)
    return judging.finish_notice(public_id=challenge.public_id)


def rejected(challenge: Challenge) -> Challenge:
    """Ended because no proposal passed the formal check; `challenge` is opened."""
    assert challenge.adjudicator
    for one in challenge.proposals.filter(state="OPENED"):
        judging.reject_proposal(
            public_id=challenge.public_id, code=one.code, actor=challenge.adjudicator, reason="不符合"
        )
    return judging.declare_failed(public_id=challenge.public_id, actor=challenge.adjudicator, reasons="")


def too_weak(challenge: Challenge) -> Challenge:
    """Ended below the threshold; `challenge` is opened."""
    factories.under_review(challenge)
    assert challenge.adjudicator
    factories.scored(challenge, {one.code: 20 for one in challenge.proposals.filter(state="UNDER_REVIEW")})
    return judging.declare_failed(public_id=challenge.public_id, actor=challenge.adjudicator, reasons="未达标")


def everything() -> None:
    """One of each fate, in three cities of two provinces, answered by every kind of solver."""
    regions()
    university, institute = organisation("UNIVERSITY", "330100"), organisation("INSTITUTE", "420100")
    firm, bureau = organisation("ENTERPRISE", "420500"), organisation("GOVERNMENT", "330100")
    fields = (factories.field("new-energy"), factories.field("new-materials"))

    opened(posted("420106"))
    rejected(opened(_with(posted("420100", fields=fields), None)))
    too_weak(opened(_with(posted("330100", kind="UNIVERSITY"), firm, None)))
    for code, kind, winner, other in (
        ("420100", "ENTERPRISE", university, institute),
        ("420500", "ENTERPRISE", institute, None),
        ("330100", "GOVERNMENT", None, firm),
        ("420100", "GOVERNMENT", bureau, university),
    ):
        challenge = posted(code, kind=kind, fields=fields[:1])
        best = answered(challenge, winner)
        answered(challenge, other)
        (noticed if winner is bureau else awarded)(opened(challenge), best)
    factories.under_review(opened(_with(posted("420500"), university)))
    opened(_with(posted("420100"), institute, None))
    factories.closed(_with(posted("330100"), firm))
    _with(posted("420106", fields=fields), university, firm, None)
    posted("330100", bounty_amount=123_456_78)
    factories.submitted()
    factories.draft()


def _with(challenge: Challenge, *solvers: Organisation | None) -> Challenge:
    for solver in solvers:
        answered(challenge, solver)
    return challenge

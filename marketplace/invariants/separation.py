"""The administrators stay apart, from each other and from what they administer (I18)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import combinations

from marketplace.accounts import queries as people
from marketplace.accounts.models import RoleGrant
from marketplace.accounts.roles import ADMINISTRATION, Role, excluded_by
from marketplace.invariants.finding import Finding, found
from marketplace.kernel import clock
from marketplace.outbox.models import Fact

ALWAYS = datetime.max.replace(tzinfo=UTC)
THEIRS = ("grant.", "role.", "person.", "trail.")
"""Facts that administrators may state as such; everything else is business, in which they act not at all."""


def administrators_are_separate() -> Finding:
    """I18: nobody ever held, at one moment, two roles that exclude each other."""
    held: dict[int, list[RoleGrant]] = defaultdict(list)
    administrators = RoleGrant.objects.filter(role__in=ADMINISTRATION).values("user")
    for grant in RoleGrant.objects.filter(user__in=administrators).select_related("user").order_by("pk"):
        held[grant.user_id].append(grant)
    answers = (_both(one, other) for grants in held.values() for one, other in combinations(grants, 2))
    return found("I18 separated administrators", len(held), answers)


def offices_were_given_by_two() -> Finding:
    """I18: who gave an office and who confirmed it are two, neither of them its holder; or it was the operator."""
    grants = list(RoleGrant.objects.select_related("user"))
    return found("I18 two persons", len(grants), map(_by_one, grants))


def administrators_take_no_part() -> Finding:
    """I18: who administers now is of no organisation and no expert, and stated no fact of business as such."""
    held = RoleGrant.objects.filter(people.in_force(clock.now()), role__in=ADMINISTRATION)
    grants = list(held.select_related("user"))
    facts = Fact.objects.filter(role__in=ADMINISTRATION)
    return found("I18 administrators take no part", len(grants) + facts.count(), _parts(grants, facts.iterator()))


def _both(one: RoleGrant, other: RoleGrant) -> str | None:
    begins = max(one.valid_from, other.valid_from)
    ends = min(one.valid_until or ALWAYS, other.valid_until or ALWAYS)
    if other.role not in excluded_by(Role(one.role)) or begins >= ends:
        return None
    return f"{one.user.public_id}: {one.role} and {other.role} at {begins.isoformat()}"


def _by_one(grant: RoleGrant) -> str | None:
    two = {grant.granted_by_id, grant.confirmed_by_id}
    if two == {None}:
        return None
    if None in two or len(two) == 1 or grant.user_id in two:
        return f"{grant.user.public_id}: {grant.role} was not given by two others"
    return None


def _parts(grants: list[RoleGrant], facts: Iterator[Fact]) -> Iterator[str]:
    for grant in grants:
        if people.is_party(grant.user):
            yield f"{grant.user.public_id}: {grant.role} belongs to an organisation or is listed as an expert"
    for fact in facts:
        if not fact.kind.startswith(THEIRS) or (fact.role == Role.AUDIT_ADMIN and fact.kind != "trail.exported"):
            yield f"{fact.stream}#{fact.sequence}: {fact.kind} stated as {fact.role}"

"""Shares of work and of reward, the composition they are part of, and the digest by which it is agreed to. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from hashlib import sha256

from django.utils.translation import gettext_lazy as _

from marketplace.outbox.digest import canonical
from tasks.challenges.posting import Problem
from tasks.teams.models import TeamMember

WHOLE = Decimal(100)
SMALLEST = 2
"""A team of fewer is none."""
MOST_MEMBERS = 20
LABELS = {"work_share": _("the work"), "reward_share": _("the reward")}

Line = dict[str, str]


def composition(members: Iterable[TeamMember]) -> list[Line]:
    """Who the team is, as it is sealed: public ids and shares, in the order in which they came."""
    return [_line(one) for one in members if one.person is not None]


def digest(members: Iterable[TeamMember]) -> str:
    """What somebody agrees to: the same for the same people, units and shares, whoever computes it (SHA-256, hex)."""
    return sha256(canonical({"members": composition(members)})).hexdigest()


def problems(members: Sequence[TeamMember]) -> Iterator[Problem]:
    """What the shares lack: each kind adds to 100, and nobody is in it for nothing at all."""
    for name, label in LABELS.items():
        shares = [getattr(one, name) for one in members]
        if sum(shares) != WHOLE:
            said = _("The shares of %(what)s add to %(sum)s; they must add to 100.")
            yield Problem(name, said % {"what": label, "sum": _plain(sum(shares, Decimal(0)))})
    if any(not one.work_share and not one.reward_share for one in members):
        yield Problem("work_share", _("Every member has a share of the work or of the reward."))


def _line(member: TeamMember) -> Line:
    return {
        "seat": member.public_id,
        "person": member.person.public_id if member.person else "",
        "organisation": member.organisation.public_id if member.organisation else "",
        "work": _plain(member.work_share),
        "reward": _plain(member.reward_share),
    }


def _plain(share: Decimal) -> str:
    """Always with two decimals, so that 33.3 and 33.30 are the same."""
    return f"{share:.2f}"

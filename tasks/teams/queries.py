"""Reads about teams and the partner board. Of a team its own people know, and invited people of their invitation (I9).

Nothing here counts teams for anybody else, not even whether there is one.
"""

from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Lower

from marketplace.accounts import queries as people
from marketplace.accounts.models import User
from marketplace.accounts.queries import Person
from marketplace.kernel import clock
from marketplace.kernel.errors import NotFound
from marketplace.kernel.lifecycle import expect
from marketplace.outbox.models import Fact
from tasks import events
from tasks.challenges.lifecycle import State
from tasks.challenges.models import Challenge
from tasks.teams import shares
from tasks.teams.lifecycle import CallState, SeatState, TeamState
from tasks.teams.models import Partner, PartnerCall, PartnerReply, Team, TeamMember

DAY = timedelta(days=1)
LIVE = (TeamState.FORMING, TeamState.HANDED_IN)
STREAM = "team:"
SEALED_WITH = ("team__partners__person", "team__partners__organisation")
"""From a proposal to those in whose names it was sealed, for prefetching."""


def no_administrator(person: User) -> Exists:
    """A condition on any rows: this person is none of the separated administrators now (I18)."""
    return Exists(User.objects.filter(people.no_administrator("pk"), pk=person.pk))


def teams_of(person: Person) -> QuerySet[Team]:
    """Teams in which the person sits; none as long as they administer the platform (I18)."""
    if not isinstance(person, User):
        return Team.objects.none()
    rows = Team.objects.filter(no_administrator(person), seated(person, "pk"), state__in=LIVE)
    return rows.select_related("challenge__sponsor", "challenge__region", "lead")


def seated(person: User, path: str) -> Exists:
    """A condition on rows with a team at this path: the person is a member of it now."""
    return Exists(TeamMember.objects.filter(team=OuterRef(path), person=person, state=SeatState.JOINED))


def sealed_for(person: User, path: str) -> Exists:
    """A condition on rows with a team at this path: the person is one of those in whose name it was sealed."""
    return Exists(Partner.objects.filter(team=OuterRef(path), person=person))


def one_for(public_id: str, person: Person) -> Team:
    """One of the person's teams. Raises NotFound alike for missing and others'."""
    team = teams_of(person).filter(public_id=public_id).first()
    if team is None:
        raise NotFound
    return team


def locked(public_id: str, version: int | None = None) -> Team:
    """The team, locked until the end of the transaction. Raises NotFound or Stale."""
    rows = Team.objects.select_for_update(of=("self",)).select_related("challenge", "lead").order_by()
    team = rows.filter(public_id=public_id).first()
    if team is None:
        raise NotFound
    expect(team, version)
    return team


def locked_together(*public_ids: str) -> dict[str, Team]:
    """These teams by public id, locked in one order, so that two who merge into each other do not wait for ever."""
    rows = Team.objects.select_for_update(of=("self",)).select_related("challenge", "lead").order_by("pk")
    return {one.public_id: one for one in rows.filter(public_id__in=public_ids)}


def is_being_sealed(team: Team) -> bool:
    """Whether its proposal was handed in and what becomes of it is not known yet."""
    return team.proposals.filter(tickets__state="TAKEN").exists()


def sealed_digest(team: Team) -> str:
    """Of the composition that was sealed last; "" where nothing was."""
    facts = Fact.objects.filter(stream=f"{STREAM}{team.public_id}", kind=events.TeamHandedIn.kind)
    last = facts.order_by("-sequence").first()
    return str(last.data["digest"]) if last else ""


def joined(team: Team) -> list[TeamMember]:
    """Who the team is, the lead first and then as they came."""
    rows = TeamMember.objects.filter(team=team, state=SeatState.JOINED)
    found = list(rows.select_related("person", "organisation__region").order_by("pk"))
    return sorted(found, key=lambda one: one.person_id != team.lead_id)


def invited(team: Team) -> list[TeamMember]:
    """Invitations of this team that wait for an answer, for its own people."""
    rows = TeamMember.objects.filter(team=team, state=SeatState.INVITED)
    return list(rows.select_related("person").order_by("pk"))


def seat_of(person: User, team: Team) -> TeamMember | None:
    """The person's own seat in it."""
    rows = TeamMember.objects.filter(team=team, person=person, state=SeatState.JOINED)
    return rows.select_related("person", "organisation").first()


def seat_in(challenge: Challenge, person: User) -> TeamMember | None:
    """The person's seat in whatever team answers this challenge with them."""
    rows = TeamMember.objects.filter(challenge=challenge, person=person, state=SeatState.JOINED)
    return rows.select_related("team__lead").first()


def led_by(challenge: Challenge, person: User) -> Team | None:
    """The live team that this person leads for this challenge."""
    return Team.objects.filter(challenge=challenge, lead=person, state__in=LIVE).first()


def seat(team: Team, public_id: str) -> TeamMember:
    """A seat or an invitation of this team. Raises NotFound."""
    rows = TeamMember.objects.filter(team=team, state__in=(SeatState.INVITED, SeatState.JOINED))
    found = rows.select_related("person").filter(public_id=public_id).first()
    if found is None:
        raise NotFound
    found.team = team
    return found


def invitations_to(person: Person) -> QuerySet[TeamMember]:
    """Invitations to the person, or to an address that they have confirmed, while the call takes proposals."""
    if not isinstance(person, User):
        return TeamMember.objects.none()
    own = EmailAddress.objects.filter(user=person, verified=True).annotate(plain=Lower("email")).values("plain")
    mine = Q(person=person) | (Q(person=None) & Q(email__in=own))
    rows = TeamMember.objects.filter(no_administrator(person), mine, state=SeatState.INVITED)
    open_ones = rows.filter(team__state__in=LIVE, challenge__state=State.OPEN)
    return open_ones.select_related("team__lead", "challenge", "invited_by").order_by("-pk")


def invitation_to(public_id: str, person: Person) -> TeamMember:
    """One of them. Raises NotFound alike for missing, answered, over and somebody else's."""
    found = invitations_to(person).filter(public_id=public_id).first()
    if found is None:
        raise NotFound
    return found


def to_agree(person: User, limit: int) -> list[TeamMember]:
    """The person's seats in teams whose shares stand and to which they have not agreed, while the call is open."""
    seats = TeamMember.objects.filter(no_administrator(person), person=person, state=SeatState.JOINED, agreed_to="")
    forming = seats.filter(team__state=TeamState.FORMING, challenge__state=State.OPEN)
    rows = forming.filter(challenge__deadline__gt=clock.now()).exclude(team__lead=person)
    members = Prefetch("team__members", TeamMember.objects.filter(state=SeatState.JOINED), to_attr="seated")
    waiting = rows.select_related("challenge", "team").prefetch_related(members).order_by("moved_at")
    seated = ((one, one.team.seated) for one in waiting)  # type: ignore[attr-defined]  # prefetched just above
    return [one for one, members_of in seated if not any(shares.problems(members_of))][:limit]


def addressee(invitation: TeamMember) -> User | None:
    """Who can answer it: the person it names, else whoever has confirmed its address."""
    if invitation.person is not None or not invitation.email:
        return invitation.person
    confirmed = EmailAddress.objects.annotate(plain=Lower("email")).filter(plain=invitation.email, verified=True)
    return User.objects.filter(pk__in=confirmed.values("user")).first()


def invited_within_a_day(person: User) -> int:
    """How many invitations to teams this person has written within the last day: letters go to strangers."""
    return TeamMember.objects.filter(invited_by=person, created_at__gt=clock.now() - DAY).exclude(person=person).count()


def partners_of(team: Team) -> list[Partner]:
    """In whose names its proposal was sealed, the lead first; empty before the opening."""
    rows = Partner.objects.filter(team=team).select_related("person", "organisation__region", "seat")
    return list(rows.order_by("place"))


def sealed_in(teams: QuerySet[Any, Any]) -> QuerySet[Partner]:
    """In whose names proposals of these teams were sealed: for computing conflicts of interest (4.5)."""
    return Partner.objects.filter(team__in=teams).order_by()


def board(challenge: Challenge) -> QuerySet[PartnerCall]:
    """What is shown on the challenge's board, the latest first."""
    rows = PartnerCall.objects.filter(challenge=challenge, state=CallState.SHOWN)
    return rows.select_related("author", "organisation").order_by("-created_at", "-pk")


def call(public_id: str, person: Person) -> PartnerCall:
    """A notice that is shown, or one's own whatever became of it. Raises NotFound."""
    own = Q(author=person) if isinstance(person, User) else Q(pk__in=[])
    rows = PartnerCall.objects.filter(Q(state=CallState.SHOWN) | own, public_id=public_id)
    found = rows.select_related("challenge__sponsor", "challenge__region", "author", "organisation").first()
    if found is None:
        raise NotFound
    return found


def own_call(challenge: Challenge, person: User) -> PartnerCall | None:
    """The person's latest notice on this board, whatever became of it."""
    return PartnerCall.objects.filter(challenge=challenge, author=person).order_by("-pk").first()


def replies_to(call: PartnerCall) -> list[PartnerReply]:
    """What was written to its author, for the author alone."""
    return list(PartnerReply.objects.filter(call=call).select_related("author").order_by("-pk"))


def replied(person: User, calls: list[PartnerCall]) -> dict[int, PartnerReply]:
    """What the person has written to each of these, by the notice's primary key."""
    return {one.call_id: one for one in PartnerReply.objects.filter(author=person, call__in=calls)}


def exchange(public_id: str, person: User) -> PartnerReply:
    """A reply to one of the person's own notices, or by them. Raises NotFound."""
    rows = PartnerReply.objects.filter(Q(call__author=person) | Q(author=person), public_id=public_id)
    found = rows.select_related("author", "call__author", "call__challenge").first()
    if found is None:
        raise NotFound
    return found


def replied_within_a_day(person: User) -> int:
    """How often this person has written to authors of notices within the last day."""
    return PartnerReply.objects.filter(author=person, created_at__gt=clock.now() - DAY).count()

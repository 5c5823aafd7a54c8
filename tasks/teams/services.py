"""The verbs of teams: begin, invite, decline, leave, remove, share, agree; and what proposing does to a team.

Whoever joins may have a draft of their own: `tasks.proposals.teaming` lets them in.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.conf import settings
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import punycode
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organisation, User
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal, Stale
from marketplace.kernel.lifecycle import expect, move, revise
from marketplace.kernel.verdicts import SYSTEM, Allowed, require
from marketplace.outbox.record import record
from tasks import events
from tasks.challenges import intake as incoming
from tasks.challenges.models import Challenge
from tasks.teams import policy, queries, shares
from tasks.teams.lifecycle import SEAT_STEPS, STEPS, SeatState, TeamState
from tasks.teams.models import NOTHING, Partner, Team, TeamMember
from tasks.teams.shares import Line

MOST_A_DAY = 20
"""Invitations of one person within a day."""
LONGEST_ADDRESS = 254

Shares = tuple[Decimal, Decimal]


def begin_team(challenge: Challenge, lead: User, organisation: Organisation | None, by: Allowed) -> Team:
    """Put a team together, with its lead in it. Called inside the transaction that binds it to a draft."""
    team = Team.objects.create(challenge=challenge, lead=lead)
    _seated(team, lead, organisation, work_share=shares.WHOLE, reward_share=shares.WHOLE)
    record(events.TeamBegun.of(team), by=by)
    return team


def invite(*, public_id: str, actor: User, email: str, whole_team: bool = False) -> TeamMember:
    """Invite an address, whether or not somebody has an account with it: the answer here is the same (I19).

    With `whole_team` whoever accepts brings the team they lead (merge). Raises Refusal or NotFound.
    """
    address = email.strip().lower()
    _refuse_unwritable(address)
    with transaction.atomic():
        team, allowed = _in_lead(public_id, actor, whole_team=whole_team)
        if any(one.email == address for one in queries.invited(team)):
            raise Refusal(_("This address is invited already."), field="email")
        invitation = _invited(team, actor, allowed, email=address, whole_team=whole_team)
        _write(invitation)
    return invitation


def invite_other(*, reply_id: str, actor: User) -> TeamMember:
    """Of two who have written on the board one invites the other, whose address stays theirs. As `invite` raises."""
    with transaction.atomic():
        reply = queries.exchange(reply_id, actor)
        other = reply.call.author if reply.author == actor else reply.author
        mine = queries.led_by(reply.call.challenge, actor)
        if mine is None:
            raise Refusal(_("Begin a team first, on the page of the challenge; then invite them here."))
        team, allowed = _in_lead(mine.public_id, actor)
        known = {one.person_id for one in [*queries.invited(team), *queries.joined(team)]}
        if other.pk in known:
            raise Refusal(_("They are invited already."))
        return _invited(team, actor, allowed, person=other)


def decline_invitation(*, public_id: str, actor: User) -> TeamMember:
    """Say no; the lead learns of it. Raises Refusal, Stale or NotFound."""
    with transaction.atomic():
        invitation = queries.invitation_to(public_id, actor)
        allowed = require(policy.may_decline(actor, invitation))
        team = queries.locked(invitation.team.public_id)
        move(invitation, SEAT_STEPS["decline"], email="")
        record(events.TeamDeclined.at(team, invitation), by=allowed)
    return invitation


def join(invitation: TeamMember, person: User, organisation: Organisation | None, by: Allowed) -> TeamMember:
    """Sit in the team from now on, without a share yet. Under its lock. Raises Stale where somebody was first."""
    try:
        with transaction.atomic():
            move(invitation, SEAT_STEPS["join"], person=person, email="", organisation=organisation)
    except IntegrityError as in_another_team:
        raise Stale(invitation, _("You have joined another team of this challenge meanwhile.")) from in_another_team
    record(events.TeamJoined.at(invitation.team, invitation), by=by)
    _changed(invitation.team, by)
    return invitation


def bring_over(coming: Team, into: Team, by: Allowed) -> None:
    """Seat everybody of another team but its lead, who joins by the invitation, and dissolve it. Under both locks.

    Raises Refusal where the two are too many together.
    """
    arriving = queries.joined(coming)
    if len(queries.joined(into)) + len(queries.invited(into)) + len(arriving) - 1 > shares.MOST_MEMBERS:
        raise Refusal(_("Together you would be more than 20, which is the most of a team, invited ones counted."))
    for seat in arriving:
        move(seat, SEAT_STEPS["leave"])
        if seat.person is not None and seat.person_id != coming.lead_id:
            moved = _seated(into, seat.person, seat.organisation)
            record(events.TeamJoined.at(into, moved), by=by)
    _end(coming, by, into=into.public_id)


def leave_team(*, public_id: str, actor: User) -> Team:
    """Sit in it no longer. Raises Refusal, Stale or NotFound."""
    with transaction.atomic():
        team = _in_hand(public_id, actor)
        allowed = require(policy.may_leave(actor, team))
        seat = queries.seat_of(actor, team)
        assert seat is not None  # noqa: S101  # the policy has seen it
        move(seat, SEAT_STEPS["leave"])
        record(events.TeamLeft.at(team, seat), by=allowed)
        _changed(team, allowed)
    return team


def remove_member(*, public_id: str, seat_id: str, actor: User) -> Team:
    """Take an invitation back, or let somebody sit in the team no longer. Raises Refusal, Stale or NotFound."""
    with transaction.atomic():
        team = _in_hand(public_id, actor)
        allowed = require(policy.may_change(actor, team))
        seat = queries.seat(team, seat_id)
        if seat.person_id == actor.pk:
            raise Refusal(_("You lead the team. Dissolve it if it is not to go on."))
        sat = seat.state == SeatState.JOINED
        move(seat, SEAT_STEPS["remove"], email="")
        record(events.TeamRemoved.at(team, seat), by=allowed)
        if sat:
            _changed(team, allowed)
    return team


def set_shares(*, public_id: str, actor: User, said: Mapping[str, Shares], version: int | None = None) -> Team:
    """Say what part of the work and of the reward is whose, by seat; each kind must add to 100.

    Whoever had agreed agrees anew. Raises Refusal, Stale or NotFound.
    """
    with transaction.atomic():
        team = _in_hand(public_id, actor)
        allowed = require(policy.may_change(actor, team))
        expect(team, version)
        members = queries.joined(team)
        if set(said) != {one.public_id for one in members}:
            raise Stale(team)
        for one in members:
            one.work_share, one.reward_share = said[one.public_id]
        for problem in shares.problems(members):
            raise Refusal(problem.message, field=problem.field)
        for one in members:
            revise(one, work_share=one.work_share, reward_share=one.reward_share)
        _changed(team, allowed)
    return team


def choose_unit(*, public_id: str, actor: User, organisation: Organisation | None) -> Team:
    """Sit in it for this organisation, or in one's own name. The caller has asked whether they may act for it.

    Raises Refusal, Stale or NotFound.
    """
    with transaction.atomic():
        team = _in_hand(public_id, actor)
        allowed = require(policy.may_leave(actor, team))
        _take_unit(team, actor, organisation, allowed)
    return team


def follow_unit(team: Team, lead: User, organisation: Organisation | None, by: Allowed) -> None:
    """The lead's organisation is that of the proposal. Called under the proposal's lock. Raises Refusal."""
    team = queries.locked(team.public_id)
    require(policy.may_change(lead, team))
    _take_unit(team, lead, organisation, by)


def agree(*, public_id: str, actor: User, digest: str) -> TeamMember:
    """Agree to exactly the composition whose digest the page showed. Raises Refusal, Stale or NotFound."""
    with transaction.atomic():
        team = _in_hand(public_id, actor)
        allowed = require(policy.may_agree(actor, team))
        members = queries.joined(team)
        if digest != shares.digest(members):
            raise Stale(team, _("The team or its shares have changed since you opened this page. Please look again."))
        for problem in shares.problems(members):
            raise Refusal(problem.message)
        seat = next(one for one in members if one.person_id == actor.pk)
        revise(seat, agreed_to=digest, agreed_at=clock.now())
        record(events.TeamAgreed.at(team, seat, digest=digest), by=allowed)
    return seat


def hand_in(team: Team, by: Allowed) -> list[Line]:
    """Freeze the team with its proposal; what is sealed of it. Called inside the sealing's transaction."""
    team = queries.locked(team.public_id)
    members = queries.joined(team)
    if team.state == TeamState.FORMING:
        move(team, STEPS["hand_in"])
    record(events.TeamHandedIn.of(team, digest=shares.digest(members)), by=by)
    _sealed_are(team, members)
    return shares.composition(members)


def reopen(team: Team, by: Allowed) -> None:
    """Let it change again: its proposal is being replaced. Under the proposal's lock."""
    team = queries.locked(team.public_id)
    if team.state == TeamState.HANDED_IN:
        move(team, STEPS["reopen"])
        record(events.TeamReopened.of(team), by=by)


def withdrawn(team: Team, by: Allowed) -> None:
    """Its proposal was withdrawn: it may change again, and nobody is bound by what was sealed."""
    reopen(team, by)
    _sealed_are(team, [])


def freeze_again(team: Team, by: Allowed) -> None:
    """No other version comes: what was sealed counts on, and with it the team, unless it has become another since."""
    team = queries.locked(team.public_id)
    digest = shares.digest(queries.joined(team))
    if team.state == TeamState.FORMING and digest == queries.sealed_digest(team):
        move(team, STEPS["hand_in"])
        record(events.TeamHandedIn.of(team, digest=digest), by=by)


def dissolve(team: Team, by: Allowed) -> None:
    """Everybody goes on alone. Called under the proposal's lock."""
    team = queries.locked(team.public_id)
    for seat in queries.joined(team):
        move(seat, SEAT_STEPS["leave" if seat.person_id == team.lead_id else "remove"])
        if seat.person_id != team.lead_id:
            record(events.TeamRemoved.at(team, seat), by=by)
    _end(team, by)


def make_known(team: Team, lines: Iterable[Line]) -> None:
    """Write down in whose names its proposal was sealed. Called inside the opening's transaction, for it alone."""
    lines = list(lines)
    seats = {one.public_id: one for one in TeamMember.objects.filter(team=team).select_related("person")}
    houses = Organisation.objects.in_bulk({line["organisation"] for line in lines}, field_name="public_id")
    for place, line in enumerate(lines, start=1):
        seat = seats[line["seat"]]
        assert seat.person is not None  # noqa: S101  # whoever was sealed had joined
        Partner.objects.create(
            team=team,
            place=place,
            person=seat.person,
            organisation=houses.get(line["organisation"]),
            seat=seat,
            work_share=Decimal(line["work"]),
            reward_share=Decimal(line["reward"]),
        )


def _sealed_are(team: Team, members: Iterable[TeamMember]) -> None:
    """Who is named in the envelope that counts. Under the team's lock."""
    named = {one.pk for one in members}
    for seat in TeamMember.objects.filter(team=team):
        if seat.sealed != (seat.pk in named):
            revise(seat, sealed=not seat.sealed)


def _in_hand(public_id: str, actor: User) -> Team:
    """One of the actor's teams, locked, while nobody closes its challenge. Raises NotFound."""
    seen = queries.one_for(public_id, actor)
    challenge = incoming.taking_in(seen.challenge.public_id)
    team = queries.locked(public_id)
    team.challenge = challenge
    return team


def _in_lead(public_id: str, actor: User, *, whole_team: bool = False) -> tuple[Team, Allowed]:
    """The same for its lead, who invites no more than is right."""
    team = _in_hand(public_id, actor)
    verdict = policy.may_change(actor, team)
    allowed = require(policy.while_merging(verdict, team.challenge) if whole_team else verdict)
    if len(queries.joined(team)) + len(queries.invited(team)) >= shares.MOST_MEMBERS:
        raise Refusal(_("A team has 20 members at most, invited ones counted."))
    if queries.invited_within_a_day(actor) >= MOST_A_DAY:
        raise Refusal(_("You have invited many people within a day; please go on in 24 hours."))
    return team, allowed


def _invited(
    team: Team, actor: User, by: Allowed, *, email: str = "", person: User | None = None, whole_team: bool = False
) -> TeamMember:
    invitation = TeamMember.objects.create(
        team=team, challenge=team.challenge, email=email, person=person, whole_team=whole_team, invited_by=actor
    )
    record(events.TeamInvited.at(team, invitation, whole=whole_team), by=by)
    return invitation


def _seated(
    team: Team,
    person: User,
    organisation: Organisation | None,
    *,
    work_share: Decimal = NOTHING,
    reward_share: Decimal = NOTHING,
) -> TeamMember:
    return TeamMember.objects.create(
        team=team,
        challenge=team.challenge,
        person=person,
        organisation=organisation,
        state=SeatState.JOINED,
        invited_by=team.lead,
        work_share=work_share,
        reward_share=reward_share,
    )


def _take_unit(team: Team, person: User, organisation: Organisation | None, by: Allowed) -> None:
    seat = queries.seat_of(person, team)
    if seat is not None and seat.organisation != organisation:
        revise(seat, organisation=organisation)
        _changed(team, by)


def _changed(team: Team, by: Allowed) -> None:
    """Nobody has agreed to what is new."""
    members = queries.joined(team)
    for one in members:
        if one.agreed_to:
            revise(one, agreed_to="", agreed_at=None)
    revise(team)
    record(events.TeamChanged.of(team, digest=shares.digest(members)), by=by)


def _end(team: Team, by: Allowed, into: str = "") -> None:
    for waiting in queries.invited(team):
        move(waiting, SEAT_STEPS["remove"], email="")
        record(events.TeamRemoved.at(team, waiting), by=SYSTEM)
    move(team, STEPS["dissolve"])
    record(events.TeamDissolved.of(team, into=into), by=by)


def _refuse_unwritable(address: str) -> None:
    """A form takes a domain that is too long once it is in small letters, or as mail writes it."""
    try:
        punycode(address.rsplit("@", 1)[-1])
    except UnicodeError:
        address = ""
    if not 0 < len(address) <= LONGEST_ADDRESS:
        raise Refusal(_("No letter can be sent to this address."), field="email")


def _write(invitation: TeamMember) -> None:
    """The letter, in the language of whoever invites: nothing is known of the address."""
    page = reverse("teams:invitation", args=[invitation.public_id])
    context = {
        "invitation": invitation,
        "challenge": invitation.challenge,
        "inviter": invitation.invited_by,
        "address": settings.SITE_URL.rstrip("/") + page,
    }
    subject = " ".join(render_to_string("tasks/teams/mail/invitation_subject.txt", context).split())
    send_mail(subject, render_to_string("tasks/teams/mail/invitation.txt", context), None, [invitation.email])

"""Who is to be told of a fact, read from the rows at the moment of telling: whoever lost the right hears nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from marketplace.accounts import queries as people
from marketplace.accounts.events import (
    HandedOver,
    MemberRemoved,
    PhoneRemoved,
    PhoneVerified,
    PlaceChanged,
    RoleGranted,
    RoleRevoked,
)
from marketplace.accounts.models import Organisation, User
from marketplace.accounts.roles import Role
from marketplace.administration import queries as administration
from marketplace.administration.events import FactorResetAsked, FactorResetVouched
from marketplace.administration.lifecycle import RequestState, ResetState
from marketplace.administration.models import FactorReset, GrantRequest
from marketplace.consents.models import EmployerConsent
from marketplace.consents.queries import answerers
from marketplace.identity.lifecycle import RealNameState
from marketplace.identity.models import RealNameVerification
from marketplace.notices.models import Notice
from marketplace.notices.wording import (
    ADJUDICATOR,
    ADMIN,
    ASKER,
    COMPARER,
    CONFIRMER,
    EMPLOYER,
    FOLLOWER,
    LEAD,
    MEMBER,
    OFFICER,
    OWNER,
    PARENT,
    PROPOSER,
    REVIEWER,
    SAYINGS,
    SELF,
    SOLVER,
    SPONSOR,
    SUPERVISOR,
    UPLOADER,
)
from marketplace.outbox.models import Fact
from marketplace.sealing import queries as sealing
from marketplace.sealing.events import OfficerKeyEnrolled, OfficerProofDue
from marketplace.sealing.models import OfficerKey
from marketplace.structure.events import AffiliationProposed
from tasks.adjudication import queries as judging
from tasks.adjudication.lifecycle import SEATED
from tasks.adjudication.models import Assignment
from tasks.challenges.models import Challenge
from tasks.events import (
    ChallengeAmended,
    ChallengeCancelled,
    ChallengeFailed,
    ChallengeResumed,
    ChallengeSuspended,
    TeamInvited,
    TeamRemoved,
)
from tasks.following.queries import followers_of
from tasks.proposals.lifecycle import LIVE, ProposalState
from tasks.proposals.models import Proposal
from tasks.proposals.queries import authors_of
from tasks.questions.models import Question
from tasks.sheets.models import Sheet
from tasks.sheets.policy import may_see_sheet
from tasks.teams import queries as teams
from tasks.teams.lifecycle import SeatState
from tasks.teams.models import PartnerCall, Team, TeamMember

OF_A_MEMBER = frozenset({MemberRemoved.kind, PlaceChanged.kind, HandedOver.kind})
"""Facts of an organisation that one of its people is told as theirs; their subject is the person."""

OF_ONESELF = frozenset({RoleGranted.kind, RoleRevoked.kind, PhoneVerified.kind, PhoneRemoved.kind})
"""Facts of somebody's account that tell them what they may do from now on."""

OF_A_KEY = frozenset({OfficerKeyEnrolled.kind, OfficerProofDue.kind})
"""Facts of an opening officer's key that its officer is told."""

OF_A_RESET = {FactorResetAsked.kind: ResetState.ASKED, FactorResetVouched.kind: ResetState.VOUCHED}
"""Facts of a lost second factor that somebody has to act on, as long as it is in this state."""


TO_ANSWERING = frozenset(
    one.kind for one in (ChallengeAmended, ChallengeCancelled, ChallengeSuspended, ChallengeResumed)
)
"""Facts of a call that whoever is answering it is told: each alone, for nobody else may know that they do (I9)."""


@dataclass(frozen=True)
class Told:
    """One person, what they are to the matter, what it is about, and the argument of the page it leads to."""

    user: User
    part: str
    argument: str
    challenge: Challenge | None = None
    organisation: Organisation | None = None


def recipients(fact: Fact) -> list[Told]:
    """Everybody who is told something, each once as the first thing they are, active accounts only."""
    first: dict[int, Told] = {}
    for told in _concerned(fact):
        if told.user.is_active and (fact.kind, told.part) in SAYINGS:
            first.setdefault(told.user.pk, told)
    return list(first.values())


def still_concerned(notice: Notice) -> bool:
    """Whether the person would be told of the fact if it were told now: asked again before each letter (I24)."""
    return any(told.user.pk == notice.user_id for told in recipients(notice.fact))


def _concerned(fact: Fact) -> Iterator[Told]:
    tell = _TELLING.get(fact.stream.split(":", 1)[0])
    return tell(fact) if tell else iter(())


def _of_challenge(fact: Fact) -> Iterator[Told]:
    rows = Challenge.objects.select_related("sponsor", "author", "region", "adjudicator", "supervisor")
    challenge = rows.filter(public_id=fact.subject).first()
    if challenge is None:
        return
    here = challenge.public_id
    yield from _judging(challenge)
    for officer in people.officers_of(challenge.sponsor) if challenge.sponsor else [challenge.author]:
        yield Told(officer, SPONSOR, here, challenge)
    if fact.kind in TO_ANSWERING or _never_opened(fact, challenge):
        yield from _answering(challenge)
    if challenge.region is not None:
        for admin in people.holders(Role.REGION_ADMIN, region=challenge.region):
            yield Told(admin, ADMIN, here, challenge)
    yield from _following(fact, challenge)


def _never_opened(fact: Fact, challenge: Challenge) -> bool:
    """Whether the call ended with its proposals still sealed: their authors hear of it from nobody else."""
    return fact.kind == ChallengeFailed.kind and challenge.proposals_opened_at is None


def _following(fact: Fact, challenge: Challenge) -> Iterator[Told]:
    """Whoever wants to hear of it, where there is something for them to hear."""
    if (fact.kind, FOLLOWER) in SAYINGS:
        for user in followers_of(challenge):
            yield Told(user, FOLLOWER, challenge.public_id, challenge)


def _judging(challenge: Challenge) -> Iterator[Told]:
    """Its panel, its adjudicator and supervisor, and whoever has won."""
    for seat in judging.seated(challenge):
        yield Told(seat.reviewer, REVIEWER, seat.public_id, challenge)
    for user, part in ((challenge.adjudicator, ADJUDICATOR), (challenge.supervisor, SUPERVISOR)):
        if user is not None:
            yield Told(user, part, challenge.public_id, challenge)
    yield from _of_opening(challenge)
    for winner in challenge.proposals.filter(state=ProposalState.WINNING).select_related("author", "team"):
        for solver in authors_of(winner):
            yield Told(solver, SOLVER, winner.public_id, challenge)


def _answering(challenge: Challenge) -> Iterator[Told]:
    """Whoever has begun or handed in an answer: each is told of the call, never of a proposal."""
    for answer in challenge.proposals.filter(state__in=LIVE).select_related("author", "team"):
        for solver in authors_of(answer):
            yield Told(solver, SOLVER, challenge.public_id, challenge)


def _of_opening(challenge: Challenge) -> Iterator[Told]:
    """The officers who hold a part of its key, until it is used."""
    if challenge.proposals_opened_at is None:
        for holder in sealing.holders_of(challenge.public_id):
            yield Told(holder, OFFICER, challenge.public_id, challenge)


def _of_proposal(fact: Fact) -> Iterator[Told]:
    """The author and their team alone: nobody else is told that a proposal exists (I9)."""
    proposal = (
        Proposal.objects.select_related("author", "challenge", "team")
        .filter(public_id=fact.stream.split(":", 1)[1])
        .first()
    )
    if proposal is None:
        return
    for solver in authors_of(proposal):
        yield Told(solver, SOLVER, proposal.public_id, proposal.challenge)


def _of_team(fact: Fact) -> Iterator[Told]:
    """Its lead and its members; and of a seat whoever sits or sat there, or is invited to."""
    public_id = fact.stream.split(":", 1)[1]
    team = Team.objects.select_related("challenge", "lead").filter(public_id=public_id).first()
    if team is None:
        return
    for seat in TeamMember.objects.select_related("person").filter(team=team, public_id=fact.subject):
        yield from _of_seat(fact, team, seat)
    yield Told(team.lead, LEAD, team.public_id, team.challenge)
    for seat in teams.joined(team):
        if seat.person is not None:
            yield Told(seat.person, MEMBER, team.public_id, team.challenge)


def _of_seat(fact: Fact, team: Team, seat: TeamMember) -> Iterator[Told]:
    """Whose it is: of an invitation to an address whoever has confirmed that address (I19)."""
    person = teams.addressee(seat)
    if person is None:
        return
    if fact.kind == TeamInvited.kind and seat.state == SeatState.INVITED:
        yield Told(person, SELF, seat.public_id, team.challenge)
    if fact.kind == TeamRemoved.kind and seat.person is not None:
        yield Told(person, SELF, team.challenge.public_id, team.challenge)


def _of_partners(fact: Fact) -> Iterator[Told]:
    """The author of a notice alone; whoever wrote to them is named on their page."""
    public_id = fact.stream.split(":", 1)[1]
    call = PartnerCall.objects.select_related("challenge", "author").filter(public_id=public_id).first()
    if call is not None:
        yield Told(call.author, SELF, call.challenge.public_id, call.challenge)


def _of_question(fact: Fact) -> Iterator[Told]:
    """Whoever asked, and whoever can answer it."""
    question = Question.objects.select_related("challenge__sponsor", "asker").filter(public_id=fact.subject).first()
    if question is None:
        return
    challenge = question.challenge
    yield Told(question.asker, ASKER, challenge.public_id, challenge)
    for officer in people.officers_of(challenge.sponsor) if challenge.sponsor else []:
        yield Told(officer, SPONSOR, question.public_id, challenge)
    yield from _following(fact, challenge)


def _of_assignment(fact: Fact) -> Iterator[Told]:
    rows = Assignment.objects.select_related("reviewer", "panel__challenge__adjudicator")
    assignment = rows.filter(public_id=fact.subject).first()
    if assignment is None:
        return
    challenge = assignment.panel.challenge
    if assignment.state in SEATED:
        yield Told(assignment.reviewer, REVIEWER, assignment.public_id, challenge)
    if challenge.adjudicator is not None and _all_locked(challenge):
        yield Told(challenge.adjudicator, ADJUDICATOR, challenge.public_id, challenge)


def _of_sheet(fact: Fact) -> Iterator[Told]:
    """Whoever uploaded it, as long as they act for the organisation."""
    rows = Sheet.objects.select_related("organisation", "uploader").defer("content")
    sheet = rows.filter(public_id=fact.subject).first()
    if sheet is not None and may_see_sheet(sheet.uploader, sheet):
        yield Told(sheet.uploader, UPLOADER, sheet.public_id, organisation=sheet.organisation)


def _of_organisation(fact: Fact) -> Iterator[Told]:
    subject = fact.stream.split(":", 1)[1]
    organisation = Organisation.objects.select_related("region").filter(public_id=subject).first()
    if organisation is None:
        return
    if fact.kind in OF_A_MEMBER:
        argument = "" if fact.kind == MemberRemoved.kind else organisation.public_id
        for user in User.objects.filter(public_id=fact.subject):
            yield Told(user, SELF, argument, organisation=organisation)
    if fact.kind == AffiliationProposed.kind:
        yield from _of_parent(str(fact.data["parent"]))
        return
    for officer in people.officers_of(organisation):
        yield Told(officer, OWNER, organisation.public_id, organisation=organisation)
    for admin in people.holders(Role.REGION_ADMIN, region=organisation.region):
        yield Told(admin, ADMIN, organisation.public_id, organisation=organisation)


def _of_parent(public_id: str) -> Iterator[Told]:
    """Who can confirm it: the officers of the other organisation."""
    parent = Organisation.objects.filter(public_id=public_id).first()
    for officer in people.officers_of(parent) if parent else []:
        yield Told(officer, PARENT, public_id, organisation=parent)


def _of_person(fact: Fact) -> Iterator[Told]:
    if fact.kind in OF_ONESELF:
        for user in User.objects.filter(public_id=fact.subject):
            yield Told(user, SELF, "")
    elif fact.kind in OF_A_KEY:
        for key in OfficerKey.objects.filter(public_id=fact.subject).select_related("officer"):
            yield Told(key.officer, SELF, "")
    elif fact.kind in OF_A_RESET:
        yield from _of_reset(fact)
    else:
        yield from _of_real_name(fact)
        yield from _of_consent(fact)


def _of_real_name(fact: Fact) -> Iterator[Told]:
    """Its owner, and whoever may compare it while it waits."""
    rows = RealNameVerification.objects.select_related("user", "region")
    application = rows.filter(public_id=fact.data.get("holder", fact.subject)).first()
    if application is None:
        return
    yield Told(application.user, SELF, "")
    if application.state == RealNameState.PENDING:
        for admin in people.holders(Role.REGION_ADMIN, region=application.region):
            yield Told(admin, COMPARER, application.public_id)


def _of_consent(fact: Fact) -> Iterator[Told]:
    """Whoever asked, and whoever can answer: the employer's officers, or the office that reads its letter."""
    rows = EmployerConsent.objects.select_related("person", "organisation", "region")
    consent = rows.filter(public_id=fact.data.get("holder", fact.subject)).first()
    if consent is None:
        return
    yield Told(consent.person, ASKER, consent.public_id)
    for user in answerers(consent):
        yield Told(user, EMPLOYER, consent.public_id)


def _of_grant(fact: Fact) -> Iterator[Told]:
    """Whoever may be the second person while it waits; whoever proposed it when it is decided."""
    row = GrantRequest.objects.select_related("proposed_by").filter(public_id=fact.subject).first()
    if row is None:
        return
    if row.state != RequestState.PROPOSED:
        yield Told(row.proposed_by, PROPOSER, row.public_id)
        return
    for user in administration.confirmers(row):
        yield Told(user, CONFIRMER, row.public_id)


def _of_reset(fact: Fact) -> Iterator[Told]:
    """Whose turn it is; and its person, on the devices where they are signed in."""
    rows = FactorReset.objects.select_related("user")
    row = rows.filter(public_id=fact.data["reset"], state=OF_A_RESET[fact.kind]).first()
    if row is None:
        return
    yield Told(row.user, SELF, "")
    for user in administration.reset_deciders(row):
        yield Told(user, CONFIRMER, row.public_id)


def _all_locked(challenge: Challenge) -> bool:
    seats = judging.seated(challenge).count()
    counts = judging.locked_counts(challenge).values()
    return bool(counts) and min(counts) >= seats


_TELLING: dict[str, Callable[[Fact], Iterator[Told]]] = {
    "challenge": _of_challenge,
    "proposal": _of_proposal,
    "team": _of_team,
    "partners": _of_partners,
    "question": _of_question,
    "assignment": _of_assignment,
    "sheet": _of_sheet,
    "organisation": _of_organisation,
    "user": _of_person,
    "grant": _of_grant,
}
"""By the family of a stream."""

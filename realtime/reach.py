"""Which topics a fact reaches. Read afresh from the rows; before opening a proposal's facts reach its author alone."""

from collections.abc import Iterable, Iterator

from django.db.models import Q, QuerySet

from marketplace.accounts import queries as people
from marketplace.accounts.models import Organisation, User
from marketplace.accounts.roles import Role
from marketplace.consents.models import EmployerConsent
from marketplace.consents.queries import answerers
from marketplace.identity.models import RealNameVerification
from marketplace.outbox.models import Fact
from realtime.topics import Case, Challenge, Challenges, Notices, Person, Topic
from tasks import events
from tasks.adjudication import queries as judging
from tasks.adjudication.models import Assignment
from tasks.challenges.models import Challenge as ChallengeRow
from tasks.challenges.queries import BEFORE_A_DECISION
from tasks.proposals.models import Proposal
from tasks.proposals.queries import authors_of
from tasks.questions.models import Question
from tasks.sheets.models import Sheet
from tasks.teams import queries as teams
from tasks.teams.lifecycle import SeatState
from tasks.teams.models import Team, TeamMember

LIST_CHANGES = frozenset(
    one.kind
    for one in (
        events.ChallengeOpened,
        events.ChallengeAmended,
        events.ChallengeSuspended,
        events.ChallengeResumed,
        events.ChallengeCancelled,
        events.ChallengeClosed,
        events.ReviewStarted,
        events.NoticePublished,
        events.ChallengeAwarded,
        events.ChallengeFailed,
    )
)
"""After these the public list shows another challenge, or another state."""

BOARD_CHANGES = frozenset(one.kind for one in (events.NoticePublished, events.ChallengeAwarded, events.ChallengeFailed))
QUEUE_CHANGES = frozenset(
    one.kind for one in (events.ChallengeSubmitted, events.ChallengeReturned, events.ChallengeApproved)
)
"""After these a region administrator's queue is longer or shorter."""

TO_REVIEWERS = frozenset(
    one.kind for one in (events.ReviewStarted, events.ChallengeAdjudicated, events.ChallengeFailed)
)
TO_SOLVERS = LIST_CHANGES | {events.ProposalsOpened.kind}
AFTER_OPENING = frozenset(
    one.kind
    for one in (
        events.ProposalOpened,
        events.ProposalUnopenable,
        events.ProposalAdmitted,
        events.ProposalRejected,
        events.ProposalSettled,
    )
)
"""Facts of a proposal that can only be stated once it is opened: only these leave its author (I9)."""


def of_challenge(fact: Fact) -> set[Topic]:
    """The challenge itself, the public lists where they change, the case, and everybody whose own pages show it."""
    challenge = _challenges().filter(public_id=fact.subject).first()
    if challenge is None:
        return set()
    reached: set[Topic] = set(_persons(_concerned(challenge, fact.kind)))
    if fact.kind not in BEFORE_A_DECISION:
        reached.add(Challenge(challenge.public_id))
    if fact.kind in LIST_CHANGES and challenge.is_public:
        reached.add(Challenges())
    if fact.kind in BOARD_CHANGES and challenge.is_public:
        reached.add(Notices())
    return reached | _case(challenge)


def of_proposal(fact: Fact) -> set[Topic]:
    """Its author and their team; and from the opening on the case, its adjudicator and supervisor."""
    rows = Proposal.objects.select_related("author", "team", "challenge__adjudicator", "challenge__supervisor")
    proposal = rows.filter(public_id=fact.subject).first()
    if proposal is None:
        return set()
    reached: set[Topic] = set(_persons(authors_of(proposal)))
    return reached | _case(proposal.challenge) if fact.kind in AFTER_OPENING else reached


def of_question(fact: Fact) -> set[Topic]:
    """The challenge's page once there is something to read; the work lists of whoever answers, the asker's own page."""
    rows = Question.objects.select_related("challenge__sponsor", "asker")
    question = rows.filter(public_id=fact.subject).first()
    if question is None:
        return set()
    officers = people.officers_of(question.challenge.sponsor) if question.challenge.sponsor else []
    return {Challenge(question.challenge.public_id), *_persons([question.asker, *officers])}


def of_sheet(fact: Fact) -> set[Topic]:
    """Whoever acts for the organisation the list is for: they all see its page."""
    sheet = Sheet.objects.select_related("organisation").defer("content").filter(public_id=fact.subject).first()
    return set(_persons(people.officers_of(sheet.organisation))) if sheet else set()


def of_assignment(fact: Fact) -> set[Topic]:
    """The reviewer and the case, nobody else: who sits on a panel is secret until the notice."""
    rows = Assignment.objects.select_related(
        "reviewer", "panel__challenge__adjudicator", "panel__challenge__supervisor"
    )
    assignment = rows.filter(public_id=fact.subject).first()
    if assignment is None:
        return set()
    return {Person(assignment.reviewer.public_id)} | _case(assignment.panel.challenge)


def of_organisation(fact: Fact) -> set[Topic]:
    """Its officers and the administrators of its region."""
    return _of_house(fact.subject)


def of_file(fact: Fact) -> set[Topic]:
    """Whoever sees the papers of an organisation; of the scan of a document its owner; of a posting its officers; of a
    proposal those whose it is."""
    family, holder = fact.stream.split(":", 1)
    if family == "organisation":
        return _of_house(holder)
    if family == "challenge":
        challenge = _challenges().filter(public_id=holder).first()
        return set(_persons(people.officers_of(challenge.sponsor))) if challenge and challenge.sponsor else set()
    if family == "team":
        return _of_team(holder)
    if family == "proposal":
        proposal = Proposal.objects.select_related("author", "team").filter(public_id=holder).first()
        return set(_persons(authors_of(proposal))) if proposal else set()
    return {Person(holder)} if family == "user" else set()


def of_team(fact: Fact) -> set[Topic]:
    """Its own people, and whoever a seat is or was offered to: nobody else learns of it (I9)."""
    seats = TeamMember.objects.filter(public_id=fact.subject, person__isnull=False).select_related("person")
    concerned = [seat.person for seat in seats if seat.person is not None]
    return _of_team(fact.stream.split(":", 1)[1]) | set(_persons(concerned))


def _of_team(public_id: str) -> set[Topic]:
    team = Team.objects.filter(public_id=public_id).first()
    return set(_persons(seat.person for seat in teams.joined(team) if seat.person)) if team else set()


def _of_house(public_id: str) -> set[Topic]:
    organisation = Organisation.objects.select_related("region").filter(public_id=public_id).first()
    if organisation is None:
        return set()
    admins = people.holders(Role.REGION_ADMIN, region=organisation.region)
    return set(_persons([*people.officers_of(organisation), *admins]))


def of_real_name(fact: Fact) -> set[Topic]:
    """Its owner, and the administrators on whose lists it stands or stood."""
    application = RealNameVerification.objects.select_related("user", "region").filter(public_id=fact.subject).first()
    if application is None:
        return set()
    admins = people.holders(Role.REGION_ADMIN, region=application.region)
    return set(_persons([application.user, *admins]))


def of_consent(fact: Fact) -> set[Topic]:
    """Whoever asked, and whoever can answer."""
    rows = EmployerConsent.objects.select_related("person", "organisation", "region")
    consent = rows.filter(public_id=fact.subject).first()
    return set() if consent is None else set(_persons([consent.person, *answerers(consent)]))


def of_person(fact: Fact) -> set[Topic]:
    """That person."""
    return {Person(fact.subject)}


def _challenges() -> QuerySet[ChallengeRow]:
    return ChallengeRow.objects.select_related("sponsor", "adjudicator", "supervisor").order_by()


def _concerned(challenge: ChallengeRow, kind: str) -> Iterator[User]:
    yield from people.officers_of(challenge.sponsor) if challenge.sponsor else [challenge.author]
    if kind in QUEUE_CHANGES and challenge.region is not None:
        yield from people.holders(Role.REGION_ADMIN, region=challenge.region)
    if kind in TO_REVIEWERS:
        yield from (seat.reviewer for seat in judging.seated(challenge))
    if kind in TO_SOLVERS:
        mine = Q(proposals__challenge=challenge) | Q(
            team_seats__challenge=challenge, team_seats__state=SeatState.JOINED
        )
        yield from User.objects.filter(mine).only("public_id").order_by().distinct()


def _case(challenge: ChallengeRow) -> set[Topic]:
    officers = [one for one in (challenge.adjudicator, challenge.supervisor) if one is not None]
    return {Case(challenge.public_id), *_persons(officers)} if officers else set()


def _persons(users: Iterable[User]) -> Iterator[Person]:
    return (Person(user.public_id) for user in users)

"""Every fact the app `tasks` can state. Listeners may import these; nothing here imports a model."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from marketplace.outbox.events import Event, Scalar

if TYPE_CHECKING:
    from tasks.adjudication.models import Assignment, Review
    from tasks.challenges.models import Challenge, NonDisclosure
    from tasks.diagnosis.models import Diagnosis
    from tasks.proposals.models import Proposal
    from tasks.questions.models import Question
    from tasks.sheets.models import Sheet


class ChallengeEvent(Event):
    """Something happened to a challenge; stream and subject are its id."""

    @classmethod
    def of(cls, challenge: "Challenge", *, reason: str = "", **data: Scalar) -> Self:
        stream, version = f"challenge:{challenge.public_id}", challenge.version
        return cls(stream=stream, subject=challenge.public_id, version=version, reason=reason, data=data)


class ChallengeDrafted(ChallengeEvent):
    kind: ClassVar[str] = "challenge.drafted"


class ChallengeEdited(ChallengeEvent):
    kind: ClassVar[str] = "challenge.edited"


class ChallengeSubmitted(ChallengeEvent):
    kind: ClassVar[str] = "challenge.submitted"


class ChallengeReleased(ChallengeEvent):
    """The first of two officers has handed it in; another has to, as long as nothing is changed."""

    kind: ClassVar[str] = "challenge.released"


class ChallengeReturned(ChallengeEvent):
    kind: ClassVar[str] = "challenge.returned"


class ChallengeApproved(ChallengeEvent):
    kind: ClassVar[str] = "challenge.approved"


class ChallengeKeyMade(ChallengeEvent):
    """What proposals will be sealed to; `data` names the public key and the officers who hold parts of the other."""

    kind: ClassVar[str] = "challenge.key_made"


class ChallengeOpened(ChallengeEvent):
    kind: ClassVar[str] = "challenge.opened"


class ChallengeAmended(ChallengeEvent):
    """A numbered amendment was published; `data.number` says which, and what is new beside its words (L06)."""

    kind: ClassVar[str] = "challenge.amended"


class AmendmentReleased(ChallengeEvent):
    """An officer has released an amendment, as the first of the two that the organisation asks for."""

    kind: ClassVar[str] = "challenge.amendment_released"


class AmendmentDropped(ChallengeEvent):
    kind: ClassVar[str] = "challenge.amendment_dropped"


class ChallengeSuspended(ChallengeEvent):
    """Supervision lets an open call stand still, with the reason (L35)."""

    kind: ClassVar[str] = "challenge.suspended"


class ChallengeResumed(ChallengeEvent):
    """It goes on; `data.deadline` is the deadline, moved by as long as it stood still (L35)."""

    kind: ClassVar[str] = "challenge.resumed"


class CancellationAsked(ChallengeEvent):
    """The sponsor asks that its call be cancelled; `data.ground` is the code of the ground (L08)."""

    kind: ClassVar[str] = "challenge.cancellation_asked"


class CancellationRefused(ChallengeEvent):
    kind: ClassVar[str] = "challenge.cancellation_refused"


class ChallengeCancelled(ChallengeEvent):
    """The adjudicator has granted it: the call ended before its deadline, and nothing was opened (L08)."""

    kind: ClassVar[str] = "challenge.cancelled"


class ChallengeClosed(ChallengeEvent):
    kind: ClassVar[str] = "challenge.closed"


class OpeningConfirmed(ChallengeEvent):
    kind: ClassVar[str] = "challenge.opening_confirmed"


class ProposalsOpened(ChallengeEvent):
    kind: ClassVar[str] = "challenge.proposals_opened"


class PanelPoolFixed(ChallengeEvent):
    kind: ClassVar[str] = "challenge.panel_pool_fixed"


class PanelDrawn(ChallengeEvent):
    kind: ClassVar[str] = "challenge.panel_drawn"


class ScoresVoided(ChallengeEvent):
    """A reviewer left the panel and locked reviews no longer count: the ranking may read otherwise from now on."""

    kind: ClassVar[str] = "challenge.scores_voided"


class ReviewStarted(ChallengeEvent):
    kind: ClassVar[str] = "challenge.review_started"


class ChallengeAdjudicated(ChallengeEvent):
    kind: ClassVar[str] = "challenge.adjudicated"


class NoticePublished(ChallengeEvent):
    kind: ClassVar[str] = "challenge.notice_published"


class ChallengeAwarded(ChallengeEvent):
    kind: ClassVar[str] = "challenge.awarded"


class ChallengeFailed(ChallengeEvent):
    kind: ClassVar[str] = "challenge.failed"


class ContactForgotten(ChallengeEvent):
    """Its contact was taken out, and of a draft the text too, with the account of whoever wrote it (I29)."""

    kind: ClassVar[str] = "challenge.contact_forgotten"


class DisclosureAccepted(Event):
    """Somebody accepted the non-disclosure terms of a challenge: in their own stream, for it is their business."""

    kind: ClassVar[str] = "disclosure.accepted"

    @classmethod
    def of(cls, promise: "NonDisclosure") -> Self:
        person = promise.person.public_id
        data: dict[str, Any] = {"challenge": promise.challenge.public_id, "edition": promise.edition}
        return cls(stream=f"user:{person}", subject=person, version=promise.pk, data=data)


class DiagnosisEvent(Event):
    """Something happened between a draft's sponsor and an expert: in the challenge's stream, by the diagnosis' id."""

    @classmethod
    def of(cls, row: "Diagnosis") -> Self:
        stream = f"challenge:{row.challenge.public_id}"
        return cls(stream=stream, subject=row.public_id, version=row.pk)


class DiagnosisAsked(DiagnosisEvent):
    kind: ClassVar[str] = "diagnosis.asked"


class DiagnosisGiven(DiagnosisEvent):
    kind: ClassVar[str] = "diagnosis.given"


CHALLENGE_EVENTS: tuple[type[ChallengeEvent], ...] = (
    ChallengeDrafted,
    ChallengeEdited,
    ChallengeReleased,
    ChallengeSubmitted,
    ChallengeReturned,
    ChallengeApproved,
    ChallengeKeyMade,
    ChallengeOpened,
    ChallengeAmended,
    AmendmentReleased,
    AmendmentDropped,
    ChallengeSuspended,
    ChallengeResumed,
    CancellationAsked,
    CancellationRefused,
    ChallengeCancelled,
    ChallengeClosed,
    OpeningConfirmed,
    ProposalsOpened,
    PanelPoolFixed,
    PanelDrawn,
    ReviewStarted,
    ScoresVoided,
    ChallengeAdjudicated,
    NoticePublished,
    ChallengeAwarded,
    ChallengeFailed,
    ContactForgotten,
)
"""Everything after which a challenge's page may look different."""


class QuestionEvent(Event):
    """Something happened to a question about a challenge: a stream of its own, in which no fact says who asked."""

    @classmethod
    def of(cls, question: "Question", **data: Scalar) -> Self:
        stream, said = f"question:{question.public_id}", {"number": question.number, **data}
        return cls(stream=stream, subject=question.public_id, version=question.version, data=said)


class QuestionAsked(QuestionEvent):
    kind: ClassVar[str] = "question.asked"


class QuestionAnswered(QuestionEvent):
    kind: ClassVar[str] = "question.answered"


class QuestionRefused(QuestionEvent):
    """The sponsor does not answer; `data.ground` is the code of the reason."""

    kind: ClassVar[str] = "question.refused"


QUESTION_EVENTS: tuple[type[QuestionEvent], ...] = (QuestionAsked, QuestionAnswered, QuestionRefused)


class SheetEvent(Event):
    """Something happened to an uploaded list of challenges; its stream is its own."""

    @classmethod
    def of(cls, sheet: "Sheet", **data: Scalar) -> Self:
        stream, version = f"sheet:{sheet.public_id}", sheet.version
        return cls(stream=stream, subject=sheet.public_id, version=version, data=data)


class SheetUploaded(SheetEvent):
    """`data.held` says that the same file was uploaded before and waits for its uploader's word."""

    kind: ClassVar[str] = "sheet.uploaded"


class SheetReleased(SheetEvent):
    """The uploader wants the same file taken over once more."""

    kind: ClassVar[str] = "sheet.released"


class SheetDiscarded(SheetEvent):
    kind: ClassVar[str] = "sheet.discarded"


class SheetRead(SheetEvent):
    """Its rows are known; `data.rows` counts them."""

    kind: ClassVar[str] = "sheet.read"


class SheetUnreadable(SheetEvent):
    """The file as a whole cannot be taken over; `data.why` is the code of the reason."""

    kind: ClassVar[str] = "sheet.unreadable"


class SheetFinished(SheetEvent):
    """Every row is a draft or waits to be mended; `data` counts both."""

    kind: ClassVar[str] = "sheet.finished"


SHEET_EVENTS: tuple[type[SheetEvent], ...] = (
    SheetUploaded,
    SheetReleased,
    SheetDiscarded,
    SheetRead,
    SheetUnreadable,
    SheetFinished,
)


class ProposalEvent(Event):
    """Something happened to a proposal. Its stream is its own: before opening nothing enters the challenge's stream."""

    @classmethod
    def of(cls, proposal: "Proposal", *, reason: str = "", **data: Scalar) -> Self:
        stream, version = f"proposal:{proposal.public_id}", proposal.version
        return cls(stream=stream, subject=proposal.public_id, version=version, reason=reason, data=data)


class ProposalStarted(ProposalEvent):
    kind: ClassVar[str] = "proposal.started"


class ProposalSubmitted(ProposalEvent):
    """Sealed in time. `data` names the envelope's number, its digest, the commitment to its content and the ticket."""

    kind: ClassVar[str] = "proposal.submitted"


class ProposalReplaced(ProposalEvent):
    """Another version was sealed in time and counts from now on; `data` as of the first."""

    kind: ClassVar[str] = "proposal.replaced"


class ProposalReplacing(ProposalEvent):
    """Its owner writes another version; what was submitted counts until that is submitted too."""

    kind: ClassVar[str] = "proposal.replacing"


class ProposalReread(ProposalEvent):
    """Its owner read it again with the reading code."""

    kind: ClassVar[str] = "proposal.reread"


class ProposalWithdrawn(ProposalEvent):
    kind: ClassVar[str] = "proposal.withdrawn"


class ProposalOpened(ProposalEvent):
    """Opened, and found to be what its receipt says; `data.digest` is that of the envelope."""

    kind: ClassVar[str] = "proposal.opened"


class ProposalUnopenable(ProposalEvent):
    """What was kept is not what was sealed, or cannot be opened: it takes no part, and this is on record (I10)."""

    kind: ClassVar[str] = "proposal.unopenable"


class ProposalAdmitted(ProposalEvent):
    kind: ClassVar[str] = "proposal.admitted"


class ProposalRejected(ProposalEvent):
    """Found inadmissible in the formal check, with the reason."""

    kind: ClassVar[str] = "proposal.rejected"


class ProposalSettled(ProposalEvent):
    """Winning, reserve or not selected; `data.outcome` says which."""

    kind: ClassVar[str] = "proposal.settled"


PROPOSAL_EVENTS: tuple[type[ProposalEvent], ...] = (
    ProposalStarted,
    ProposalSubmitted,
    ProposalReplaced,
    ProposalReplacing,
    ProposalReread,
    ProposalWithdrawn,
    ProposalOpened,
    ProposalUnopenable,
    ProposalAdmitted,
    ProposalRejected,
    ProposalSettled,
)


class AssignmentEvent(Event):
    """Something happened between a panel and one reviewer, whose name is secret: a stream of its own."""

    @classmethod
    def of(cls, assignment: "Assignment", **data: Scalar) -> Self:
        stream = f"assignment:{assignment.public_id}"
        return cls(stream=stream, subject=assignment.public_id, version=assignment.version, data=data)


class ReviewerInvited(AssignmentEvent):
    kind: ClassVar[str] = "reviewer.invited"


class ReviewerAccepted(AssignmentEvent):
    kind: ClassVar[str] = "reviewer.accepted"


class ReviewerDeclined(AssignmentEvent):
    kind: ClassVar[str] = "reviewer.declined"


class ReviewerRecused(AssignmentEvent):
    """Somebody who had accepted left the panel; `data` counts the reviews that are void since."""

    kind: ClassVar[str] = "reviewer.recused"


class ReviewLocked(Event):
    """A reviewer's scores for one proposal are final."""

    kind: ClassVar[str] = "review.locked"

    @classmethod
    def of(cls, review: "Review") -> Self:
        stream = f"assignment:{review.assignment.public_id}"
        data: dict[str, Any] = {"proposal": review.proposal.public_id}
        return cls(stream=stream, subject=review.assignment.public_id, version=review.version, data=data)


ASSIGNMENT_EVENTS: tuple[type[Event], ...] = (
    ReviewerInvited,
    ReviewerAccepted,
    ReviewerDeclined,
    ReviewerRecused,
    ReviewLocked,
)

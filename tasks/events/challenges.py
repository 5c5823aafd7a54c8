"""Facts of challenges: drafted, open, changed, opened, decided."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from marketplace.outbox.events import Event, Scalar

if TYPE_CHECKING:
    from tasks.challenges.models import Challenge, NonDisclosure
    from tasks.diagnosis.models import Diagnosis


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


class DiagnosisRead(DiagnosisEvent):
    """The expert has opened the draft, and is bound from then on."""

    kind: ClassVar[str] = "diagnosis.read"


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

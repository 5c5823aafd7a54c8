"""Facts between a panel and its reviewers."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from marketplace.outbox.events import Event, Scalar

if TYPE_CHECKING:
    from tasks.adjudication.models import Assignment, Review


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

"""Facts of questions about an open call."""

from typing import TYPE_CHECKING, ClassVar, Self

from marketplace.outbox.events import Event, Scalar

if TYPE_CHECKING:
    from tasks.questions.models import Question


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

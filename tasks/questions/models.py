"""A question and what was answered."""

from typing import ClassVar

from django.db import models

from marketplace.accounts.models import User
from marketplace.kernel.fields import MomentField
from marketplace.kernel.ids import public_id
from marketplace.kernel.lifecycle import Stateful
from tasks.challenges.models import Challenge
from tasks.questions.lifecycle import QuestionState, RefusalGround


class Question(Stateful):
    """What somebody wants to know of an open challenge. `asker` is for the asker alone: no page, fact or file names it.

    Nobody can change the text, and `answer` is written once; of a refusal it holds the reason.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    state = models.CharField(max_length=16, choices=QuestionState.choices, default=QuestionState.WAITING)
    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="questions")
    number = models.PositiveIntegerField()
    asker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    language = models.CharField(max_length=8)
    asked_at = MomentField(editable=False)
    ground = models.CharField(max_length=8, choices=RefusalGround.choices, blank=True)
    answer = models.TextField(blank=True)
    answer_en = models.TextField(blank=True)
    clarifies = models.BooleanField(default=False)
    answerer = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["challenge", "number"], name="question_number_once_a_challenge"),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "asked_at"])]

    def __str__(self) -> str:
        return f"{self.challenge_id} no. {self.number}"

    @property
    def is_fit(self) -> bool:
        """Whether its text may be public."""
        return self.ground != RefusalGround.UNFIT

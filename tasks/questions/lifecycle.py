"""What can happen to a question, and nothing else."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.lifecycle import Step


class QuestionState(models.TextChoices):
    """A question becomes public with its answer, with its refusal, or when it has waited too long."""

    WAITING = "WAITING", _("awaiting an answer")
    ANSWERED = "ANSWERED", _("answered")
    REFUSED = "REFUSED", _("not answered")


class RefusalGround(models.TextChoices):
    """Why a sponsor does not answer; with all but the last the question is read by everybody."""

    KNOWN = "KNOWN", _("the challenge or an earlier answer says it")
    ASIDE = "ASIDE", _("it does not concern this challenge")
    SECRET = "SECRET", _("the answer would disclose what the sponsor keeps confidential")
    UNFIT = "UNFIT", _("the question holds what must not be public: personal information, secrets, abuse")


STEPS = {
    "answer": Step({QuestionState.WAITING}, QuestionState.ANSWERED),
    "refuse": Step({QuestionState.WAITING}, QuestionState.REFUSED),
}

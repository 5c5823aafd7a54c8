"""What can happen to a reviewer's assignment and to a review, and nothing else."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.lifecycle import Step


class AssignmentState(models.TextChoices):
    INVITED = "INVITED", _("invited")
    ACCEPTED = "ACCEPTED", _("accepted")
    DECLINED = "DECLINED", _("declined")
    RECUSED = "RECUSED", _("recused")
    LAPSED = "LAPSED", _("lapsed")


ASSIGNMENT_STEPS = {
    "accept": Step({AssignmentState.INVITED}, AssignmentState.ACCEPTED),  # L11
    "decline": Step({AssignmentState.INVITED}, AssignmentState.DECLINED),  # L11
    "recuse": Step({AssignmentState.INVITED, AssignmentState.ACCEPTED}, AssignmentState.RECUSED),  # L13
    "lapse": Step({AssignmentState.INVITED, AssignmentState.ACCEPTED}, AssignmentState.LAPSED),  # L11, L13: out of time
}

SEATED = frozenset({AssignmentState.INVITED, AssignmentState.ACCEPTED})
"""Assignments that hold a seat on the panel."""


class ReviewState(models.TextChoices):
    DRAFT = "DRAFT", _("not yet locked")
    LOCKED = "LOCKED", _("locked")
    VOID = "VOID", _("void")


REVIEW_STEPS = {
    "lock": Step({ReviewState.DRAFT}, ReviewState.LOCKED),  # L13
    "void": Step({ReviewState.DRAFT, ReviewState.LOCKED}, ReviewState.VOID),  # L13: kept, never counted
}

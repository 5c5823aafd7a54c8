"""What can happen to a request for cancellation, and nothing else."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.lifecycle import Step


class RequestState(models.TextChoices):
    """One that nobody has decided when the call closes is decided by the deadline: the call goes on."""

    ASKED = "ASKED", _("awaiting the adjudicator's decision")
    GRANTED = "GRANTED", _("granted")
    REFUSED = "REFUSED", _("refused")


class CancellationGround(models.TextChoices):
    """Why a sponsor asks (民法典 art. 499: a promise to the public is not simply taken back)."""

    ILLEGALITY = "ILLEGALITY", _("the call, or what it asks for, has become unlawful")
    FORCE_MAJEURE = "FORCE_MAJEURE", _("force majeure makes it impossible")
    OTHER = "OTHER", _("another ground, set out below")


STEPS = {
    "grant": Step({RequestState.ASKED}, RequestState.GRANTED),
    "refuse": Step({RequestState.ASKED}, RequestState.REFUSED),
}

"""What can happen to an amendment, and nothing else."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.lifecycle import Step


class AmendmentState(models.TextChoices):
    """Only a published one changes anything, and only it is public."""

    RELEASED = "RELEASED", _("awaiting the second hand")
    PUBLISHED = "PUBLISHED", _("published")
    DROPPED = "DROPPED", _("dropped")


STEPS = {
    "publish": Step({AmendmentState.RELEASED}, AmendmentState.PUBLISHED),
    "drop": Step({AmendmentState.RELEASED}, AmendmentState.DROPPED),
}

"""What can happen to an officer's key, and nothing else."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.lifecycle import Step


class KeyState(models.TextChoices):
    """A key that another has taken the place of still opens what was made while it was in force."""

    IN_FORCE = "IN_FORCE", _("in force")
    REPLACED = "REPLACED", _("replaced by another")


STEPS = {"replace": Step({KeyState.IN_FORCE}, KeyState.REPLACED)}

"""How a profile becomes a page that others can read, and ceases to be one."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.lifecycle import Step


class ProfileState(models.TextChoices):
    """Nothing of a DRAFT is shown to anybody but its owner."""

    DRAFT = "DRAFT", _("not published")
    PUBLISHED = "PUBLISHED", _("published")


STEPS = {
    "publish": Step({ProfileState.DRAFT}, ProfileState.PUBLISHED),
    "withdraw": Step({ProfileState.PUBLISHED}, ProfileState.DRAFT),
}

"""How an employer's consent is asked for, given and taken back."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.lifecycle import Step


class ConsentState(models.TextChoices):
    """A consent that was given holds on the days it names, until it is taken back."""

    ASKED = "ASKED", _("asked for")
    GIVEN = "GIVEN", _("given")
    REFUSED = "REFUSED", _("refused")
    REVOKED = "REVOKED", _("taken back")
    WITHDRAWN = "WITHDRAWN", _("withdrawn")


STEPS = {
    "give": Step({ConsentState.ASKED}, ConsentState.GIVEN),
    "refuse": Step({ConsentState.ASKED}, ConsentState.REFUSED),
    "withdraw": Step({ConsentState.ASKED}, ConsentState.WITHDRAWN),
    "revoke": Step({ConsentState.GIVEN}, ConsentState.REVOKED),
}

"""How a role is given or ended by two persons (I18)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.lifecycle import Step


class RequestState(models.TextChoices):
    """Nothing is given or ended before CONFIRMED."""

    PROPOSED = "PROPOSED", _("waiting for the second person")
    CONFIRMED = "CONFIRMED", _("confirmed")
    REFUSED = "REFUSED", _("refused")
    WITHDRAWN = "WITHDRAWN", _("withdrawn")
    LAPSED = "LAPSED", _("lapsed")


STEPS = {
    "confirm": Step({RequestState.PROPOSED}, RequestState.CONFIRMED),
    "refuse": Step({RequestState.PROPOSED}, RequestState.REFUSED),
    "withdraw": Step({RequestState.PROPOSED}, RequestState.WITHDRAWN),
    "lapse": Step({RequestState.PROPOSED}, RequestState.LAPSED),
}

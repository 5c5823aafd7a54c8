"""How a role is given or ended by two persons, and how a lost second factor is reset by two (I18, I21)."""

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


class ResetState(models.TextChoices):
    """Nobody's factors go before CONFIRMED. Two administrators agree, one after the other; the owner can say no."""

    ASKED = "ASKED", _("to be examined")
    VOUCHED = "VOUCHED", _("to be confirmed")
    CONFIRMED = "CONFIRMED", _("reset")
    REFUSED = "REFUSED", _("refused")
    DISOWNED = "DISOWNED", _("its owner did not ask")
    WITHDRAWN = "WITHDRAWN", _("withdrawn")
    LAPSED = "LAPSED", _("lapsed")


UNDER_WAY = frozenset({ResetState.ASKED, ResetState.VOUCHED})

RESET_STEPS = {
    "vouch": Step({ResetState.ASKED}, ResetState.VOUCHED),
    "confirm": Step({ResetState.VOUCHED}, ResetState.CONFIRMED),
    "refuse": Step(UNDER_WAY, ResetState.REFUSED),
    "disown": Step(UNDER_WAY, ResetState.DISOWNED),
    "withdraw": Step(UNDER_WAY, ResetState.WITHDRAWN),
    "lapse": Step(UNDER_WAY, ResetState.LAPSED),
    "by the operator": Step(UNDER_WAY, ResetState.CONFIRMED),
}

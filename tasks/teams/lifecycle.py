"""What can happen to a team, to a seat in it and to a call for partners, and nothing else."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.lifecycle import Step


class TeamState(models.TextChoices):
    """A team is formed beside a draft; once the proposal is handed in nobody changes who it is."""

    FORMING = "FORMING", _("being put together")
    HANDED_IN = "HANDED_IN", _("handed in with the proposal")
    DISSOLVED = "DISSOLVED", _("dissolved")


class SeatState(models.TextChoices):
    """What became of an invitation, and of whoever accepted it."""

    INVITED = "INVITED", _("invited")
    JOINED = "JOINED", _("member of the team")
    DECLINED = "DECLINED", _("declined")
    LEFT = "LEFT", _("left")
    REMOVED = "REMOVED", _("removed")


class CallState(models.TextChoices):
    """A notice on the board of a challenge."""

    SHOWN = "SHOWN", _("shown")
    WITHDRAWN = "WITHDRAWN", _("withdrawn by its author")
    TAKEN_DOWN = "TAKEN_DOWN", _("taken down")


STEPS = {
    "hand_in": Step({TeamState.FORMING}, TeamState.HANDED_IN),
    "reopen": Step({TeamState.HANDED_IN}, TeamState.FORMING),
    "dissolve": Step({TeamState.FORMING}, TeamState.DISSOLVED),
}

SEAT_STEPS = {
    "join": Step({SeatState.INVITED}, SeatState.JOINED),
    "decline": Step({SeatState.INVITED}, SeatState.DECLINED),
    "leave": Step({SeatState.JOINED}, SeatState.LEFT),
    "remove": Step({SeatState.INVITED, SeatState.JOINED}, SeatState.REMOVED),
}

CALL_STEPS = {
    "withdraw": Step({CallState.SHOWN}, CallState.WITHDRAWN),
    "take_down": Step({CallState.SHOWN}, CallState.TAKEN_DOWN),
}

"""What can happen to an uploaded sheet and to each of its rows, and nothing else."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.lifecycle import Step


class SheetState(models.TextChoices):
    """Where a sheet stands."""

    HELD = "HELD", _("waiting for your word")
    UPLOADED = "UPLOADED", _("waiting to be read")
    READING = "READING", _("being read")
    DRAFTING = "DRAFTING", _("drafts being made")
    FINISHED = "FINISHED", _("finished")
    UNREADABLE = "UNREADABLE", _("could not be read")
    DISCARDED = "DISCARDED", _("discarded")


class RowState(models.TextChoices):
    """What came of a row."""

    WAITING = "WAITING", _("waiting")
    DRAFTED = "DRAFTED", _("drafted")
    FAULTY = "FAULTY", _("to be mended")


STEPS = {
    "go_on": Step({SheetState.HELD}, SheetState.UPLOADED),
    "discard": Step({SheetState.HELD}, SheetState.DISCARDED),
    "read": Step({SheetState.UPLOADED, SheetState.READING}, SheetState.READING),
    "begin": Step({SheetState.READING}, SheetState.DRAFTING),
    "give_up": Step({SheetState.READING}, SheetState.UNREADABLE),
    "finish": Step({SheetState.DRAFTING}, SheetState.FINISHED),
}
"""A sheet that was being read when its reader died is read again: hence READING to READING."""

ROW_STEPS = {
    "draft": Step({RowState.WAITING}, RowState.DRAFTED),
    "set_aside": Step({RowState.WAITING}, RowState.FAULTY),
}

UNDER_WAY = frozenset({SheetState.UPLOADED, SheetState.READING, SheetState.DRAFTING})
"""States that change by themselves."""

ON_HAND = UNDER_WAY | {SheetState.HELD}
"""States in which the file itself is still kept."""

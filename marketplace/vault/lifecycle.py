"""What becomes of a file that was taken in (I27: what the scanner has not called clean is not clean)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.lifecycle import Step


class FileState(models.TextChoices):
    """Only a clean one is served; under the demo, and there alone, also one that no scanner has seen."""

    WAITING = "WAITING", _("being scanned")
    CLEAN = "CLEAN", _("scanned, nothing found")
    UNSCANNED = "UNSCANNED", _("not scanned for viruses")
    INFECTED = "INFECTED", _("malware found, content deleted")
    REMOVED = "REMOVED", _("removed")


SCANNABLE = frozenset({FileState.WAITING, FileState.UNSCANNED})
STEPS = {
    "pass": Step(SCANNABLE, FileState.CLEAN),
    "condemn": Step(SCANNABLE, FileState.INFECTED),
    "remove": Step(SCANNABLE | {FileState.CLEAN}, FileState.REMOVED),
}

KEPT = SCANNABLE | {FileState.CLEAN}
"""Of these the content is there."""

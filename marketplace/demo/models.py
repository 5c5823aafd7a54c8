"""What the demonstration itself remembers: how far its clock is ahead, and how far its loading has come."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.lifecycle import Versioned


class MovableClock(Versioned):
    """The one row (id 1) that says how many seconds the platform's clock is ahead of the real one."""

    ahead = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.ahead} s"


class Loading(models.Model):
    """The one row (id 1) that says how much of the demo data is there: `done` of `total` pieces."""

    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(_("finished"), null=True)
    failure = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.done}/{self.total}"


class PhraseCard(models.Model):
    """The card on which a demo officer has written the pass phrase down: shown to them where they would type it."""

    officer = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    phrase = models.CharField(max_length=120)

    def __str__(self) -> str:
        return f"{self.officer_id}"

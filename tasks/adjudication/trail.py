"""What of the panels' streams audit administrators may see."""

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Substr

from tasks.adjudication.models import Assignment
from tasks.challenges.lifecycle import OVER

STREAM = "assignment:"


def facts_shown() -> Q:
    """Which facts of seats audit administrators may see: once the challenge is over, for who judges is secret (I18)."""
    subject = Substr(OuterRef("stream"), len(STREAM) + 1)
    over = Assignment.objects.filter(public_id=subject, panel__challenge__state__in=OVER)
    return Q(Exists(over), stream__startswith=STREAM)

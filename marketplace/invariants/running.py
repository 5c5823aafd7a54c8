"""The trail holds, and nothing that is owed lies about (I17, I24)."""

from marketplace.invariants.finding import Finding, found
from marketplace.outbox import trail
from marketplace.outbox.models import Delivery, Fact


def trail_holds() -> Finding:
    """I17: every digest and every link of every stream, recomputed."""
    breaks = (f"{one.stream}#{one.sequence}: {one.what}" for one in trail.verify())
    return found("I17 trail", Fact.objects.count(), breaks)


def nothing_parked() -> Finding:
    """I23, I24: no delivery has been given up."""
    parked = Delivery.objects.filter(state=Delivery.State.PARKED).select_related("fact")
    answers = (f"{one.fact.stream}#{one.fact.sequence} for {one.listener}: {one.last_error}" for one in parked)
    return found("I23 I24 nothing parked", Delivery.objects.count(), answers)

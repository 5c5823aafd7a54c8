"""Deliveries in tests happen when the test says so: `drain()` carries out everything that is owed, slow ones too."""

from marketplace.outbox import relay


def hand_over(delivery_id: int) -> None:
    """What settings.OUTBOX_HANDOFF names: slow deliveries at once, in this thread."""
    relay.deliver_slow(delivery_id)


def drain() -> int:
    """Deliver until nothing is due; returns how many deliveries were claimed."""
    total = 0
    while claimed := relay.deliver_due():
        total += claimed
    return total

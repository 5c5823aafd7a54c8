"""Jobs of the vault: what came in is scanned."""

from celery import shared_task

from marketplace.kernel import clock
from marketplace.vault import queries, scanner, services

AT_ONCE = 20
"""Files one run takes, so that other jobs have their turn."""


@shared_task(name="vault.scan")
def scan() -> int:
    """Have waiting files scanned; returns how many got a verdict. Stops where the scanner is silent."""
    done = 0
    if not scanner.is_set_up():
        return done
    for public_id in queries.to_scan(clock.now(), AT_ONCE):
        if services.scan(public_id) is None:
            break
        done += 1
    return done

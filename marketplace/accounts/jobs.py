"""Jobs of the accounts: what is over is forgotten."""

from celery import shared_task

from marketplace.accounts import devices


@shared_task(name="accounts.forget_sessions")
def forget_sessions() -> int:
    """Forget sessions that are over, and which browsers they were."""
    return devices.forget_ended()

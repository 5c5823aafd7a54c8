"""Jobs of the accounts: what is over is forgotten."""

from celery import shared_task

from marketplace.accounts import devices


@shared_task(name="accounts.forget_sessions")
def forget_sessions() -> int:
    """Forget sessions that are over, and sign-ins once they have been kept as long as a security log must be."""
    return devices.forget_ended()

"""Jobs of the accounts: what is over is forgotten."""

from celery import shared_task

from marketplace.accounts import devices, mobile, supervising


@shared_task(name="accounts.forget_sessions")
def forget_sessions() -> int:
    """Forget sessions and codes that are over, and sign-ins kept as long as a security log must be."""
    return mobile.forget_codes() + devices.forget_ended()


@shared_task(name="accounts.keep_verifications")
def keep_verifications() -> int:
    """Tell of verifications of organisations that end soon, and end those that are over (S5)."""
    return supervising.keep_verifications()

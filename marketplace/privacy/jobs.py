"""Jobs of personal information."""

from celery import shared_task

from marketplace.privacy import services


@shared_task(name="privacy.erase_due")
def erase_due() -> int:
    """Erase the accounts that asked for it long enough ago."""
    return services.erase_due()

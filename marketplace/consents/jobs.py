"""Jobs of employers' consents."""

from celery import shared_task

from marketplace.consents import services


@shared_task(name="consents.tell_of_ends")
def tell_of_ends() -> int:
    """Tell people of consents that end within the month (J09)."""
    return services.tell_of_ends()

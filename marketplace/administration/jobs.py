"""Jobs of the back office."""

from celery import shared_task

from marketplace.administration import resetting, services


@shared_task(name="administration.lapse")
def lapse() -> int:
    """Let requests lapse that nobody decided in time."""
    return services.lapse_due() + resetting.lapse_due()

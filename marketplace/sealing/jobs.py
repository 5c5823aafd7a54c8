"""What the clock does to opening keys."""

from celery import shared_task

from marketplace.sealing import services


@shared_task(name="sealing.remind")
def remind() -> int:
    """Remind officers to type their phrase before their proof runs out."""
    return services.remind()

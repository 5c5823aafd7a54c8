"""Jobs of the notifications: letters leave, old ones are forgotten."""

from celery import shared_task

from marketplace.notices import mail


@shared_task(name="notices.send_letters")
def send_letters() -> int:
    """Send the letters that are due."""
    sent = 0
    while number := mail.send_due():
        sent += number
    return sent


@shared_task(name="notices.prune")
def prune() -> int:
    """Forget letters sent over 30 days ago. Notices stay."""
    return mail.prune()

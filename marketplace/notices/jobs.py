from celery import shared_task

from marketplace.notices import mail


@shared_task(name="notices.send_letters")
def send_letters() -> int:
    """Send the letters that are due."""
    sent = 0
    while number := mail.send_due():
        sent += number
    return sent

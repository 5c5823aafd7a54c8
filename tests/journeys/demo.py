"""What the journeys know of the demonstration's people."""

from tests.journeys.platform import Platform

ASK_NAMES = (
    "from marketplace.accounts.models import User;"
    "print('\\n'.join(f'{u.display_name}\\t{u.email}' for u in User.objects.filter(is_sample=True)))"
)

WAIT = """
import time
from marketplace.demo.queries import fully_loaded
from marketplace.outbox.models import Delivery
until = time.monotonic() + 300
while not fully_loaded() or Delivery.objects.filter(state="WAITING").exists():
    assert time.monotonic() < until, "the demo never loaded"
    time.sleep(1)
"""

ASK_REVIEWER = (
    "from tasks.adjudication.models import Assignment;"
    "print('at work:', Assignment.objects.filter(state='ACCEPTED', panel__challenge__state='REVIEWING')"
    ".values_list('reviewer__email', flat=True)[0])"
)


def reviewer_at_work(platform: Platform) -> str:
    """The key of a demo person who has a seat on a panel that is scoring just now: who that is, the draw decided."""
    said = platform.manage("shell", "-v", "0", "-c", ASK_REVIEWER)
    return said.split("at work:")[1].split("@")[0].strip()


def emails_by_name(platform: Platform) -> dict[str, str]:
    """The demo people's addresses by the names that pages show."""
    lines = [
        line.split("\t") for line in platform.manage("shell", "-v", "0", "-c", ASK_NAMES).splitlines() if "\t" in line
    ]
    return dict(lines)


def wait_for_stories(platform: Platform) -> None:
    """Wait until every story is told and delivered, so that the demonstration's loading does not share the clock.

    One process asks the database all the while: starting one for each look would itself keep a small machine busy.
    """
    platform.manage("shell", "-v", "0", "-c", WAIT)

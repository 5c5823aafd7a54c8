"""What the journeys know of the demonstration's people."""

from tests.journeys.browser import until
from tests.journeys.platform import Platform

ASK_NAMES = (
    "from marketplace.accounts.models import User;"
    "print('\\n'.join(f'{u.display_name}\\t{u.email}' for u in User.objects.filter(is_sample=True)))"
)


def emails_by_name(platform: Platform) -> dict[str, str]:
    """The demo people's addresses by the names that pages show."""
    lines = [line.split("\t") for line in platform.manage("shell", "-v", "0", "-c", ASK_NAMES).splitlines() if "\t" in line]
    return {name: email for name, email in lines}


def wait_for_people(platform: Platform) -> None:
    """Wait until the demonstration has told all its stories, so that its loading does not share the clock."""
    until(lambda: "supervisor@" in platform.manage("shell", "-v", "0", "-c", ASK_NAMES), 120, platform.printed())

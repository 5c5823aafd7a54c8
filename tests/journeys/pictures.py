"""Take the pictures that the documents show: `python -m tests.journeys.pictures` (needs Chromium).

Six pages, each in Chinese, wide and light, and in English, on a phone and dark.
"""

import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser

from marketplace.demo.cast import MAIL_HOST, PASSWORD
from tests.journeys.browser import chromium, visitor
from tests.journeys.demo import wait_for_stories
from tests.journeys.platform import ROOT, SERVICES, Platform, running

IMAGES = ROOT / "docs" / "images"
PLACES = """
import json
from tasks.adjudication.models import PublicNotice
from tasks.challenges.models import Challenge
from tasks.proposals.models import Proposal
rows = Challenge.objects.filter(state="OPEN", work_packages__isnull=False)
challenge = rows.first() or Challenge.objects.filter(state="OPEN").first()
proposal = Proposal.objects.filter(author__email__startswith="researcher@").order_by("-saved_at").first()
print(json.dumps({
    "challenge": challenge.get_absolute_url(),
    "proposal": proposal.get_absolute_url(),
    "notice": PublicNotice.objects.order_by("starts_at").first().get_absolute_url(),
}))
"""
READERS = {"proposal": "researcher", "desk": "adjudicator"}
"""Who looks at what not everybody may see."""


class Look(NamedTuple):
    """How a picture is taken; `name` ends its file's name."""

    name: str
    prefix: str
    width: int
    dark: bool


LOOKS = (Look("zh", "", 1440, dark=False), Look("en-phone", "/en", 360, dark=True))


def main() -> None:
    """Take all twelve from a platform of its own with the demo's stories told."""
    for name in SERVICES:
        os.environ.pop(name, None)
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as platform, chromium() as browser:
        wait_for_stories(platform)
        for name, path in places(platform):
            for look in LOOKS:
                take(browser, platform.address, name, path, look)


def places(platform: Platform) -> Iterator[tuple[str, str]]:
    """The pages by name, with their addresses in Chinese."""
    yield from {"landing": "/", "list": "/challenges/", "desk": "/desk/"}.items()
    yield from json.loads(platform.manage("shell", "-v", "0", "-c", PLACES).splitlines()[-1]).items()


def take(browser: Browser, address: str, name: str, path: str, look: Look) -> None:
    """One picture of what fits on the screen, kept beside the documents."""
    person = visitor(browser, address, look.width, dark=look.dark)
    if name in READERS:
        person.sign_in(f"{READERS[name]}@{MAIL_HOST}", PASSWORD)
    page = person.go(look.prefix + path).page
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)
    page.screenshot(path=str(IMAGES / f"{name}-{look.name}.png"))
    page.context.close()


if __name__ == "__main__":
    main()

"""Take the pictures that the documents show: `python -m tests.journeys.pictures` (needs Chromium)."""

import os
import tempfile
from pathlib import Path

from tests.journeys.browser import chromium, visitor
from tests.journeys.demo import wait_for_stories
from tests.journeys.platform import ROOT, SERVICES, running

CHALLENGE = (
    "from tasks.challenges.models import Challenge;"
    "rows = Challenge.objects.filter(state='OPEN', work_packages__isnull=False);"
    "print((rows.first() or Challenge.objects.filter(state='OPEN').first()).public_id)"
)


def main() -> None:
    """The challenge page as a visitor sees it, in Chinese, 1440 pixels wide."""
    for name in SERVICES:
        os.environ.pop(name, None)
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as platform, chromium() as browser:
        wait_for_stories(platform)
        shown = platform.manage("shell", "-v", "0", "-c", CHALLENGE).split()[-1]
        page = visitor(browser, platform.address).go(f"/challenges/{shown}/").page
        page.wait_for_timeout(500)
        page.screenshot(path=str(ROOT / "docs" / "images" / "challenge.png"))


if __name__ == "__main__":
    main()

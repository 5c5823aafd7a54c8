"""`messages`: bring the Chinese catalogue up to date with what the pages say, and compile it."""

from devtools.environment import PYTHON, ensure
from devtools.terminal import call, say


def messages(_rest: list[str]) -> int:
    """List the sentences that still have no Chinese; return 1 when there are any."""
    ensure("test")
    if call([PYTHON, "-m", "devtools.catalogue"]):
        say("Write their Chinese into marketplace/locale/zh_Hans/LC_MESSAGES/django.po, then run this again.")
        return 1
    say("Every sentence has its Chinese; the catalogue is compiled. Commit django.po and django.mo together.")
    return 0

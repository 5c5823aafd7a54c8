"""`provisions`: write docs/provisions.md from the file that the page /about/provisions/ is made of."""

from devtools.environment import PYTHON, ensure
from devtools.terminal import must, say


def provisions(_rest: list[str]) -> int:
    """Bring docs/provisions.md up to date with the data."""
    ensure("test")
    must([PYTHON, "-m", "devtools.provisions_page"], "the data cannot be written down; the lines above say why.")
    say("docs/provisions.md says what marketplace/provisions/data/provisions.json says. Commit both together.")
    return 0

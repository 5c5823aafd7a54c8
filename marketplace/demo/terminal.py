"""What the demo says on the terminal: its accounts, three things to try, how far the loading has come."""

import threading

import structlog
from django.core.management.base import OutputWrapper
from django.db import close_old_connections
from django.utils.translation import override

from marketplace.demo import cast, queries
from marketplace.demo.telling.loading import load

log = structlog.get_logger(__name__)

SCALE, SEED = 1, 1
"""What a server loads by itself; `seed_demo` loads more."""

TRY = """
Three things to try:
  1. Open the page in two windows. In one, act as the leading enterprise and post a challenge; act as the region
     administrator and approve it; watch it appear in the other window without a reload.
  2. Propose as the researcher, take the clock "to this deadline", and carry the case from opening to award as
     adjudicator, supervisor and reviewers.
  3. Search for 固态电池 or "solid electrolyte", filter by field and region, and compare with the published calls.
"""


class Progress:
    """One line that counts up on a terminal; elsewhere one line a tenth."""

    def __init__(self, out: OutputWrapper) -> None:
        self.out = out
        self.heard = False

    def __call__(self, done: int, total: int) -> None:
        self.heard = True
        if self.out.isatty():
            self.out.write(f"\rLoading the demo data: {done}/{total}", ending="\n" if done == total else "")
        elif done % max(1, total // 10) == 0 or done == total:
            self.out.write(f"Loading the demo data: {done}/{total}")
        self.out.flush()


def welcome() -> str:
    """The demo accounts, one for each role, and what to do first."""
    with override("en"):
        rows = [f"  {player.part!s:<29} {player.email}" for player in cast.SHOWN]
    head = f"Demo accounts (password of all: {cast.PASSWORD}; the bar on every page changes person in one click):"
    return "\n".join(["", head, *rows, TRY])


def load_in_background(stopping: threading.Event, out: OutputWrapper) -> list[threading.Thread]:
    """Load what is not there yet on a thread of its own; it ends at once where all is there."""
    thread = threading.Thread(target=_load, args=(stopping, out), name="demo", daemon=True)
    thread.start()
    return [thread]


def _load(stopping: threading.Event, out: OutputWrapper) -> None:
    try:
        if not queries.fully_loaded() and load(scale=SCALE, seed=SEED, heard=Progress(out), stopped=stopping.is_set):
            out.write("The demo data is complete.")
    except Exception:
        log.exception("the demo data could not be loaded")
    finally:
        close_old_connections()

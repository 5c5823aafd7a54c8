#!/usr/bin/env python3
"""Everything one does with this project, by one word: python3 dev.py WORD (or: make WORD).

Runs on Linux, macOS and Windows with Python 3.11 or newer and nothing else; the work is in devtools/.
This file itself parses on old Pythons, so that they too get a clear sentence.
"""

import os
import shutil
import sys

OLDEST = (3, 11)


def newer_python() -> "str | None":
    """Return a Python on the PATH that is new enough, when this one is not."""
    for minor in (11, 12, 13, 14):
        found = shutil.which("python3." + str(minor))
        if found:
            return found
    return None


def start_again() -> None:
    """Hand over to a newer Python, or say in one line what is missing."""
    found = newer_python()
    if found is None:
        have = ".".join(str(part) for part in sys.version_info[:3])
        sys.exit("Zhongyan needs Python 3.11 or newer; this is " + have + " (" + sys.executable + ").")
    sys.stdout.flush()
    os.execv(found, [found, *sys.argv])  # noqa: S606  # no shell is meant


if __name__ == "__main__":
    if sys.version_info < OLDEST:
        start_again()
    from devtools.words import main

    sys.exit(main(sys.argv[1:]))

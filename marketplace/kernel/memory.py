"""What a process that lives long does with its memory once it has started."""

import gc


def settle() -> None:
    """Let the collector leave alone what has been imported so far: it stays as long as the process.

    Else each full collection walks through all of it; that took a fifth of the time of an act.
    """
    gc.collect()
    gc.freeze()

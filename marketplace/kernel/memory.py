"""What a process that lives long does with its memory once it has started."""

import gc
import resource


def keep_off_disk() -> None:
    """Have no core written when this process crashes, nor when those do that it starts.

    What people type stands in its memory in the clear until it is sealed; a core would be the one file that has it
    (I8).
    """
    _soft, most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, most))


def settle() -> None:
    """Let the collector leave alone what has been imported so far: it stays as long as the process.

    Else each full collection walks through all of it; that took a fifth of the time of an act.
    """
    gc.collect()
    gc.freeze()

"""What it costs to encrypt and seal, beside writing the same bytes to the disk and waiting for it."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.figure import Figure
from bench.stage import Stage, medians
from marketplace.sealing import envelopes
from marketplace.sealing.keys import new_pair
from marketplace.vault import envelope, store

SIZES = {"1 MB": 1024 * 1024, "50 MB": 50 * 1024 * 1024}
PIECE, TEXT = 256 * 1024, 100 * 1024
ROUNDS = 9
BAR = 3.0
REFERENCE = "the same bytes written and fsynced"


def measure(stage: Stage, say: Callable[[str], None]) -> Iterator[Figure]:
    """A proposal whose files have this size: encrypted piece by piece on their way to the store, its text sealed."""
    folder = stage.platform.folder
    for name, size in SIZES.items():
        say(f"sealing {name}")
        text, file = os.urandom(TEXT), os.urandom(size - TEXT)
        seen = medians(
            {
                "written": lambda: _seconds(lambda: _to_disk(folder / "plain", text + file)),  # noqa: B023  # called at once
                "sealed": lambda: _seconds(lambda: _sealed(folder, text, file)),  # noqa: B023  # the same
            },
            ROUNDS,
        )
        yield Figure(
            figure=f"encrypting and sealing a proposal of {name}",
            value=round(seen["sealed"] * 1000, 1),
            unit="ms",
            reference=REFERENCE,
            reference_value=round(seen["written"] * 1000, 1),
            n=ROUNDS,
            seed=stage.seed,
            bar=BAR,
        )


def _seconds(act: Callable[[], None]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _sealed(folder: Path, text: bytes, file: bytes) -> None:
    """As the vault keeps a file and an envelope holds a text; both end on the disk."""
    place = store.new_place()
    pieces = (file[at : at + PIECE] for at in range(0, len(file), PIECE))
    store.put(place, envelope.sealed(pieces, envelope.new_key()))
    _flushed(Path(store.vault().path(place)))
    made = envelopes.seal(text, about="bench", public=new_pair().public, code=envelopes.new_code())
    _to_disk(folder / "sealed", made.sealed + made.box + made.owner_box)
    store.forget(place)


def _to_disk(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    _flushed(path)
    path.unlink()


def _flushed(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

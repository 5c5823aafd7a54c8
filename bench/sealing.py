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
PIECE = 256 * 1024
ROUNDS = 9
BAR = 3.0
REFERENCE = "the same bytes written and fsynced"


def measure(stage: Stage, say: Callable[[str], None]) -> Iterator[Figure]:
    """A file at its door, encrypted on its way to the store; a text in its envelope. All end on the disk."""
    for name, size in SIZES.items():
        say(f"sealing {name}")
        content = os.urandom(size)
        seen = medians(
            {
                "written": lambda: _seconds(_written, stage.platform.folder, content),  # noqa: B023  # called at once
                "file": lambda: _seconds(_sealed_file, stage.platform.folder, content),  # noqa: B023  # the same
                "text": lambda: _seconds(_sealed_text, stage.platform.folder, content),  # noqa: B023  # the same
            },
            ROUNDS,
        )
        for what in ("file", "text"):
            yield Figure(
                figure=f"encrypting and sealing {name} of {what}",
                value=round(seen[what] * 1000, 1),
                unit="ms",
                reference=REFERENCE,
                reference_value=round(seen["written"] * 1000, 1),
                n=ROUNDS,
                seed=stage.seed,
                bar=BAR,
            )


def _seconds(act: Callable[[Path, bytes], None], folder: Path, content: bytes) -> float:
    began = time.perf_counter()
    act(folder, content)
    return time.perf_counter() - began


def _written(folder: Path, content: bytes) -> None:
    _to_disk(folder / "plain", content)


def _sealed_file(_folder: Path, content: bytes) -> None:
    """As the vault keeps it: piece by piece into the store, which is then flushed."""
    place = store.new_place()
    pieces = (content[at : at + PIECE] for at in range(0, len(content), PIECE))
    store.put(place, envelope.sealed(pieces, envelope.new_key()))
    _flushed(Path(store.vault().path(place)))
    store.forget(place)


def _sealed_text(folder: Path, content: bytes) -> None:
    """As a proposal's text is sealed: to the challenge's key and to its owner's code."""
    pair = new_pair()
    made = envelopes.seal(content, about="bench", public=pair.public, code=envelopes.new_code())
    _to_disk(folder / "sealed", made.sealed + made.box + made.owner_box)


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

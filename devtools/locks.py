"""`lock`: write requirements/*.txt from requirements/*.in, each package with its hashes and no host's name."""

from devtools.environment import LOCKS, PYTHON, ensure
from devtools.terminal import Command, must

SETS = ("uv", "run", "production", "test", "java")
OPTIONS = (
    *("--universal", "--fork-strategy", "fewest", "--python-version", "3.11"),
    *("--generate-hashes", "--no-emit-index-url", "--no-emit-find-links", "--no-header", "--quiet"),
)


def lock(rest: list[str]) -> int:
    """Lock every set; `--upgrade` takes the newest versions instead of keeping what is locked."""
    ensure("test")
    for name in SETS:
        source, target = LOCKS / f"{name}.in", LOCKS / f"{name}.txt"
        relative: Command = [source.relative_to(LOCKS.parent), "--output-file", target.relative_to(LOCKS.parent)]
        must(
            [PYTHON, "-m", "uv", "pip", "compile", *OPTIONS, *rest, *relative],
            f"requirements/{name}.in could not be locked.",
        )
    return 0

"""Speaking to the person at the terminal, and starting programs for them."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

Command = Sequence[str | Path]
ROOT = Path(__file__).resolve().parent.parent


class Stop(Exception):
    """The word cannot be carried out; the message is one clear sentence for the person."""


def say(text: str) -> None:
    """Print a line at once, so that it stands before what a started program prints."""
    print(text, flush=True)


def call(command: Command, env: Mapping[str, str] | None = None) -> int:
    """Run a program in the project's folder, showing its output; return its exit code."""
    return subprocess.run([str(part) for part in command], cwd=ROOT, env=env, check=False).returncode


def must(command: Command, failed: str, env: Mapping[str, str] | None = None) -> None:
    """Run a program like `call`; raise Stop with the sentence `failed` when it does not end well."""
    if call(command, env):
        raise Stop(failed)


def become(command: Command, env: Mapping[str, str]) -> int:
    """Turn into another program, so that signals reach it; where the system cannot, wait for it."""
    words = [str(part) for part in command]
    os.chdir(ROOT)
    sys.stdout.flush()
    if os.name == "posix":
        os.execvpe(words[0], words, dict(env))  # noqa: S606  # no shell is meant
    try:
        return subprocess.run(words, env=env, check=False).returncode
    except KeyboardInterrupt:
        return 0

"""The project's own Python environment in .venv, filled from the locks in requirements/."""

import hashlib
import importlib.util
import json
import os
import sys
import time
from pathlib import Path

from devtools.terminal import ROOT, Command, Stop, call, must, say

VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMPS = VENV / "installed-locks.json"
LOCKS = ROOT / "requirements"
WIDER = {"run": ["production", "test"], "production": ["test"], "test": []}
"""A lock and the locks that hold everything it holds."""

PIP_TO_UV = {"PIP_INDEX_URL": "UV_DEFAULT_INDEX", "PIP_EXTRA_INDEX_URL": "UV_INDEX", "PIP_CERT": "SSL_CERT_FILE"}
"""What a person has told pip, told to uv as well unless they told uv something else."""


def ensure(lock: str) -> None:
    """Make .venv hold exactly pinned, hash-checked packages of the lock; quick when it already does."""
    stamps = _stamps()
    if PYTHON.exists() and any(stamps.get(name) == digest(name) for name in [lock, *WIDER[lock]]):
        return
    started = time.monotonic()
    _make_venv()
    _install(lock)
    stamps = {name: made for name, made in _stamps().items() if made == digest(name)}
    STAMPS.write_text(json.dumps({**stamps, lock: digest(lock)}), encoding="utf-8")
    say(f"Packages ready after {time.monotonic() - started:.0f} s.")


def install_beside(lock: str, folder: Path) -> None:
    """Install a lock into a folder of its own, not into .venv."""
    _make_venv()
    _install(lock, f"--target={folder}")


def digest(lock: str) -> str:
    """Return what changes when the lock or the Python under .venv changes."""
    content = (LOCKS / f"{lock}.txt").read_bytes()
    return hashlib.sha256(content + sys.version.encode()).hexdigest()


def _stamps() -> dict[str, str]:
    try:
        return dict(json.loads(STAMPS.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def _make_venv() -> None:
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        package = f"python3.{sys.version_info.minor}-venv"
        raise Stop(f"This Python lacks its venv module; on Debian and Ubuntu: sudo apt install {package}")
    if not PYTHON.exists():
        say(f"Making a Python environment in {VENV.name} …")
        must([sys.executable, "-m", "venv", "--clear", VENV], "The Python environment could not be made.")
    if not list(VENV.glob("[Ll]ib/**/site-packages/pip/__init__.py")):
        must([PYTHON, "-m", "ensurepip"], "pip could not be put into .venv; delete .venv and try again.")


def _install(lock: str, *where: str) -> None:
    say(f"Installing the packages of requirements/{lock}.txt …")
    hush = [] if sys.stdout.isatty() else ["--quiet"]
    locked = ["--require-hashes", "--only-binary", ":all:", "--requirement"]
    wanted: Command = [*where, *locked, LOCKS / f"{lock}.txt"]
    pip: Command = [PYTHON, "-m", "pip", "install", "--quiet"]
    if call([*pip, *locked, LOCKS / "uv.txt"], _quiet()) == 0:
        if call([PYTHON, "-m", "uv", "pip", "install", *hush, "--python", PYTHON, *wanted], _told_to_uv()) == 0:
            return
        say("uv could not install them; trying pip itself …")
    must([*pip, *wanted], f"The packages of requirements/{lock}.txt could not be installed.", _quiet())


def _quiet() -> dict[str, str]:
    return {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def _told_to_uv() -> dict[str, str]:
    told = {uv: os.environ[pip] for pip, uv in PIP_TO_UV.items() if os.environ.get(pip)}
    return {**told, **os.environ}

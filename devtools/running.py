"""`run`: the whole product in one process without any service. `reset`: as if it had never run."""

import os
import shutil
import socket
from pathlib import Path

from devtools.environment import PYTHON, ensure
from devtools.terminal import ROOT, Stop, become, say

STORED = ("db.sqlite3*", "search.db*", "secret_key", "static", "jobs")
"""What the embedded mode keeps in its data folder. Nothing else there is ever removed."""


def run(rest: list[str]) -> int:
    """Prepare what is missing, then become the server. `rest` is passed on to `manage.py serve`."""
    port = _free_port()
    ensure("run")
    env = embedded({"DEMO": os.environ.get("DEMO", "1"), "PORT": str(port)})
    say(f"Zhongyan: http://127.0.0.1:{port}   (Ctrl-C stops it; `reset` starts over; PORT= changes the port)")
    return become([PYTHON, "manage.py", "serve", "--prepare", *rest], env)


def reset(_rest: list[str]) -> int:
    """Remove what the embedded mode has stored, and say what that was."""
    folder = data_folder()
    found = sorted(path for pattern in STORED for path in folder.glob(pattern))
    for path in found:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        say(f"Removed {path}")
    if not found:
        say(f"Nothing is stored in {folder}.")
    elif not list(folder.iterdir()):
        folder.rmdir()
    return 0


def data_folder() -> Path:
    """Return where the embedded mode keeps its data: DATA_DIR, else ./data."""
    return Path(os.environ.get("DATA_DIR") or ROOT / "data")


def embedded(more: dict[str, str]) -> dict[str, str]:
    """Return the environment of an embedded process."""
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "marketplace.settings.embedded", **more}


def _free_port() -> int:
    asked = os.environ.get("PORT") or "8000"
    if not asked.isdigit() or not 0 < int(asked) < 65536:
        raise Stop(f"PORT={asked} is not a port number.")
    with socket.socket() as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(asked)))
        except OSError:
            raise Stop(f"port {asked} is taken; choose another: PORT={int(asked) + 1} make run") from None
    return int(asked)

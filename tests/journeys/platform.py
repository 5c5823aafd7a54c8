"""The platform as it really runs: its own processes, its own database, found over HTTP like any visitor finds it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import httpx

ROOT = Path(__file__).resolve().parents[2]
SERVICES = ("DATABASE_URL", "REDIS_URL", "ELASTICSEARCH_URL", "CLAMD")
READY_WITHIN = 120.0


@dataclass
class Platform:
    """A running platform: where it answers, what its processes are, and the settings they run with."""

    address: str
    folder: Path
    environment: dict[str, str]
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str, *command: str) -> None:
        """Start one process of the platform; what it prints is kept in the platform's folder."""
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

    def manage(self, *arguments: str) -> str:
        """Run one management command to its end and return what it printed."""
        return self.run("manage.py", *arguments)

    def run(self, *arguments: str) -> str:
        """Run one Python program to its end and return what it printed."""
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
        return done.stdout

    def wait_until_ready(self) -> None:
        """Wait for /readyz, or fail with what the processes printed."""
        until = time.monotonic() + READY_WITHIN
        while time.monotonic() < until:
            with suppress(httpx.HTTPError):
                if httpx.get(f"{self.address}/readyz", timeout=5).status_code == 200:
                    return
            time.sleep(0.3)
        raise AssertionError("never ready:\n" + self.printed())

    def printed(self) -> str:
        """The end of what each process printed."""
        logs = sorted(self.folder.glob("*.log"))
        return "\n".join(f"--- {log.name}\n{log.read_text(errors='replace')[-2000:]}" for log in logs)

    def stop(self) -> None:
        """End every process, politely first."""
        for process in reversed(self.processes.values()):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
        for process in self.processes.values():
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(timeout=10)


@contextmanager
def running(folder: Path, **more: str) -> Iterator[Platform]:
    """A platform in the tier under test: embedded, or with the real services where their addresses are set.

    `more` are settings it runs with besides.
    """
    production = all(os.environ.get(name) for name in SERVICES)
    platform = (_production if production else _embedded)(folder, **more)
    try:
        platform.wait_until_ready()
        yield platform
    finally:
        platform.stop()


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _environment(folder: Path, port: int, **more: str) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    ours = {
        "DEMO": "1",
        "PORT": str(port),
        "SITE_URL": f"http://127.0.0.1:{port}",
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "DATA_DIR": str(folder / "data"),
        "STATIC_ROOT": str(folder / "static"),
        "LOG_LEVEL": "WARNING",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "",
    }
    return {**inherited, **ours, **more}


def _embedded(folder: Path, **more: str) -> Platform:
    port = free_port()
    environment = _environment(folder, port, DJANGO_SETTINGS_MODULE="marketplace.settings.embedded", **more)
    for name in SERVICES:
        environment.pop(name, None)
    platform = Platform(f"http://127.0.0.1:{port}", folder, environment)
    platform.manage("migrate", "--noinput")
    platform.manage("load_registry")
    platform.start("serve", sys.executable, "manage.py", "serve", "--port", str(port))
    return platform


def _production(folder: Path, **more: str) -> Platform:
    port = free_port()
    platform = Platform(f"http://127.0.0.1:{port}", folder, production_environment(folder, port, **more))
    prepare(platform)
    platform.manage("seed_demo")
    platform.manage("rebuild_index")
    start_production(platform)
    return platform


def start_production(platform: Platform) -> None:
    """Start every process that docker-compose.yml names, for a database that is prepared."""
    pages, live = free_port(), free_port()
    bin_folder = Path(sys.executable).parent
    bound = ("--bind", f"127.0.0.1:{pages}")
    platform.start("pages", str(bin_folder / "gunicorn"), "marketplace.wsgi", "-c", "deploy/gunicorn.py", *bound)
    platform.start(
        "live", str(bin_folder / "uvicorn"), "marketplace.asgi:application", "--port", str(live), "--no-access-log"
    )
    platform.start("relay", sys.executable, "manage.py", "relay")
    celery = (str(bin_folder / "celery"), "--app", "marketplace")
    alone = ("--without-gossip", "--without-mingle")
    platform.start("worker", *celery, "worker", "--concurrency", "1", "--loglevel", "warning", *alone)
    platform.start("beat", *celery, "beat", "--schedule", str(platform.folder / "beat"), "--loglevel", "warning")
    port = int(platform.environment["PORT"])
    platform.start("nginx", "nginx", "-g", "daemon off;", "-c", str(_nginx(platform.folder, port, pages, live)))


def production_environment(folder: Path, port: int, **more: str) -> dict[str, str]:
    """The settings of production for a platform in this folder, with a database of its own.

    `more` are further settings; a DATABASE_URL among them is taken as it is.
    """
    if "DATABASE_URL" not in more:
        more["DATABASE_URL"] = _fresh_database(os.environ["DATABASE_URL"])
    return _environment(
        folder,
        port,
        DJANGO_SETTINGS_MODULE="marketplace.settings.production",
        SECRET_KEY="a key that is long enough for the checks of production",
        DATA_KEYS="another key that is long enough for the checks of production",
        SIGNING_KEYS="a third key that is long enough for the checks of production",
        EMAIL_URL="smtp://127.0.0.1:9",
        **more,
    )


def prepare(platform: Platform) -> None:
    """What the one-shot service does before any other process starts: the commands of deploy/prepare.sh."""
    for command in preparing():
        platform.manage(*command)


def preparing() -> list[list[str]]:
    """Those commands."""
    script = (ROOT / "deploy" / "prepare.sh").read_text(encoding="utf-8")
    return [line.split()[2:] for line in script.splitlines() if line.startswith("python manage.py ")]


def _fresh_database(url: str) -> str:
    """A database of this run's own beside the one named; made anew, so that nothing of an earlier run is in it."""
    import psycopg

    name = f"journey_{os.getpid()}"
    with psycopg.connect(url.replace("postgres://", "postgresql://", 1), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name}")
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _nginx(folder: Path, port: int, pages: int, live: int) -> Path:
    """The shipped configuration with this run's ports and folders put in."""
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    for shipped, ours in (
        ("listen 8080", f"listen 127.0.0.1:{port}"),
        ("pages:8000", f"127.0.0.1:{pages}"),
        ("live:8001", f"127.0.0.1:{live}"),
        ("/srv/static/", f"{folder}/static/"),
        ("/tmp/nginx", f"{folder}/nginx"),
    ):
        assert shipped in text, shipped
        text = text.replace(shipped, ours)
    assert shutil.which("nginx"), "nginx is not installed"
    if os.geteuid() == 0:
        text = f"user root;\n{text}"  # the folder of this run is its owner's alone
    written = folder / "nginx.conf"
    written.write_text(text, encoding="utf-8")
    return written

"""deploy/nginx.conf in a real nginx: what goes to the pages, what to the live process, what it serves itself."""

import contextlib
import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import threading
import time
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.utils.module_loading import import_string

from marketplace.accounts import papers
from marketplace.settings import base
from marketplace.vault.intake import LARGEST
from marketplace.vault.web import bounds

MEGABYTE = 1024 * 1024
ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.production


class Echo(BaseHTTPRequestHandler):
    """Answers with its own name and the headers it was sent."""

    def do_GET(self) -> None:
        answer = json.dumps({"server": self.server.server_name, **{k.lower(): v for k, v in self.headers.items()}})
        self.send_response(200)
        self.end_headers()
        self.wfile.write(answer.encode())

    def log_message(self, *args: object) -> None:
        """Keep the test's output clean."""


@contextlib.contextmanager
def echo(name: str) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    server.server_name = name
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def door(tmp_path: Path) -> Iterator[str]:
    """Start nginx with the shipped file: only ports, folders and upstream addresses are put in place."""
    static, port = tmp_path / "static", free_port()
    static.mkdir()
    (static / "plain.css").write_text("a{}")
    (static / "hashed.0123456789ab.css").write_text("b{}")
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    with echo("pages") as pages, echo("live") as live:
        places = {"listen 8080": f"listen 127.0.0.1:{port}", "pages:8000": pages, "live:8001": live}
        places |= {"/srv/static/": f"{static}/", "/tmp/": f"{tmp_path}/"}
        places |= {"/dev/stdout": f"{tmp_path}/access", "/dev/stderr": f"{tmp_path}/errors"}
        assert {shipped for shipped in places if shipped not in text} == set()
        settings = tmp_path / "nginx.conf"
        settings.write_text(re.sub("|".join(map(re.escape, places)), lambda found: places[found[0]], text))
        nginx = str(shutil.which("nginx") or "/usr/sbin/nginx")
        # pytest's folders are closed to everybody else, so nginx keeps the user who runs the tests.
        stay = "user root; " if hasattr(os, "geteuid") and os.geteuid() == 0 else ""
        with subprocess.Popen([nginx, "-c", str(settings), "-g", f"{stay}daemon off;"]) as process:
            wait_for(port)
            yield f"http://127.0.0.1:{port}"
            process.terminate()


def wait_for(port: int) -> None:
    for _ in range(50):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    pytest.fail("nginx did not start")


def ask(url: str, **headers: str) -> dict[str, str]:
    request = urllib.request.Request(url, headers={name.replace("_", "-"): text for name, text in headers.items()})
    with urllib.request.urlopen(request, timeout=5) as answer:
        return dict(json.load(answer))


def test_pages_live_and_static_files_each_go_their_way(door: str) -> None:
    port = door.rsplit(":", 1)[1]
    page = ask(f"{door}/challenges/", X_Request_ID="forged", X_Forwarded_For="10.0.0.9")
    assert page["server"] == "pages"
    assert page["host"] == f"127.0.0.1:{port}"
    assert page["x-forwarded-proto"] == "http"
    assert page["x-forwarded-for"] == "10.0.0.9, 127.0.0.1"
    assert len(page["x-request-id"]) == 32

    socket_ = ask(f"{door}/ws/", Upgrade="websocket", Connection="Upgrade")
    assert (socket_["server"], socket_["upgrade"], socket_["connection"]) == ("live", "websocket", "upgrade")

    with urllib.request.urlopen(f"{door}/static/plain.css", timeout=5) as plain:
        assert (plain.read(), plain.headers["Cache-Control"]) == (b"a{}", None)
        assert plain.headers["X-Content-Type-Options"] == "nosniff"
    with urllib.request.urlopen(f"{door}/static/hashed.0123456789ab.css", timeout=5) as hashed:
        assert hashed.read() == b"b{}"
        assert "immutable" in str(hashed.headers.get_all("Cache-Control"))
        assert hashed.headers["X-Content-Type-Options"] == "nosniff"


def limits() -> dict[str, int]:
    """Megabytes by the beginning of a location, as shipped."""
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    inside = re.findall(r"location (?:~ )?(\S+) \{[^}]*?client_max_body_size (\d+)m;", text)
    return {where: int(most) for where, most in inside}


def test_what_a_door_takes_with_the_rest_of_its_form_comes_through() -> None:
    beside = bounds.BESIDE // MEGABYTE
    largest = max(LARGEST, *(import_string(one).largest for one in base.VAULT_DOORS)) // MEGABYTE
    assert limits() == {
        "^/(en/)?files/at/": largest + beside,
        "^/(en/)?organisations/new/$": papers.DOOR.largest // MEGABYTE + beside,
    }


def sent(url: str, claimed: int) -> tuple[int, str]:
    """The answer to a body of this length, of which nothing is sent."""
    host, _slash, path = url.removeprefix("http://").partition("/")
    asking = http.client.HTTPConnection(host, timeout=5)
    asking.putrequest("POST", f"/{path}")
    asking.putheader("Content-Length", str(claimed))
    asking.endheaders()
    answer = asking.getresponse()
    assert answer.getheader("HX-Reswap") == "beforebegin"
    return answer.status, answer.read().decode()


def test_a_larger_body_is_refused_before_it_comes_with_the_limit_of_the_place(door: str) -> None:
    for where, most in (
        ("files/at/a/b/", "beside the field"),
        ("en/organisations/new/", "20 MB"),
        ("challenges/", "10 MB"),
    ):
        status, said = sent(f"{door}/{where}", 102 * MEGABYTE)
        assert (status, most in said, "文件太大" in said) == (413, True, True), where


def test_the_scheme_an_outer_tls_proxy_reports_is_passed_on(door: str) -> None:
    assert ask(f"{door}/", X_Forwarded_Proto="https")["x-forwarded-proto"] == "https"

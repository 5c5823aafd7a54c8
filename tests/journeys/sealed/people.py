"""Solvers at the one door, and what happens to them there: an upload that breaks off, a database that is away."""

import os
import signal
import socket
import time
from collections.abc import Mapping
from urllib.parse import urlsplit

import httpx

from bench.solvers import TOKEN
from tests.journeys.faults.engines import Engine, children, send
from tests.journeys.platform import Platform
from tests.sealed.story import Answer, Solver

PATIENCE = 120.0
AWAY = 2.0
"""Seconds for which the database is."""


class Wire:
    """A `Hand` that goes through nginx with the cookies of a session."""

    def __init__(self, address: str, cookies: str) -> None:
        headers = {"Cookie": cookies, "X-CSRFToken": TOKEN}
        self.cookies = cookies
        self.client = httpx.Client(base_url=address, headers=headers, timeout=PATIENCE)

    def get(self, path: str) -> Answer:
        return _answer(self.client.get(path))

    def post(self, path: str, data: Mapping[str, str], file: tuple[str, bytes] | None = None) -> Answer:
        return _answer(self.client.post(path, data=dict(data), files={"file": file} if file else None))


def _answer(came: httpx.Response) -> Answer:
    return Answer(came.status_code, came.text, came.headers.get("location", ""), "hx-refresh" in came.headers)


def break_off(solver: Solver, wire: Wire, address: str) -> None:
    """Half of an upload arrives, and then nothing more."""
    where = urlsplit(address)
    body = (
        f"--b\r\nContent-Disposition: form-data; name=file; filename={solver.canary('filename')}.txt\r\n\r\n".encode()
    )
    body += solver.canary("filetext").encode() * 9000
    head = (
        f"POST /files/at/proposal/{solver.proposal}/ HTTP/1.1\r\nHost: {where.netloc}\r\nCookie: {wire.cookies}\r\n"
        f"X-CSRFToken: {TOKEN}\r\nContent-Type: multipart/form-data; boundary=b\r\n"
        f"Content-Length: {2 * len(body)}\r\n\r\n"
    )
    with socket.create_connection((str(where.hostname), int(where.port or 0))) as line:
        line.sendall(head.encode() + body)
        time.sleep(AWAY)


def save_while_away(solver: Solver, database: Engine) -> int:
    """Save while the database is killed; the answer's status."""
    send(database.pids, signal.SIGKILL)
    try:
        typed = {"title": solver.canary("title"), "approach": solver.canary("body"), "version": "2"}
        status = solver.hand.post(f"/proposals/{solver.proposal}/autosave/", typed).status
        time.sleep(AWAY)
    finally:
        database.resume()
    return status


def crash(platform: Platform) -> None:
    """A process of the pages dies as programs die: a core would be written, if it may."""
    for pid in children(platform.processes["pages"].pid):
        os.kill(pid, signal.SIGSEGV)
    time.sleep(AWAY)
    platform.wait_until_ready()

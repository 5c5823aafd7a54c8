"""Run as a program: PORT. A gateway for text messages as docs/operations.md describes it; GET / tells what it took."""

import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

TOKEN = "Bearer a word"


class Answers(BaseHTTPRequestHandler):
    taken: ClassVar[list[Any]] = []

    def do_GET(self) -> None:
        self.say(200, json.dumps(self.taken).encode())

    def do_DELETE(self) -> None:
        self.taken.clear()
        self.say(204, b"")

    def do_POST(self) -> None:
        told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path == "/late/":
            time.sleep(8)
        elif self.path == "/elsewhere/":
            self.send_response(307)
            self.send_header("Location", "/")
            self.end_headers()
        elif self.path == "/down/":
            self.say(500, b"{}")
        elif self.headers.get("Authorization") != TOKEN:
            self.say(401, b"{}")
        else:
            self.taken.append(told)
            self.say(202, b"")

    def say(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Keep the test's output clean."""


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Answers).serve_forever()

"""Run as a program: PORT. An official register as docs/operations.md describes the service."""

import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

TOKEN = "Bearer a word"
KNOWN = {"91110000600037341L": {"name": "光谷众创空间", "status": "存续"}}


class Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        code = parse_qs(asked.query).get("uscc", [""])[0]
        if asked.path == "/late/":
            time.sleep(6)
        elif asked.path == "/elsewhere/":
            self.send_response(302)
            self.send_header("Location", f"/?uscc={code}")
            self.end_headers()
        elif asked.path == "/garbage/":
            self.say(200, b"<html>")
        elif asked.path == "/long/":
            self.say(200, json.dumps({"name": "x" * 100_000, "status": "存续"}).encode())
        elif self.headers.get("Authorization") != TOKEN:
            self.say(401, b"{}")
        elif code in KNOWN:
            self.say(200, json.dumps(KNOWN[code]).encode())
        else:
            self.say(404, b"{}")

    def say(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Keep the test's output clean."""


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Answers).serve_forever()

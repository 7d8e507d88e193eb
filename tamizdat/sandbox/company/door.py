"""The company's door: HTTP in, HTTP out, one process for any of them."""

from __future__ import annotations

import json
import logging
import socket
import struct
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol
from urllib.parse import parse_qs, parse_qsl, urlsplit

from tamizdat.sandbox.company.faults import AFTER, Faults

LARGEST_BODY = 1_000_000
SILENCE_SECONDS = 30  # longer than any shop should wait
# Of every page that a payer sees.
PAGE_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}
log = logging.getLogger("tamizdat.sandbox")


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes

    def asked(self) -> dict[str, str]:
        """The query; of what is said twice, the first."""
        return {name: values[0] for name, values in parse_qs(self.query).items()}

    def form(self) -> dict[str, str]:
        """A page's form."""
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))


@dataclass(frozen=True)
class Answer:
    status: int
    body: Any = ""  # text is a page, everything else JSON
    headers: Mapping[str, str] = field(default_factory=dict)


class Company(Protocol):
    """What stands behind the door."""

    def answer(self, request: Request) -> Answer: ...


class Door(ThreadingHTTPServer):
    """Listens for one company; mishaps are ordered at /sandbox/faults."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, company: Company, *, host: str, port: int) -> None:
        self.company, self.faults = company, Faults()
        super().__init__((host, port), Handler)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Door

    def handle_one(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > LARGEST_BODY:
            return self._say(Answer(413, {"error": {"message": "too large"}}))
        where = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.command, where.path, where.query, headers, self.rfile.read(length))
        if (request.method, request.path) == ("POST", "/sandbox/faults"):
            self.server.faults.order(json.loads(request.body))
            return self._say(Answer(200, {}))
        fault = self.server.faults.befalls(request.method, request.path)
        if not fault:
            return self._say(self.server.company.answer(request))
        return self._mishap(fault, self.server.company.answer(request) if fault in AFTER else None)

    do_GET = do_POST = do_DELETE = do_PATCH = do_PUT = handle_one

    def _say(self, answer: Answer) -> None:
        is_page = isinstance(answer.body, str)
        raw = answer.body.encode() if is_page else json.dumps(answer.body).encode()
        self.send_response(answer.status)
        kind = "text/html; charset=utf-8" if is_page else "application/json"
        for name, value in {"Content-Type": kind, "Content-Length": len(raw), **answer.headers}.items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(raw)

    def _mishap(self, kind: str, answer: Answer | None) -> None:
        if kind.isdigit():
            self._say(Answer(int(kind), {"error": {"type": "api_error", "message": f"mishap {kind}"}}))
        elif kind.startswith("time-out"):
            time.sleep(SILENCE_SECONDS)
        elif kind.startswith("reset"):
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        elif kind == "truncated":
            raw = json.dumps(answer.body if answer else {}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(raw) + 1))
            self.end_headers()
            self.wfile.write(raw[: len(raw) // 2])
        else:
            self._say(Answer(200, "<!doctype html><p>Welcome to the hotel network"))
        self.close_connection = True

    def log_message(self, *_: object) -> None: ...


def attend(door: Door, stop: threading.Event) -> None:
    """Answer until `stop`."""
    threading.Thread(target=door.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    stop.wait()
    door.shutdown()
    door.server_close()

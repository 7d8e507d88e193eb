"""The practice company in its own process, and an inbox where its events arrive."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tamizdat.sandbox.practice.client import Client

KEY = "5ca1ab1e" * 8


@dataclass(frozen=True)
class Letterbox:
    """A shop that keeps what it is told, and can be told how to answer."""

    address: str
    events: list[tuple[Mapping[str, str], bytes]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)

    def wait_for(self, count: int, ref: str = "") -> list[tuple[Mapping[str, str], bytes]]:
        """The events about `ref` (or all), once so many have come."""
        until = time.monotonic() + 10
        while len(self.about(ref)) < count and time.monotonic() < until:
            time.sleep(0.02)
        assert len(self.about(ref)) >= count, f"{len(self.about(ref))} of {count} events came"
        return self.about(ref)

    def about(self, ref: str = "") -> list[tuple[Mapping[str, str], bytes]]:
        return [event for event in self.events if not ref or json.loads(event[1])["ref"] == ref]


@contextmanager
def letterbox() -> Iterator[Letterbox]:
    """A loopback address that accepts events; `answers` are the statuses it gives before it is content."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            box.events.append((dict(self.headers), raw))
            self.send_response(box.answers.pop(0) if box.answers else 200)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        box = Letterbox(f"http://127.0.0.1:{server.server_port}/events/practice/")
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield box
        server.shutdown()


@dataclass(frozen=True)
class Company:
    client: Client
    process: subprocess.Popen
    folder: Path

    @property
    def address(self) -> str:
        return self.client.address


@contextmanager
def practice_company(
    *, events_to: str = "http://127.0.0.1:9/", mischief: int | None = None, clock: datetime | None = None
) -> Iterator[Company]:
    """A company on a free port, calm unless `mischief` seeds it."""
    with tempfile.TemporaryDirectory() as folder:
        how = ["--calm"] if mischief is None else ["--seed", str(mischief)]
        how += ["--clock", clock.isoformat()] if clock else []
        company = open_company(Path(folder), ["--events-to", events_to, *how])
        try:
            yield company
        finally:
            company.process.send_signal(signal.SIGTERM)
            company.process.wait(10)
            company.process.stdout.close()


def open_company(folder: Path, options: Sequence[str]) -> Company:
    """Start the company over the file in `folder` and wait until it stands."""
    (folder / "practice.key").write_text(KEY)
    where = ["--port", "0", "--database", folder / "practice.sqlite3", "--key-file", folder / "practice.key"]
    process = subprocess.Popen(
        [sys.executable, "-m", "tamizdat.sandbox.practice", *map(str, where), *options],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)},
    )
    line = process.stdout.readline()
    assert "stands at" in line, "the company did not open"
    return Company(Client(line.rsplit(" ", 1)[1].strip(), KEY), process, folder)

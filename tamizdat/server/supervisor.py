"""`tamizdat serve`: a small parent of the web, the worker and, in training, the practice company."""

from __future__ import annotations

import argparse
import fcntl
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from tamizdat.newsroom import configuration
from tamizdat.newsroom.configuration import Configuration
from tamizdat.server.child import Child
from tamizdat.server.refusal import Refusal

ME = [sys.executable, "-m", "tamizdat"]
GRACE_SECONDS = 20.0
LOOK_SECONDS = 1.0


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="tamizdat serve", description="Serve the paper, its desk and its work.")
    parser.add_argument("--no-work", action="store_true", help="leave the work to `tamizdat work`, here or elsewhere")
    options = parser.parse_args(arguments)
    home = Path(os.environ["TAMIZDAT_HOME"])
    newsroom = configuration.load(home / "newsroom.toml", os.environ)
    (home / "data").mkdir(exist_ok=True)
    with only_once(home):
        require_free_port(newsroom.server.host, newsroom.server.port)
        kind = _prepare()
        refuse_pretence(newsroom, kind)
        if rehearses(newsroom, kind):
            require_free_port("127.0.0.1", newsroom.server.port + 1)
        processes = children(newsroom, home, kind=kind, with_work=not options.no_work)
        Supervisor(processes, where(newsroom, home, kind)).run()


def refuse_pretence(newsroom: Configuration, kind: str) -> None:
    """Raises Refusal when a live newsroom names the company that only pretends."""
    if kind == "live" and "practice" in newsroom.giving.providers:
        raise Refusal(
            "newsroom.toml: [giving] providers names “practice”, a company that only pretends, but this newsroom is "
            "live and its readers mean it. Take “practice” out; to practise, `tamizdat new DIR --training`."
        )


def rehearses(newsroom: Configuration, kind: str) -> bool:
    """Whether the practice company belongs to this newsroom: never to a live one."""
    return kind == "training" and "practice" in newsroom.giving.providers


def children(newsroom: Configuration, home: Path, *, kind: str, with_work: bool) -> list[Child]:
    """Who has to run for this newsroom to be served."""
    here = newsroom.server
    found = [Child(f"web {number + 1}", [*ME, "web"]) for number in range(max(1, here.web_processes))]
    if with_work:
        found.append(Child("work", [*ME, "work", "--slot", f"{socket.gethostname()} {home}"]))
    if rehearses(newsroom, kind):
        found.append(Child("practice company", _practice(newsroom, home)))
    return found


def _practice(newsroom: Configuration, home: Path) -> list[str]:
    """The make-believe payment company, on the next port, with a file and a clock of its own."""
    here = newsroom.server
    scheme = "https" if here.tls_certificate else "http"
    # The demo's company is born half a year ago, so that its supporters can have given since.
    born = os.environ.get("PRACTICE_BORN", "")
    return [
        *(sys.executable, "-m", "tamizdat.sandbox.practice"),
        *("--port", str(here.port + 1)),
        *("--database", str(home / "data" / "practice.sqlite3")),
        *("--key-file", str(home / "keys" / "practice.key")),
        *("--events-to", f"{scheme}://{_local(here.host)}:{here.port}/events/practice/"),
        *(("--clock", born) if born else ()),
    ]


def _local(host: str) -> str:
    """How this machine calls itself when the server listens everywhere."""
    return "127.0.0.1" if host in ("0.0.0.0", "::", "") else host  # noqa: S104  compared, not bound


def where(newsroom: Configuration, home: Path, kind: str) -> str:
    """The one line that says where everything is."""
    paper = newsroom.paper
    scheme = "https" if paper.address.startswith("https") else "http"
    desk = f"{scheme}://{paper.desk_host}" if paper.desk_host else paper.address
    return f"{paper.name} ({kind}): paper {paper.address}/  desk {desk}/desk/  folder {home}  (Ctrl-C stops it)"


@contextmanager
def only_once(home: Path) -> Iterator[None]:
    """Two supervisors on one folder would start two workers in one slot. Raises Refusal for the second."""
    with (home / "data" / "serve.lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise Refusal(f"This newsroom is already being served, by process {file.read().strip()}.") from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def require_free_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Refusal(
                f"Port {port} of {host} cannot be opened ({error.strerror}); stop what uses it, "
                f"or choose another with [server] port in newsroom.toml or PORT={port + 10}."
            ) from None


def _prepare() -> str:
    """Bring the database and the baked files up to date, in a process that then gives its memory back."""
    done = subprocess.run([*ME, "prepare"], stdout=subprocess.PIPE, text=True)  # noqa: S603  our own command
    if done.returncode:
        raise Refusal("The newsroom could not be made ready; the lines above say why.")
    return done.stdout.split()[-1]


class Supervisor:
    """Keeps its children alive until it is told to stop, and outlives all of them."""

    def __init__(self, children: Sequence[Child], greeting: str) -> None:
        self.children, self.greeting = children, greeting
        self.stops = 0
        # A signal that comes while we sleep is a byte in this pipe, and ends the sleep.
        self.reader, self.writer = os.pipe()
        os.set_blocking(self.writer, False)

    def run(self) -> None:
        signal.set_wakeup_fd(self.writer, warn_on_full_buffer=False)
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, self._stop)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        print(self.greeting, flush=True)  # noqa: T201  the one line
        while not self.stops:
            now = time.monotonic()
            for child in self.children:
                child.keep_alive(now)
            self._sleep(min([LOOK_SECONDS, *(child.wait(now) for child in self.children)]))
        self._end()

    def _stop(self, *_: object) -> None:
        self.stops += 1

    def _sleep(self, seconds: float) -> None:
        if select.select([self.reader], [], [], max(0.0, seconds))[0]:
            os.read(self.reader, 4096)

    def _end(self) -> None:
        """Let running work finish, up to a limit; asked twice, do not wait."""
        for child in self.children:
            child.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        while any(child.is_alive() for child in self.children):
            if self.stops > 1 or time.monotonic() > deadline:
                break
            self._sleep(LOOK_SECONDS)
        for child in self.children:
            with suppress(ProcessLookupError):
                child.kill()

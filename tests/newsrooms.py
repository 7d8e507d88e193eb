"""A whole newsroom for a test: founded by `tamizdat new`, served by `tamizdat serve`, asked over HTTP."""

import atexit
import os
import secrets
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import psycopg

POSTGRESQL = "postgres://postgres@127.0.0.1:5432"
DATABASES = ["sqlite", "postgresql"]
UNFINISHED = "SELECT 1 FROM django_tasks_database_dbtaskresult WHERE status IN ('READY', 'RUNNING')"


def free_port() -> int:
    """A port whose neighbour is free too: the practice company stands next door.

    Below those that the system lends to whoever connects somewhere: a demo opens its own a minute after it is chosen.
    """
    while True:
        port = 20_000 + secrets.randbelow(10_000)
        with suppress(OSError), socket.socket() as one, socket.socket() as other:
            one.bind(("127.0.0.1", port))
            other.bind(("127.0.0.1", port + 1))
            return port


def has_postgresql() -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", 5432)) == 0


@dataclass
class Newsroom:
    home: Path
    port: int
    database_url: str = ""
    login: str = "admin"
    password: str = ""
    process: subprocess.Popen | None = field(default=None, repr=False)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        clean = {k: v for k, v in os.environ.items() if k not in {"TAMIZDAT_HOME", "PORT", "DATABASE_URL"}}
        if self.database_url:
            clean["DATABASE_URL"] = self.database_url
        return {**clean, "TAMIZDAT_HOME": str(self.home), "PORT": str(self.port)}

    def run(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """One `tamizdat` command in this newsroom."""
        return subprocess.run(
            [sys.executable, "-m", "tamizdat", *arguments],
            env=self.environment, capture_output=True, text=True, check=check, timeout=120,
        )  # fmt: skip

    def shell(self, code: str) -> str:
        """What a line of Python prints inside the newsroom."""
        return self.run("shell", "--no-imports", "--command", code).stdout.strip()

    def rows(self, sql: str) -> list[tuple]:
        """What the database answers, without waking the product."""
        if not self.database_url:
            with closing(sqlite3.connect(self.home / "data" / "paper.sqlite3", timeout=30)) as file:
                return file.execute(sql).fetchall()
        with psycopg.connect(self.database_url) as line:
            return line.execute(sql).fetchall()  # type: ignore[arg-type]

    def write(self, sql: str) -> None:
        """Change the database behind the product's back."""
        if self.database_url:
            with psycopg.connect(self.database_url) as line:
                line.execute(sql)  # type: ignore[arg-type]
        else:
            with closing(sqlite3.connect(self.home / "data" / "paper.sqlite3", timeout=30)) as file, file:
                file.execute(sql)

    def wait_until_idle(self) -> None:
        """Until nothing is left to do for the oven or for a worker: what was to be seen of a change is there."""
        waiting = f"SELECT 1 FROM bakery_touch UNION ALL {UNFINISHED}"
        wait_until(lambda: self.rows(waiting) == [], "the work to be done", seconds=60)

    def start(self, *arguments: str) -> subprocess.Popen:
        """A `tamizdat` command that goes on; it writes to serve.log."""
        with open(self.home / "serve.log", "ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "tamizdat", *arguments], env=self.environment, stdout=log, stderr=log
            )

    @contextmanager
    def serving(self, *options: str, opens: str = "/") -> Iterator["Newsroom"]:
        """Serve it; it is ready when the page `opens` answers."""
        self.process = self.start("serve", *options)
        try:
            try:
                wait_until(lambda: status(self.address + opens) == 200, f"{opens} to open", seconds=60)
            except AssertionError as error:
                error.add_note(self.log)
                raise
            yield self
        finally:
            self.process.terminate()
            self.process.wait(20)

    @property
    def log(self) -> str:
        return (self.home / "serve.log").read_text("utf-8", "replace")


@contextmanager
def founded(folder: Path, database: str = "sqlite", *, kind: str = "training", extra: str = "") -> Iterator[Newsroom]:
    """A fresh newsroom in `folder`, on SQLite or on a fresh PostgreSQL database of its own."""
    model = _model(database, kind)
    made = Newsroom(folder / "paper", free_port(), password=model.password)
    shutil.copytree(model.home, made.home)
    if model.database_url:
        made.database_url = _new_database(template=model.database_url.rpartition("/")[2])
    toml = made.home / "newsroom.toml"
    said = toml.read_text("utf-8").replace(str(model.port), str(made.port))
    toml.write_text(f"{said}\n{extra}" if extra else said, "utf-8")
    if kind == "training":
        made.write(f"UPDATE wagtailcore_site SET port = {made.port}")
    try:
        yield made
    finally:
        _drop_database(made.database_url)


@cache
def _model(database: str, kind: str) -> Newsroom:
    """One that `tamizdat new` founded, for this process to copy: its tables take longer than most tests."""
    folder = Path(tempfile.mkdtemp(prefix="newsroom-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    newsroom = Newsroom(folder / "paper", free_port(), _new_database() if database == "postgresql" else "")
    atexit.register(_drop_database, newsroom.database_url)
    address = newsroom.address if kind == "training" else "https://gazette.example"
    command = [sys.executable, "-m", "tamizdat", "new", str(newsroom.home), f"--{kind}", "--name", "The Test Gazette"]
    made = subprocess.run(
        [*command, "--address", address, "--email", "desk@gazette.example"],
        env=newsroom.environment, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert made.returncode == 0, made.stdout + made.stderr
    newsroom.password = made.stdout.split(" with ")[1].split()[0]
    return newsroom


def _new_database(template: str = "template1") -> str:
    name = f"walk_{secrets.token_hex(4)}"
    _on_server(f"CREATE DATABASE {name} TEMPLATE {template}")
    return f"{POSTGRESQL}/{name}"


def _drop_database(url: str) -> None:
    if url:
        _on_server(f"DROP DATABASE IF EXISTS {url.rpartition('/')[2]} WITH (FORCE)")


def _on_server(sql: str) -> None:
    with psycopg.connect(f"{POSTGRESQL}/postgres", autocommit=True) as line:
        line.execute(sql)  # type: ignore[arg-type]


def letters(newsroom: Newsroom, address: str) -> str:
    """The training letters to an address, as text."""
    kept = newsroom.rows('SELECT "to", text FROM letters_trainingletter ORDER BY id')
    return "\n---\n".join(text for to, text in kept if address in to)


def status(url: str) -> int:
    """The HTTP status of a page, 0 when nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return int(error.code)
    except OSError:
        return 0


def wait_until(is_so, what: str, *, seconds: float = 30) -> None:
    """Look again until it is so; say what was waited for when it never is."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if is_so():
            return
        time.sleep(0.1)
    raise AssertionError(f"waited {seconds} s in vain for {what}")

"""What a company knows, in one SQLite file: objects as JSON, answers under their keys, events to be told."""

from __future__ import annotations

import json
import secrets
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tamizdat.sandbox.company import pacing

Thing = dict[str, Any]

TABLES = """
PRAGMA journal_mode=WAL;
CREATE TABLE IF NOT EXISTS clock (ahead INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS things (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, at INTEGER NOT NULL, said TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS of_a_kind ON things (kind, number);
CREATE INDEX IF NOT EXISTS of_a_customer ON things (kind, said ->> 'customer', number);
CREATE INDEX IF NOT EXISTS of_a_charge ON things (kind, said ->> 'charge', number);
CREATE INDEX IF NOT EXISTS due ON things (kind, said ->> '_due') WHERE said ->> '_due' IS NOT NULL;
CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, question TEXT NOT NULL, status INTEGER, body TEXT);
CREATE TABLE IF NOT EXISTS deliveries (
    number INTEGER PRIMARY KEY, event TEXT NOT NULL, due REAL NOT NULL, tries INTEGER NOT NULL DEFAULT 0, heard REAL
);
CREATE TABLE IF NOT EXISTS requests (number INTEGER PRIMARY KEY, method TEXT, path TEXT, body TEXT);
"""


def shown(value: Any) -> Any:
    """The thing as anybody may see it: what begins with _ is the company's own."""
    if isinstance(value, list):
        return [shown(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {name: shown(item) for name, item in value.items() if not name.startswith("_")}


class Store:
    """One piece of work at a time; what fails leaves nothing."""

    address = ""  # where payers find the company
    mischief: Callable[[], float] | None = None  # the dice that make events late or double; None: each once

    def __init__(self, path: Path | str) -> None:
        self._lock = threading.RLock()
        self._file = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=30)
        self._file.executescript(TABLES)
        self._file.execute("INSERT INTO clock SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM clock)")

    @contextmanager
    def work(self) -> Iterator[None]:
        """All that is written within stands, or none of it."""
        with self._lock:
            if self._file.in_transaction:
                yield
                return
            self._file.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._file.execute("ROLLBACK")
                raise
            self._file.execute("COMMIT")

    # Time

    def now(self) -> int:
        """The company's time, in seconds since 1970."""
        return int(time.time()) + self.ahead()

    def ahead(self) -> int:
        """How far the company's time is ahead of everybody's."""
        ((ahead,),) = self._rows("SELECT ahead FROM clock")
        return int(ahead)

    def set_clock(self, to: int) -> None:
        self._rows("UPDATE clock SET ahead = ?", to - int(time.time()))

    # Things

    def add(self, kind: str, prefix: str, /, **said: Any) -> Thing:
        """A new thing whose id begins with `prefix`."""
        thing = {"id": f"{prefix}_{secrets.token_hex(12)}", "object": kind, "created": self.now(), **said}
        self._rows(
            "INSERT INTO things (id, kind, at, said) VALUES (?, ?, ?, ?)",
            *(thing["id"], kind, thing["created"], json.dumps(thing)),
        )
        return thing

    def change(self, thing: Thing, **said: Any) -> Thing:
        """The thing, changed for good."""
        thing |= said
        self._rows("UPDATE things SET said = ? WHERE id = ?", json.dumps(thing), thing["id"])
        return thing

    def get(self, id: str) -> Thing | None:
        found = self._rows("SELECT said FROM things WHERE id = ?", id)
        return json.loads(found[0][0]) if found else None

    def find(self, kind: str, **equal: Any) -> list[Thing]:
        """All things of that kind with these values, newest first."""
        where = "".join(f" AND said ->> '{name}' = ?" for name in equal)
        asked = f"SELECT said FROM things WHERE kind = ?{where} ORDER BY number DESC"  # noqa: S608 (names are ours, values are bound)
        rows = self._rows(asked, kind, *equal.values())
        return [json.loads(said) for (said,) in rows]

    def page(
        self, kind: str, *, limit: int, before: str = "", after: str = "", **equal: Any
    ) -> tuple[list[Thing], bool]:
        """Newest first: those older than `after`, or the next newer than `before`; and whether there are more."""
        where, values = "kind = ?", [kind]
        for name, value in equal.items():
            where += f" AND said ->> '{name}' = ?"
            values.append(value)
        if after:
            where += " AND number < (SELECT number FROM things WHERE id = ?)"
            values.append(after)
        if before:
            where += " AND number > (SELECT number FROM things WHERE id = ?)"
            values.append(before)
        order = "ASC" if before else "DESC"
        asked = f"SELECT said FROM things WHERE {where} ORDER BY number {order} LIMIT ?"  # noqa: S608 (names are ours, values are bound)
        rows = self._rows(asked, *values, limit + 1)
        found = [json.loads(said) for (said,) in rows[:limit]]
        return (found[::-1] if before else found), len(rows) > limit

    def first_due(self, kind: str, by: int) -> Thing | None:
        """The thing whose hour `_due` came first, if it has come."""
        found = self._rows(
            "SELECT said FROM things WHERE kind = ? AND said ->> '_due' <= ? ORDER BY said ->> '_due', number LIMIT 1",
            *(kind, by),
        )
        return json.loads(found[0][0]) if found else None

    def catch_up(self, acts: Mapping[str, Callable[[Store, Thing], object]]) -> None:
        """Let all that has fallen due by now happen, by kind, each at its own hour, in order."""
        until = self.now()
        while due := [thing for kind in acts if (thing := self.first_due(kind, until))]:
            first = min(due, key=lambda thing: int(thing["_due"]))
            self.set_clock(first["_due"])
            acts[first["object"]](self, first)
        self.set_clock(until)

    # Answers

    def once(self, key: str, question: str, act: Callable[[], tuple[int, Thing]]) -> tuple[int, Thing] | None:
        """Act and keep the answer; the same key and question get it again. None: another question had this key."""
        kept = self._rows("SELECT question, status, body FROM answers WHERE key = ?", key)
        if kept:
            return (kept[0][1], json.loads(kept[0][2])) if kept[0][0] == question else None
        status, body = act()
        self._rows("INSERT INTO answers VALUES (?, ?, ?, ?)", key, question, status, json.dumps(body))
        return status, body

    # Events

    def tell(self, event: str) -> None:
        """The event is due to be told: at once, or as the dice say, in real seconds."""
        for delay in pacing.delivery_delays(self.mischief):
            self._rows("INSERT INTO deliveries (event, due) VALUES (?, ?)", event, time.time() + delay)

    def untold(self) -> list[tuple[int, str, int]]:
        """What is due to be told now: delivery, event, tries; oldest first."""
        return self._rows(
            "SELECT number, event, tries FROM deliveries "
            "WHERE heard IS NULL AND due <= ? ORDER BY due, number LIMIT 50",
            time.time(),
        )

    def heard(self, delivery: int) -> None:
        self._rows("UPDATE deliveries SET heard = ? WHERE number = ?", time.time(), delivery)

    def tell_later(self, delivery: int, seconds: float) -> None:
        self._rows("UPDATE deliveries SET tries = tries + 1, due = ? WHERE number = ?", time.time() + seconds, delivery)

    def waiting(self) -> int:
        """How many deliveries have not been heard."""
        return self._rows("SELECT count(*) FROM deliveries WHERE heard IS NULL")[0][0]

    # Requests

    def note(self, method: str, path: str, body: str) -> None:
        """Keep what was asked, for whoever checks it."""
        self._rows("INSERT INTO requests (method, path, body) VALUES (?, ?, ?)", method, path, body)

    def noted(self) -> list[tuple[str, str, str]]:
        return self._rows("SELECT method, path, body FROM requests ORDER BY number")

    def _rows(self, statement: str, *values: Any) -> list[Any]:
        with self._lock:
            return self._file.execute(statement, values).fetchall()

"""Opening a company in a process of its own: where it stands, whom it tells, and when it goes."""

from __future__ import annotations

import argparse
import signal
import threading
from pathlib import Path
from random import Random
from typing import Any

from tamizdat.sandbox.company import door, telling
from tamizdat.sandbox.company.parent import die_with_parent
from tamizdat.sandbox.company.store import Store


def options(code: str, *, keys: tuple[str, str], port: int, more: dict[str, str] | None = None) -> argparse.Namespace:
    """What was said when it was started; keys and port are what is taken when nothing was. `more` are options of this
    company alone, with what they are for."""
    parser = argparse.ArgumentParser(prog=f"python -m tamizdat.sandbox.{code}")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=port, help="0 takes a free one")
    parser.add_argument("--address", default="", help="where payers find it, if not at host and port")
    parser.add_argument("--database", type=Path, required=True, help="the company's own SQLite file")
    parser.add_argument("--key", default=keys[0], help="the key that the shop asks with")
    parser.add_argument("--secret", default=keys[1], help="what its events are signed with")
    parser.add_argument("--events-to", default="", help="the address that its events are posted to")
    parser.add_argument("--seed", type=int, help="makes some events late or double")
    for name, what in (more or {}).items():
        parser.add_argument(name, default="", help=what)
    return parser.parse_args()


def attend(name: str, company: Any, store: Store, options: argparse.Namespace) -> None:
    """Answer and tell until the process is asked to go, or whoever started it has gone."""
    die_with_parent()
    if options.seed is not None:
        store.mischief = Random(options.seed).random  # noqa: S311 (dice, no secret)
    opened = door.Door(company, host=options.host, port=options.port)
    store.address = options.address or f"http://{options.host}:{opened.server_port}"
    stop = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stop.set())
    if options.events_to:
        told = (store, options.events_to, company.sign, stop)
        threading.Thread(target=telling.run, args=told, daemon=True).start()
    print(f"the make-believe {name} stands at {store.address}", flush=True)  # noqa: T201 (its one line says where)
    door.attend(opened, stop)

"""Opens a make-believe Stripe in its own process, with its own file."""

from __future__ import annotations

import argparse
import signal
import threading
from collections.abc import Sequence
from pathlib import Path
from random import Random

from tamizdat.sandbox.company import door, telling
from tamizdat.sandbox.company.parent import die_with_parent
from tamizdat.sandbox.company.store import Store
from tamizdat.sandbox.stripe import api, events
from tamizdat.sandbox.stripe.company import Stripe


def main(arguments: Sequence[str] | None = None) -> None:
    die_with_parent()
    options = _parser().parse_args(arguments)
    events.mischief = None if options.seed is None else Random(options.seed).random  # noqa: S311 (dice, no secret)
    company = Stripe(Store(options.database), key=options.key, secret=options.secret)
    api.found(company.store, options.events_to)
    opened = door.Door(company, host=options.host, port=options.port)
    company.store.address = options.address or f"http://{options.host}:{opened.server_port}"
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    if options.events_to:
        told = (company.store, options.events_to, company.sign, stop)
        threading.Thread(target=telling.run, args=told, daemon=True).start()
    print(f"the make-believe Stripe stands at {company.store.address}", flush=True)  # noqa: T201 (its one line says where)
    door.attend(opened, stop)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tamizdat.sandbox.stripe", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8002, help="0 takes a free one")
    parser.add_argument("--address", default="", help="where payers find it, if not at host and port")
    parser.add_argument("--database", type=Path, required=True, help="the company's own SQLite file")
    parser.add_argument("--key", default="sk_test_sandbox", help="the key that the shop asks with")
    parser.add_argument("--secret", default="whsec_sandbox", help="what its events are signed with")
    parser.add_argument("--events-to", default="", help="the address that its events are posted to")
    parser.add_argument("--seed", type=int, help="makes some events late or double")
    return parser


if __name__ == "__main__":
    main()

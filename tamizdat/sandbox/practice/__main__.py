"""Opens the practice company in its own process, with its own settings and its own file."""

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import django
from django.core.management import call_command
from django.core.management.base import CommandError

from tamizdat.sandbox.company.parent import die_with_parent


def main(arguments: Sequence[str] | None = None) -> None:
    die_with_parent()
    options = _parser().parse_args(arguments)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "tamizdat.sandbox.practice.settings",
        "PRACTICE_DATABASE": str(options.database),
        "PRACTICE_KEY_FILE": str(options.key_file),
        "PRACTICE_EVENTS_TO": options.events_to,
    }
    os.environ.pop("PRACTICE_MISCHIEF_SEED", None)
    if not options.calm:
        os.environ["PRACTICE_MISCHIEF_SEED"] = str(options.seed)
    django.setup()
    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    try:
        call_command("practice_company", host=options.host, port=options.port, clock=options.clock)
    except CommandError as error:
        sys.exit(str(error))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tamizdat.sandbox.practice", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8001, help="0 takes a free one")
    parser.add_argument("--database", type=Path, required=True, help="the company's own SQLite file")
    parser.add_argument("--key-file", type=Path, required=True, help="the key it shares with the shop")
    parser.add_argument("--events-to", required=True, help="the address that its events are posted to")
    parser.add_argument("--seed", type=int, default=1, help="decides which events come late or twice")
    parser.add_argument("--calm", action="store_true", help="each event once and in order")
    parser.add_argument("--clock", type=_moment, help="the time it is at birth, like 2026-05-01T09:00:00+00:00")
    return parser


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise argparse.ArgumentTypeError("the time lacks its zone, like +00:00")
    return moment


if __name__ == "__main__":
    main()

"""`tamizdat tallies`: what pages counted, as CSV that says nothing about a few."""

import csv
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tamizdat.asks.rules.counting import sheet
from tamizdat.asks.tally_queries import tallies


class Command(BaseCommand):
    help = (
        "Write day (UTC), source, event and n as CSV, then a total of all days. Every n is to the nearest ten; "
        "below ten it is withheld and stays empty."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="first", metavar="2026-01-01", help="the first day; else from the beginning")
        parser.add_argument("--to", dest="last", metavar="2026-01-31", help="the last day; else to the end")

    def handle(self, *args: Any, first: str | None, last: str | None, **options: Any) -> None:
        written = csv.writer(self.stdout, lineterminator="\n")
        written.writerow(["day", "source", "event", "n"])
        written.writerows(sheet(tallies(first=_day(first), last=_day(last))))


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise CommandError(f"“{text}” is no day: write it like 2026-01-31.") from None

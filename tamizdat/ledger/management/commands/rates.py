"""`tamizdat rates`: what money in other currencies was worth, by the European Central Bank."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tamizdat.ledger import actions
from tamizdat.ledger.rules.rates import BadRates


class Command(BaseCommand):
    help = "Take the European Central Bank's reference rates: eurofxref.zip of the last day, or eurofxref-hist.zip."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="the file as downloaded, a ZIP or the CSV in it; - to read it from a pipe")

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        try:
            new = actions.take_rates(sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes())
        except OSError as error:
            raise CommandError(f"The file cannot be read: {error}") from None
        except BadRates as error:
            raise CommandError(f"No rate was taken. {error}.") from None
        self.stdout.write(f"{new} rates are new.")

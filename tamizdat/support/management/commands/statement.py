"""`tamizdat statement FILE`: a bank's statement, for whoever exports it by a machine."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tamizdat.support import actions, queries


class Command(BaseCommand):
    help = "Bring a bank's statement (CAMT.053): book what names a gift. Each row counts once, however often it comes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the XML file; - reads standard input")
        parser.add_argument("--company", default="bank_transfer", help="whose statement it is")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            raw = sys.stdin.buffer.read() if str(options["file"]) == "-" else options["file"].read_bytes()
            taken = actions.take_statement(provider=options["company"], raw=raw, by="command line")
        except (OSError, actions.BadStatement, actions.UnknownCompany) as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{taken.rows} rows, {taken.new} new, {taken.gifts} booked.")
        if waiting := len(queries.unclear()):
            self.stdout.write(f"{waiting} wait at the desk for somebody to say whose they are.")

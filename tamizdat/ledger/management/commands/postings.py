"""`tamizdat postings`: the whole books, or some months of them, as CSV."""

import csv
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tamizdat.ledger import queries
from tamizdat.ledger.queries import PostingRow
from tamizdat.months import Month

COLUMNS = [
    "entry", "key", "date", "month", "what", "account",
    "amount_minor", "currency", "amount", "reverses",
]  # fmt: skip


class Command(BaseCommand):
    help = "Write every posting as CSV: one a line, with its entry; amounts in minor units and as decimals."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="first", metavar="2026-01", help="the first month; else from the beginning")
        parser.add_argument("--to", dest="last", metavar="2026-11", help="the last month; else to the end")

    def handle(self, *args: Any, first: str | None, last: str | None, **options: Any) -> None:
        months = [_month(text) for text in (first, last)]
        sheet = csv.writer(self.stdout, lineterminator="\n")
        sheet.writerow(COLUMNS)
        sheet.writerows(_cells(row) for row in queries.postings(*months))


def _month(text: str | None) -> Month | None:
    try:
        return Month.parse(text) if text else None
    except ValueError as error:
        raise CommandError(str(error)) from None


def _cells(row: PostingRow) -> list[object]:
    money = row.amount
    return [
        row.entry, row.key, row.on, Month.of(row.on), row.what, row.account,
        money.minor, money.currency, money.decimal(), row.reverses or "",
    ]  # fmt: skip

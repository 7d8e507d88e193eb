"""`tamizdat journal`: the books as a plain-text journal that beancount reads and checks."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from tamizdat.ledger import journal


class Command(BaseCommand):
    help = "Write the whole books as a beancount journal; `bean-check FILE` then checks them independently of us."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--title", default="The books", help="what the journal is called")

    def handle(self, *args: Any, title: str, **options: Any) -> None:
        for line in journal.lines(title):
            self.stdout.write(line)

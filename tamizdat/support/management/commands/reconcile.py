"""`tamizdat reconcile`: our books beside the payment companies' own statements."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from tamizdat.support import actions, queries


class Command(BaseCommand):
    help = (
        "Read every company's statement, book what no event told, and say what disagrees; exit 1 when something does."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        heard = actions.hear_again(now)
        actions.reconcile(now)
        self.stdout.write(f"{heard} events had not been delivered.")
        for code, at in queries.reconciled().items():
            self.stdout.write(f"{code}: compared {at:%Y-%m-%d %H:%M}.")
        differences = queries.differences()
        for one in differences:
            self.stdout.write(f"{one.company}, {one.kind}, {one.ref}: {one.said}")
        if differences:
            sys.exit(1)

"""`tamizdat work`."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from tamizdat.server import jobs


class Command(BaseCommand):
    help = "Run one worker: the queue, the clock, and what dead workers left."
    # A worker that died is back sooner without them; `tamizdat check` makes them.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--slot", default="", help="a name that no other worker uses: a restart gives back what it held"
        )

    def handle(self, *, slot: str, **_: Any) -> None:
        jobs.work(slot=slot, data=settings.DATA)

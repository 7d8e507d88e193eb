"""`tamizdat serve` begins with this: make the newsroom ready and say what kind it is."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from tamizdat.dashboard import actions as dashboard
from tamizdat.newsroom import queries as newsroom
from tamizdat.server import preparing


class Command(BaseCommand):
    help = "Migrate, collect the desk's files, touch pages that are behind; prints the kind."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--founding", action="store_true", help="the newsroom has no stamp and no pages yet")

    def handle(self, *, founding: bool, **_: Any) -> None:
        preparing.prepare()
        if not founding:
            dashboard.make_new_roles()
            preparing.touch_pages_if_behind()
            self.stdout.write(newsroom.kind().value)

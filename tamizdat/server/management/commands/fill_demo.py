"""Steps of `tamizdat demo`: the content before it is served, the gifts while it is."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from tamizdat.demo import building, gifts
from tamizdat.server.showing import LOGINS, UNFINISHED


class Command(BaseCommand):
    help = "Fill the newsroom with the demo's content, or with its gifts (called by `tamizdat demo`)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--gifts", action="store_true", help="let the supporters give; the paper must be served")

    def handle(self, *, gifts: bool, **_: Any) -> None:
        if gifts:
            self._give()
        else:
            self._build()

    def _build(self) -> None:
        (settings.HOME / UNFINISHED).write_text(gifts.beginning(timezone.now()).isoformat())
        logins = building.fill(say=lambda line: self.stdout.write(line))
        lines = [f"{name}: log in as {name} with {password}" for name, password in logins.items()]
        (settings.HOME / LOGINS).write_text("\n".join(lines) + "\n")
        (settings.HOME / LOGINS).chmod(0o600)

    def _give(self) -> None:
        count = gifts.give(now=timezone.now())
        (settings.HOME / UNFINISHED).unlink()
        self.stdout.write(f"Half a year of gifts is in the books: {count} payments.")

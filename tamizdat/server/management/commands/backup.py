"""`tamizdat backup DIR`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from tamizdat.server.backup import back_up


class Command(BaseCommand):
    help = "Copy database, pictures and configuration into DIR, while the newsroom is being served."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument("--keys", type=Path, metavar="DIR2", help="copy the keys too, to another place")

    def handle(self, *, folder: Path, keys: Path | None, **_: Any) -> None:
        done = back_up(
            home=settings.HOME,
            into=folder,
            keys_into=keys,
            database=settings.DATABASES["default"],
            now=timezone.now(),
        )
        self.stdout.write(f"Backed up to {done}")
        if keys is None:
            self.stdout.write("The keys are not in it. Once, and after any change: --keys and another place.")
        else:
            self.stdout.write(f"Keys copied to {keys / done.name}")

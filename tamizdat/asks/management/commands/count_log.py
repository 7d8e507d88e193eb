"""`tamizdat count_log`: what a proxy has written down of /counts/ is added to the sums, once."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tamizdat.asks.counting import read_log


class Command(BaseCommand):
    help = (
        "Add up the lines “POST /counts/…” of a log: the common or combined format, or one without addresses "
        '(an ISO time or day, then "the request"). What was read before is not counted again.'
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            with file.open("rb") as lines:
                reading = read_log(lines)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
        ignored = reading.ignored
        self.stdout.write(f"{reading.lines - ignored.total()} of {reading.lines} lines counted.")
        for reason, lines_ignored in sorted(ignored.items()):
            self.stdout.write(f"Ignored, {reason}: {lines_ignored}")
        for one, n in sorted(reading.sums.items(), key=lambda item: (item[0].day, item[0].source, item[0].event)):
            self.stdout.write(f"{one.day} {one.source} {one.event}: {n}")

"""`tamizdat bake`: the whole paper, or some of its paths, now."""

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tamizdat.bakery import actions, oven


class Command(BaseCommand):
    help = "Bake the whole paper, or the site paths named (like /news/), and say what was written."
    requires_system_checks = ()  # a correction waits for this

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="*", help="site paths, like /news/; none is the whole paper")
        parser.add_argument("--touched", action="store_true", help="only what was touched; a worker's press is this")

    def handle(self, *args: Any, **options: Any) -> None:
        self.parent = os.getppid()
        for path in options["paths"]:
            try:
                oven.site_file(path)
            except ValueError:
                raise CommandError(f"{path} is no site path: write it as it stands in the paper, like /news/") from None
        if not options["touched"]:
            actions.touch(paths=frozenset(options["paths"]) or None)
        written: list[str] = []
        build = actions.bake_touched(told=written.append, step=self._step)
        if options["verbosity"] > 1:
            self.stdout.write("\n".join(written))
        self.stdout.write(f"Build {build}: {len(written)} files written." if build else "Nothing has changed.")

    def _step(self, done: int, of: int) -> None:
        if os.getppid() != self.parent:
            raise SystemExit("Whoever asked for this bake has gone; the next one goes on from here.")
        if self.stdout.isatty():
            self.stdout.write(f"\r{done} of {of} batches", ending="" if done < of else "\n")
            self.stdout.flush()

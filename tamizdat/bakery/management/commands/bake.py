"""`tamizdat bake`: the whole paper, or some of its paths, now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tamizdat.bakery import actions


class Command(BaseCommand):
    help = "Bake the whole paper, or the site paths named (like /news/), and say what was written."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="*", help="site paths, like /news/; none is the whole paper")

    def handle(self, *args: Any, **options: Any) -> None:
        actions.touch(paths=frozenset(options["paths"]) or None)
        written: list[str] = []
        build = actions.bake_touched(told=written.append)
        if options["verbosity"] > 1:
            self.stdout.write("\n".join(written))
        self.stdout.write(f"Build {build}: {len(written)} files written." if build else "Nothing has changed.")

"""`tamizdat push`: bring every mirror to the latest build, now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tamizdat.mirrors import actions


class Command(BaseCommand):
    help = "Bring every mirror that is behind to the latest build."

    def handle(self, *args: Any, **options: Any) -> None:
        problems = actions.push_due()
        if problems:
            raise CommandError("\n".join(problems))
        self.stdout.write("Every mirror holds the latest build.")

"""`tamizdat doctor`: whether all is well, in sentences."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from tamizdat.dashboard import queries
from tamizdat.support import queries as support


class Command(BaseCommand):
    help = "Ask every room, the queue, the keys and the disk whether all is well; exit 1 when not."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--providers", action="store_true", help="ask the payment companies instead: keys, mode, account, webhook"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        findings = support.provider_findings() if options["providers"] else queries.findings()
        for sentence in findings or ["All is well."]:
            self.stdout.write(sentence)
        if findings:
            sys.exit(1)

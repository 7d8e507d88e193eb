"""`tamizdat test_letter ADDRESS`: write one letter at once and say what the mail server answered."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from tamizdat.letters.addresses import read_address
from tamizdat.letters.failures import NotSent
from tamizdat.letters.models import new_message_id
from tamizdat.letters.rendering import compose
from tamizdat.letters.rules import BadAddress
from tamizdat.newsroom import queries as newsroom


class Command(BaseCommand):
    help = "Send a letter to ADDRESS at once, to see whether [post] in newsroom.toml is right."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address")

    def handle(self, *args: Any, address: str, **options: Any) -> None:
        try:
            compose(
                "test",
                to=read_address(address),
                language=newsroom.configuration().paper.language,
                context={},
                message_id=new_message_id(),
                written_at=timezone.now(),
            ).send()
        except BadAddress as error:
            raise CommandError(str(error)) from None
        except NotSent as error:
            raise CommandError(f"The letter did not leave: {error}. {error.answer}".strip()) from None
        if newsroom.is_training():
            self.stdout.write("A training newsroom sends nothing: the letter is in the mailbox on the desk.")
        else:
            self.stdout.write(f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT} took the letter; see the mailbox.")

"""Delivering one letter: claim, send outside any transaction, say how it ended."""

import logging
from datetime import datetime
from uuid import UUID

from tamizdat.letters import seals
from tamizdat.letters.failures import NotSent
from tamizdat.letters.models import Address, Letter
from tamizdat.letters.post import is_set_up
from tamizdat.letters.rendering import compose
from tamizdat.letters.rules import Outcome, next_try

logger = logging.getLogger(__name__)


def deliver(letter_id: UUID, *, now: datetime) -> bool:
    """Send the letter if it is due and nobody holds it; True when it left.

    Safe twice. Who dies between sending and marking sends it again, under the same Message-ID.
    """
    if not is_set_up() or not Letter.claim(letter_id, now=now):
        return False
    letter = Letter.objects.select_related("recipient").get(id=letter_id)
    address = Address.objects.filter(recipient=letter.recipient_id).first()
    if not address or letter.sealed_context is None:
        letter.end(Outcome.DROPPED, now=now)
        return False
    try:
        _send(letter, address)
    except NotSent as failure:
        _fail(letter, str(failure), is_final=failure.is_final, now=now)
        return False
    except Exception as error:  # a faulty template must not stop the post; its words may quote secrets
        _fail(letter, f"it could not be written: {type(error).__name__}", is_final=False, now=now)
        return False
    letter.end(Outcome.SENT, now=now)
    return True


def _send(letter: Letter, address: Address) -> None:
    compose(
        letter.kind,
        to=seals.open_address(address.sealed),
        language=letter.recipient.language,
        context=seals.open_context(letter.sealed_context),
        message_id=letter.message_id,
        written_at=letter.written_at,
    ).send()


def _fail(letter: Letter, why: str, *, is_final: bool, now: datetime) -> None:
    Letter.objects.filter(id=letter.id).update(last_failure=why[:200])
    again = None if is_final else next_try(letter.tries, now=now)
    if again:
        letter.wait(again)
        logger.warning("Letter %s (%s), try %s: %s", letter.id, letter.kind, letter.tries, why)
    else:
        letter.end(Outcome.REFUSED if is_final else Outcome.GIVEN_UP, now=now)
        logger.error("Letter %s (%s) given up after %s tries: %s", letter.id, letter.kind, letter.tries, why)

"""Whose a transfer is that names no gift: a person says it, with what resembles it before them."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from difflib import SequenceMatcher

from django.db import transaction
from django.db.models import QuerySet

from tamizdat.newsroom import queries as newsroom
from tamizdat.support import checkout
from tamizdat.support.brought import by_hand, known
from tamizdat.support.giver import keys
from tamizdat.support.models import Contribution, Movement, PayersWords, Reference, RefundRequest, SetAside
from tamizdat.support.rules.contract import Cadence, Instructions
from tamizdat.support.rules.statements import StatementReader
from tamizdat.support.rules.values import Resembling, Unclear

WORDS_KEPT = timedelta(days=60)
AT_ONCE = 50  # transfers, on one screen
LOOKED_AT, SHOWN = 300, 5  # gifts that wait; of them, with each transfer
ALIKE = 0.75  # of a reference's letters


class NotPlaced(ValueError):
    """The transfer cannot be that gift's; the message says why."""


def unclear() -> list[Unclear]:
    """What came and nobody has placed, oldest first, each with the gifts that it may be."""
    rows = list(_unplaced().select_related("words")[:AT_ONCE])
    waiting = {code: [*_waiting(code), *_refunds(code)] for code in {row.provider for row in rows}}
    return [_unclear(row, waiting[row.provider]) for row in rows]


def provider_of(movement: int) -> str:
    """Raises LookupError when it has been placed."""
    return _one(movement).provider


@transaction.atomic
def place(movement: int, ref: str, *, by: str) -> None:
    """It is the gift's of that reference, or the refund's: what left carried it out, what came was sent back.

    Raises NotPlaced; LookupError when it has been placed.
    """
    row = _in_turn(movement)
    gift, refund = _refund(row.provider, ref) or (ref, "")
    if not Reference.objects.filter(provider=row.provider, ref=gift).exists():
        raise NotPlaced("nothing of ours has this reference: compare it letter by letter")
    known.place([(row, gift, refund)], by=by)
    PayersWords.objects.filter(movement=row).delete()


def _refund(provider: str, ref: str) -> tuple[str, str] | None:
    asked = RefundRequest.objects.filter(payment__provider=provider, provider_id=ref).exclude(provider_id="").first()
    return (asked.ref, ref) if asked else None


def found(movement: int, reader: StatementReader, *, by: str, address: str = "") -> None:
    """It is a gift that nobody had begun here, of whoever has that address. Raises NotPlaced, LookupError, BadAddress.

    Nothing is done to one that has been placed.
    """
    row = _one(movement)
    if row.amount_minor < 0:
        raise NotPlaced("this went from the account: it is no gift")
    promise = checkout.Promise(
        amount=row.amount,
        cadence=Cadence.ONCE,
        provider=row.provider,
        source="",
        language=newsroom.configuration().paper.language,
        address=address,
        reply_token="",
    )
    gift = checkout.write_down(promise, uuid.uuid5(uuid.NAMESPACE_OID, f"{row.provider} {row.row_id}"), lambda: None)
    ref = reader.new_ref(gift.pk)
    checkout.keep(gift.attempt, Instructions(ref, ()))
    place(movement, ref, by=by)


@transaction.atomic
def set_aside(movement: int, *, by: str) -> None:
    """It is no gift. Raises LookupError when it has been placed."""
    row = _in_turn(movement)
    SetAside.objects.create(movement=row, by=by)
    PayersWords.objects.filter(movement=row).delete()


def forget_words(now: datetime) -> int:
    """Erase who paid and what they wrote, of what nobody has placed for sixty days; of how many."""
    return PayersWords.objects.filter(at__lt=now - WORDS_KEPT).delete()[0]


def _unplaced() -> QuerySet[Movement]:
    return Movement.objects.filter(placement=None, set_aside=None)


def _one(movement: int) -> Movement:
    """Raises LookupError."""
    row = _unplaced().filter(pk=movement).first()
    if row is None:
        raise LookupError("this transfer has been placed, or there is none")
    return row


def _in_turn(movement: int) -> Movement:
    """The same while nobody else places anything of its provider's. Raises LookupError."""
    known.in_turn(_one(movement).provider)
    return _one(movement)  # another may have been first


def _waiting(code: str) -> list[Resembling]:
    """Gifts by which nothing has come, newest first."""
    gifts = Contribution.objects.filter(provider=code, payments=None, reference__isnull=False)
    newest = gifts.select_related("reference").order_by("-created_at")[:LOOKED_AT]
    return [Resembling(one.reference.ref, one.amount, newsroom.today(one.created_at)) for one in newest]


def _refunds(code: str) -> list[Resembling]:
    return [Resembling(one.ref, -one.amount, one.came) for one in by_hand.to_transfer([code])]


def _unclear(row: Movement, waiting: list[Resembling]) -> Unclear:
    payer, text = _words(row)
    written = "".join(text.upper().split())
    possible = [one for one in waiting if (one.amount.minor > 0) == (row.amount_minor > 0)]
    alike = [one for one in possible if _alike(one.ref, written) >= ALIKE]
    equal = [one for one in possible if one.amount == row.amount and one not in alike]
    return Unclear(row.pk, row.amount, newsroom.today(row.at), payer, text, (*alike, *equal)[:SHOWN])


def _words(row: Movement) -> tuple[str, str]:
    """Who paid and what they wrote; empty once it is forgotten."""
    kept = getattr(row, "words", None)
    return (keys.open_text(bytes(kept.sealed_payer)), keys.open_text(bytes(kept.sealed_text))) if kept else ("", "")


def _alike(ref: str, written: str) -> float:
    """How much of a reference stands in what was written, in its order."""
    if not written:
        return 0.0
    blocks = SequenceMatcher(None, ref, written, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size > 1) / len(ref)

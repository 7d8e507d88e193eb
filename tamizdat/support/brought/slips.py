"""Gifts in cash and by cheque: whoever takes one in writes it down, with a picture; whoever gives one back says so."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from tamizdat.money import Money
from tamizdat.newsroom import queries as newsroom
from tamizdat.support.brought import by_hand, known
from tamizdat.support.giver import keys
from tamizdat.support.models import Evidence, Movement, Placement, Reference, RefundRequest, Slip
from tamizdat.support.rules.evidence import Way, kind_of
from tamizdat.support.rules.values import Slipped

NOON = time(12)


@transaction.atomic(durable=True)
def write(provider: str, amount: Money, *, day: date, way: Way, picture: bytes, by: str, key: UUID) -> int:
    """The movement, new or written down under that key before. Raises BadEvidence."""
    kind_of(picture)
    known.in_turn(provider)
    noon = datetime.combine(day, NOON, ZoneInfo(newsroom.configuration().paper.time_zone))
    row, is_new = Movement.objects.get_or_create(
        provider=provider,
        row_id=key.hex,
        defaults={"amount_minor": amount.minor, "currency": amount.currency, "at": min(noon, timezone.now())},
    )
    if is_new:
        slip = Slip.objects.create(movement=row, way=way, by=by)
        Evidence.objects.create(slip=slip, sealed=keys.seal_bytes(picture))
    return row.pk


@transaction.atomic(durable=True)
def gave_back(provider: str, refund: str, *, by: str) -> bool:
    """Somebody has handed it back; False: somebody had said so. Raises LookupError."""
    known.in_turn(provider)
    asked = RefundRequest.objects.filter(payment__provider=provider, provider_id=refund).exclude(provider_id="")
    if not asked.exists():
        raise LookupError("no such refund is to be handed back")
    waiting = next((one for one in by_hand.to_transfer([provider]) if one.ref == refund), None)
    if waiting is None or not by_hand.carried_out([provider], refund, by=by):
        return False
    row = Movement.objects.create(
        provider=provider,
        row_id=uuid.uuid5(uuid.NAMESPACE_OID, refund).hex,
        amount_minor=-waiting.amount.minor,
        currency=waiting.amount.currency,
        at=timezone.now(),
    )
    known.place([(row, waiting.gift, refund)], by=by)
    return True


def of_gift(provider: str, ref: str) -> list[Slipped]:
    """What was written down of a gift, first first."""
    rows = Slip.objects.filter(movement__provider=provider, movement__placement__ref=ref).select_related("evidence")
    return [Slipped(row.pk, Way(row.way), row.by, row.at, hasattr(row, "evidence")) for row in rows.order_by("at")]


def evidence(slip: int) -> tuple[bytes, str]:
    """The picture and its kind. Raises LookupError when it has been erased, or secret.key was changed."""
    kept = Evidence.objects.filter(slip=slip).first()
    raw = keys.open_bytes(bytes(kept.sealed)) if kept else b""
    if not raw:
        raise LookupError("there is no picture any more")
    return raw, kind_of(raw)


def forget(gifts: list[Reference]) -> None:
    """Erase the pictures of these gifts: a cheque names who signed it."""
    for one in gifts:
        placed = Placement.objects.filter(movement__provider=one.provider, ref=one.ref)
        Evidence.objects.filter(slip__movement__placement__in=placed).delete()

"""Taking a statement that a person brought: each row once, whatever is brought again."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from tamizdat.newsroom import queries as newsroom
from tamizdat.support.brought import by_hand, known
from tamizdat.support.giver import keys
from tamizdat.support.models import BroughtStatement, Movement, PayersWords, Reference
from tamizdat.support.rules import statements
from tamizdat.support.rules.values import Taken

AT_ONCE = 500


@transaction.atomic
def take(provider: str, rows: Sequence[statements.Movement], *, by: str) -> Taken:
    """Keep what is new: what names a gift of ours is that gift's. What else came waits for a person; and what else
    left, where a refund of that amount is waited for."""
    known.in_turn(provider)
    awaited = {-one.amount for one in by_hand.to_transfer([provider])}
    ours = [one for start in range(0, len(rows), AT_ONCE) for one in _new(provider, rows[start : start + AT_ONCE])]
    ours = [one for one in ours if one.ref or one.amount.minor > 0 or one.amount in awaited]
    kept = Movement.objects.bulk_create(
        Movement(
            provider=provider, row_id=one.id, amount_minor=one.amount.minor, currency=one.amount.currency, at=one.at
        )
        for one in ours
    )
    placed = [(row, one.ref, one.refund) for row, one in zip(kept, ours, strict=True) if one.ref]
    known.place(placed, by="")
    unclear = [(row, one) for row, one in zip(kept, ours, strict=True) if not one.ref]
    PayersWords.objects.bulk_create(_words(row, one) for row, one in unclear)
    last = max((newsroom.today(one.at) for one in rows), default=None)
    BroughtStatement.objects.create(provider=provider, by=by, rows=len(rows), new=len(kept), last_day=last)
    return Taken(rows=len(rows), new=len(kept), gifts=len(placed), unclear=len(unclear))


def _new(provider: str, rows: Sequence[statements.Movement]) -> list[statements.Movement]:
    """Those that were not brought before; one that names a gift which is not on record names none."""
    there = Movement.objects.filter(provider=provider, row_id__in=[one.id for one in rows])
    before = set(there.values_list("row_id", flat=True))
    refs = Reference.objects.filter(provider=provider, ref__in={one.ref for one in rows})
    on_record = set(refs.values_list("ref", flat=True))
    return [row if row.ref in on_record else _unnamed(row) for row in rows if row.id not in before]


def _words(row: Movement, said: statements.Movement) -> PayersWords:
    payer, text = keys.seal_text(said.payer), keys.seal_text(said.text)
    return PayersWords(movement=row, sealed_payer=payer, sealed_text=text)


def _unnamed(row: statements.Movement) -> statements.Movement:
    return statements.Movement(row.id, row.amount, row.at, payer=row.payer, text=row.text)

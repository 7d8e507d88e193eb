"""Booking: the only way in. Everything is added, nothing is edited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import partial
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from tamizdat.ledger import closing, ecb, exchange, queries
from tamizdat.ledger.models import Cost, CostEnd, Entry, MonthClose, Posting, Rate
from tamizdat.ledger.rules.costs import BadCost, check_cost, check_end
from tamizdat.ledger.rules.entries import AlreadyReversed, KeyReused, Line, check_close, check_entry, opposite
from tamizdat.ledger.signals import costs_changed, rates_taken
from tamizdat.money import Money
from tamizdat.months import Month


def post(*, key: str, on: date, what: str, lines: Sequence[Line], reverses: str | None = None) -> UUID:
    """Book an entry on the day `on` (the newsroom's) and return its id; all of it or nothing.

    The same key with the same lines books once, from any number of connections: the day and the words of
    the first stand. `reverses` is the key of an entry that this one takes back; each is taken back once.
    Raises BadEntry (KeyReused, UnknownEntry, AlreadyReversed among them), naming the field and the remedy.
    """
    check_entry(key=key, on=on, what=what, lines=lines)
    entry = Entry(
        key=key,
        on=on,
        what=what,
        reverses_id=queries.entry_id(reverses) if reverses else None,
        posting_count=len(lines),
    )
    try:
        with transaction.atomic():
            return _seal(entry, lines)
    except IntegrityError:
        if known := _known(key, lines):
            return known
        if reverses and Entry.objects.filter(reverses=entry.reverses_id).exists():
            raise AlreadyReversed(f"reverses: “{reverses}” is already reversed; post a new entry instead") from None
        raise


def _seal(entry: Entry, lines: Sequence[Line]) -> UUID:
    """Postings first, their entry last: the database checks them at that moment and closes them."""
    Posting.objects.bulk_create(
        Posting(
            entry=entry,
            on=entry.on,
            account=line.account,
            amount_minor=line.amount.minor,
            currency=line.amount.currency,
        )
        for line in lines
    )
    entry.save(force_insert=True)
    return entry.id


def _known(key: str, lines: Sequence[Line]) -> UUID | None:
    entry = Entry.objects.filter(key=key).first()
    if entry is None:
        return None
    if Counter(queries.lines(key)) != Counter(lines):
        raise KeyReused(f"key: “{key}” already stands for another entry; use a new key, or reverse that one")
    return entry.id


@transaction.atomic
def reverse(*, key: str, of: str, on: date, what: str) -> UUID:
    """Take back the entry whose key is `of`, line by line, on the day `on`, saying why. Idempotent by key.

    Raises UnknownEntry, AlreadyReversed, BadEntry.
    """
    return post(key=key, on=on, what=what, lines=opposite(queries.lines(of)), reverses=of)


@transaction.atomic
def add_cost(*, names: dict[str, str], amount: Money, first: Month, by: str) -> UUID:
    """A new monthly cost from `first` on, `names` being language → name. Raises BadCost."""
    check_cost(names=names, amount=amount, by=by)
    cost = Cost.objects.create(
        names=names, amount_minor=amount.minor, currency=amount.currency, first=first.first_day, by=by
    )
    _announce()
    return cost.id


@transaction.atomic
def end_cost(*, cost: UUID, last: Month, by: str) -> None:
    """The cost is in force up to and including `last`; once, for good.

    The month before its first takes it back: it was a mistake and was never in force. Raises BadCost.
    """
    check_end(queries.cost(cost), last)
    try:
        with transaction.atomic():
            CostEnd.objects.create(cost_id=cost, last=last.first_day, by=by)
    except IntegrityError:  # somebody else ended it since we looked
        raise BadCost("last: this cost has just been ended; look again") from None
    _announce()


@transaction.atomic
def change_cost(*, cost: UUID, amount: Money, first: Month, by: str) -> UUID:
    """From `first` on the cost is another amount: the old ends the month before. Returns the new one's id."""
    end_cost(cost=cost, last=first - 1, by=by)
    return add_cost(names=dict(queries.cost(cost).names), amount=amount, first=first, by=by)


@transaction.atomic
def close_month(*, month: Month, today: date, by: str) -> None:
    """From now on the month and all before it take no entry; what comes late is dated after it. Raises BadClose."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # nobody may be writing into the month while its totals are taken
            cursor.execute("LOCK TABLE ledger_entry IN SHARE ROW EXCLUSIVE MODE")
    check_close(month, today=today, closed=queries.closed_until())
    now = closing.totals(month, month)[month]
    MonthClose.objects.create(month=month.first_day, by=by, posting_count=now.postings, totals=now.sums)


def take_rates(raw: bytes) -> int:
    """Keep the reference rates of the European Central Bank's file; how many are new. Raises BadRates.

    What is known stands, and so does what a closed month came to: a rate of a day in it is left out.
    """
    closed = queries.closed_until()
    new = exchange.keep(ecb.read(raw), (closed + 1).first_day if closed else None)
    if new:
        transaction.on_commit(partial(rates_taken.send_robust, sender=Rate))
    return new


def _announce() -> None:
    transaction.on_commit(partial(costs_changed.send_robust, sender=Cost))

"""Fills the books of the newsroom that this process stands in, and asks them: the same for the same number.

Rows are written many at a time, with every trigger of the database armed: each entry is sealed as booking seals it.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from random import Random
from statistics import median
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction

from tamizdat.dashboard import queries as desk
from tamizdat.ledger import actions as books
from tamizdat.ledger import queries as ledger
from tamizdat.ledger.models import Entry, Posting
from tamizdat.money import Money
from tamizdat.months import Month
from tamizdat.support import queries as support
from tamizdat.support.models import Attempt, Contribution, Name, Payment, Reference
from tamizdat.support.rules.gifts import payment_lines

SEED, ASKED = 20261128, 30
FIRST, LAST = date(2021, 10, 1), date(2026, 9, 30)
A_GIFT = 12  # payments of each gift
AT_ONCE = 400 * A_GIFT
LETTERS = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ0123456789"


def fill(entries: int) -> None:
    """So many payments with their entries, spread over five years, of a twelfth as many gifts."""
    dice = Random(SEED)
    books.add_cost(names={"en": "All"}, amount=Money(10**9, "USD"), first=Month.of(FIRST), by="bench")
    begun = 0
    while begun < entries:
        count = min(AT_ONCE if begun else A_GIFT, entries - begun)
        with transaction.atomic():
            _fill(dice, count)
        begun += count
        if connection.vendor == "postgresql" and begun <= 20 * AT_ONCE:
            connection.cursor().execute("ANALYZE")
    if connection.vendor == "postgresql":  # what its autovacuum does where rows come one by one
        connection.cursor().execute("VACUUM ANALYZE")


def _fill(dice: Random, count: int) -> None:
    gifts = [_gift(dice) for _ in range(-(-count // A_GIFT))]
    Contribution.objects.bulk_create(gifts)
    Attempt.objects.bulk_create(Attempt(contribution=gift, due_at=None, redirect_url="x") for gift in gifts)
    references = [Reference(contribution=gift, provider="practice", ref=_name(dice, "cs_")) for gift in gifts]
    Reference.objects.bulk_create(references)
    payments = [_payment(dice, gifts[number // A_GIFT]) for number in range(count)]
    Payment.objects.bulk_create(payments)
    called = [(one.contribution, one.ref) for one in references] + [
        (one.contribution, one.provider_id) for one in payments
    ]
    Name.objects.bulk_create(Name(contribution=gift, text=text) for gift, text in called)
    booked = [(Entry(key=one.entry_key, on=one.day, what="Gift", posting_count=3), one) for one in payments]
    Posting.objects.bulk_create(
        Posting(entry=entry, on=entry.on, account=line.account, amount_minor=line.amount.minor, currency="USD")
        for entry, one in booked
        for line in payment_lines("practice", gross=one.gross, settled=one.settled, fee=one.fee)
    )
    Entry.objects.bulk_create(entry for entry, _ in booked)


def _gift(dice: Random) -> Contribution:
    return Contribution(
        form_key=uuid4(), amount_minor=dice.randrange(200, 10_000), currency="USD", cadence="monthly",
        provider="practice", source="", language="en", key_hash=f"{dice.getrandbits(256):064x}",
    )  # fmt: skip


def _payment(dice: Random, gift: Contribution) -> Payment:
    day = FIRST + timedelta(days=dice.randrange((LAST - FIRST).days + 1))
    return Payment(
        contribution=gift, provider="practice", provider_id=_name(dice, "ch_"), gross_minor=gift.amount_minor,
        fee_minor=gift.amount_minor * 3 // 100 + 30, currency="USD", day=day,
        settled_minor=gift.amount_minor, settled_currency="USD",
        paid_at=datetime(day.year, day.month, day.day, 12, tzinfo=UTC),
    )  # fmt: skip


def _name(dice: Random, kind: str) -> str:
    return kind + "".join(dice.choices(LETTERS, k=24))


def ask() -> str:
    """What each question takes, as JSON: the median and the longest of thirty, in milliseconds."""
    dice = Random(SEED)
    months = list(Month.of(FIRST).until(Month.of(LAST)))
    last = Payment.objects.order_by("-pk").values_list("pk", flat=True)[0]
    payments = list(Payment.objects.filter(pk__in=dice.sample(range(1, last + 1), ASKED)))
    found = {
        "gap": _times(lambda: ledger.gap(dice.choice(months), "USD"), times=ASKED),
        "search": _times(*[_search(one.contribution_id, one.provider_id[-8:]) for one in payments]),
        "search_middle": _times(*[_search(one.contribution_id, one.provider_id[9:15]) for one in payments]),
        "receipt": _times(*[_search(one.contribution_id, one.receipt_number) for one in payments]),
        "amount_and_day": _times(*[lambda p=one: support.find_gifts(amount=p.gross, day=p.day) for one in payments]),
        "latest": _times(support.find_gifts, times=ASKED),
        "close": _times(*[lambda m=month: _close(m) for month in months[:-1]]),
        "doctor": _times(desk.findings),
    }
    return json.dumps(found)


def _search(gift: UUID, piece: str) -> Callable[[], None]:
    def search() -> None:
        assert gift in [one.id for one in support.find_gifts(ref=piece)], f"{piece} does not find {gift}"

    return search


def _close(month: Month) -> None:
    books.close_month(month=month, today=date(2026, 11, 28), by="bench")


def _times(*asked: Callable[[], Any], times: int = 1) -> dict[str, float]:
    spent = []
    for question in asked * times:
        begun = time.perf_counter()
        question()
        spent.append((time.perf_counter() - begun) * 1000)
    return {"median_ms": round(median(spent), 2), "longest_ms": round(max(spent), 2), "asked": len(spent)}

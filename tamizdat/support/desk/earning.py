"""What came of which asks: new gifts and money, by day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce, TruncDate

from tamizdat.ledger import queries as ledger
from tamizdat.money import Money
from tamizdat.newsroom import queries as newsroom
from tamizdat.support.models import Payment, Return
from tamizdat.support.rules.values import Earned


def by_day(sources: Collection[str] | None) -> list[Earned]:
    """A gift counts with its first payment, unless that was given back whole; money less what went back of it."""
    went_back = Return.objects.filter(payment=OuterRef("pk")).order_by().values("payment")
    back = Subquery(went_back.annotate(n=Sum("amount_minor")).values("n"))
    cost = Subquery(went_back.annotate(n=Sum(F("settled_minor") + F("fee_minor"))).values("n"))
    before = Q(paid_at__lt=OuterRef("paid_at")) | Q(paid_at=OuterRef("paid_at"), pk__lt=OuterRef("pk"))
    earlier = Payment.objects.filter(before, contribution=OuterRef("contribution"))
    by = ("on", "contribution__source", "settled_currency")
    wanted = {} if sources is None else {"contribution__source__in": sources}
    found = (
        Payment.objects.filter(**wanted)
        .annotate(on=TruncDate("paid_at", tzinfo=UTC), back=Coalesce(back, 0), cost=Coalesce(cost, 0))
        .order_by(*by)
        .values(*by)
        .annotate(
            gifts=Count("pk", filter=Q(~Exists(earlier), back__lt=F("gross_minor"))),
            minor=Sum(F("settled_minor") - F("fee_minor") - F("cost")),
        )
    )
    rows = [
        Earned(row["on"], row["contribution__source"], row["gifts"], Money(row["minor"], row["settled_currency"]))
        for row in found
    ]
    return _together(rows, newsroom.configuration().giving.currency)


def _together(rows: list[Earned], ours: str) -> list[Earned]:
    """In our currency at the rate of each day; what no rate is known of stays in its own, beside ours."""
    currencies = {row.money.currency for row in rows} | {ours}
    if currencies == {ours}:
        return rows
    rates = ledger.rates(currencies, rows[0].day, rows[-1].day)
    sums: dict[tuple[date, str, str], Earned] = {}
    for row in rows:
        money = rates.exchange(row.money, ours, row.day) or row.money
        key = (row.day, row.source, money.currency)
        before = sums.get(key) or Earned(row.day, row.source, 0, Money(0, money.currency))
        sums[key] = Earned(row.day, row.source, before.gifts + row.gifts, before.money + money)
    return list(sums.values())

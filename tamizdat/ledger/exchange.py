"""Reference rates on record, and what a month raised in other currencies than the newsroom's."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import DateField, Min, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from tamizdat.ledger import models
from tamizdat.ledger.rules.rates import Elsewhere, Rate, Rates, elsewhere
from tamizdat.money import Money
from tamizdat.months import Month

COUNTED = Q(account__startswith="income:") | Q(account="expenses:fees")
BATCH = 5_000


def raised_elsewhere(month: Month, currency: str) -> list[Elsewhere]:
    """What the month raised in each other currency, by its code, earliest letter first."""
    others = [code for code in _currencies() if code != currency]
    if not others:
        return []
    dated = models.Posting.objects.filter(COUNTED, currency__in=others, on__range=(month.first_day, month.last_day))
    moved: dict[str, dict[date, Money]] = {}
    for code, on, minor in dated.order_by().values_list("currency", "on").annotate(sum=Sum("amount_minor")):
        if minor:
            moved.setdefault(code, {})[on] = Money(-minor, code)
    known = rates({currency, *moved}, month.first_day, month.last_day)
    return [elsewhere(moved[code], currency, known) for code in sorted(moved)]


def _currencies() -> Iterator[str]:
    """Those that were ever posted in, one look into the index for each: to list them would read all of it."""
    last = ""
    while last := models.Posting.objects.filter(currency__gt=last).aggregate(next=Min("currency"))["next"] or "":
        yield last


def rates(currencies: Collection[str], first: date, last: date) -> Rates:
    """What is known of these for every day from `first` to `last`, with the last rates from before."""
    return Rates({currency: _published(currency, first, last) for currency in currencies})


def _published(currency: str, first: date, last: date) -> list[Rate]:
    known = models.Rate.objects.filter(currency=currency)
    before = known.filter(on__lt=first).order_by("-on").values("on")[:1]  # one look, however long the history is
    since = Coalesce(Subquery(before), Value(first), output_field=DateField())
    rows = known.filter(on__gte=since, on__lte=last).order_by("on")
    return [Rate(currency, row.on, Decimal(row.per_euro)) for row in rows]


@transaction.atomic
def keep(told: Collection[Rate], since: date | None) -> int:
    """Add those that are not known yet, from the day `since` on; how many."""
    known = set(models.Rate.objects.values_list("currency", "on"))
    new = {(rate.currency, rate.on): rate for rate in told if since is None or rate.on >= since}
    missing = [rate for key, rate in new.items() if key not in known]
    rows = (models.Rate(on=rate.on, currency=rate.currency, per_euro=str(rate.per_euro)) for rate in missing)
    models.Rate.objects.bulk_create(rows, batch_size=BATCH)
    return len(missing)

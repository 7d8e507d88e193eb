"""Whether the till agrees with the books and owes nobody anything."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from django.db.models import F, Sum
from django.utils import timezone

from tamizdat.ledger import queries as ledger
from tamizdat.money import Money
from tamizdat.newsroom import queries as newsroom
from tamizdat.support import companies, outages
from tamizdat.support.brought import by_hand
from tamizdat.support.giver import keys
from tamizdat.support.models import (
    Attempt,
    Cancellation,
    Damaged,
    Difference,
    Errand,
    Event,
    Forgetting,
    Payment,
    Reconciliation,
    RefundRequest,
    Return,
    SealedKey,
    StatementRow,
    Wish,
)
from tamizdat.support.rules.gifts import STATED

PATIENCE = timedelta(hours=1)
UNRECONCILED = timedelta(hours=36)
ERRANDS: tuple[type[Errand], ...] = (Event, Cancellation, RefundRequest, Wish, Forgetting, Attempt)


def complaints() -> list[str]:
    """A sentence for each thing that is wrong."""
    now = timezone.now()
    # A payment may come between the two sums: then a second look finds them equal.
    booked = _unbooked() and _unbooked()
    others = (_unsettled, _unforgotten, _unreconciled, _silent, _rates)
    return [*booked, *(said for ask in others for said in ask(now))]


def unreconciled(now: datetime) -> dict[str, datetime]:
    """The companies whose statement has not been compared for 36 hours, and since when."""
    found = {}
    for code in companies.codes_on():
        compared = Reconciliation.objects.filter(provider=code).order_by("-at").values_list("at", flat=True)
        recorded = Payment.objects.filter(provider=code).order_by("recorded_at").values_list("recorded_at", flat=True)
        since = compared.first() or recorded.first()
        if since and since < now - UNRECONCILED:
            found[code] = since
    return found


def _unreconciled(now: datetime) -> list[str]:
    """Statements that were not read for too long, and what was found in them."""
    said = [
        f"The statement of {code} has not been compared since {since:%Y-%m-%d %H:%M}: run `tamizdat reconcile` "
        "and read what it says."
        for code, since in unreconciled(now).items()
    ]
    said += by_hand.overdue(companies.by_statement(), now)
    if count := Difference.objects.filter(settled_at=None).count():
        said.append(f"{count} things differ between our books and the companies' statements: look at them on the desk.")
    return said


def _unbooked() -> list[str]:
    """Every company's account holds what its payments brought, less what went back and what was paid out."""
    held: Counter[tuple[str, str]] = Counter()
    sums = (
        (Payment.objects, "settled_currency", F("settled_minor") - F("fee_minor")),
        (Return.objects, "payment__settled_currency", -F("settled_minor") - F("fee_minor")),
        (StatementRow.objects.filter(kind__in=STATED), "currency", F("net_minor")),
    )
    for rows, currency, moved in sums:
        for provider, code, total in rows.order_by().values_list("provider", currency).annotate(total=Sum(moved)):
            held[provider, code] += total
    return [
        f"The books hold {booked} at {provider}, but its payments, refunds and disputes come to {counted}: "
        f"compare `tamizdat postings` with the payments before anything else is booked."
        for (provider, currency), minor in held.items()
        if (booked := ledger.balance(f"assets:{provider}", currency)) != (counted := Money(minor, currency))
    ]


def _unsettled(now: datetime) -> list[str]:
    said = []
    if count := Damaged.objects.count():
        said.append(f"{count} errands at payment companies were given up: look at them and replay them on the desk.")
    late = sum(kind.objects.filter(due_at__lt=now - PATIENCE).count() for kind in ERRANDS)
    if late:
        said.append(f"{late} errands at payment companies have been due for an hour: is `tamizdat work` running?")
    stale = sum(kind.objects.filter(leased_until__lt=now - PATIENCE).count() for kind in ERRANDS)
    if stale:
        said.append(f"{stale} errands are held by a lease that ran out: is `tamizdat work` running?")
    return said


def _rates(now: datetime) -> list[str]:
    """Of every currency that can be given one must be known that is not old."""
    giving = newsroom.configuration().giving
    known = ledger.worth(list(giving.prices), giving.currency, newsroom.today(now))
    missing = [one.currency for one in known if one.rate is None]
    old = [f"{one.currency} (of {one.rate_of})" for one in known if one.is_old]
    remedy = "bring the European Central Bank's file, on the desk or with `tamizdat rates FILE`."
    said = [f"No rate of {', '.join(missing)} is known, so that gifts in it do not count: {remedy}"] if missing else []
    return said + ([f"The last known rate is old of {', '.join(old)}: {remedy}"] if old else [])


def _silent(now: datetime) -> list[str]:
    return [
        f"{code} has not answered readers who wanted to give since {timezone.localtime(since):%Y-%m-%d %H:%M}, and is "
        "not offered while there is another way: see `tamizdat doctor --providers`."
        for code, since in outages.present(now).items()
    ]


def _unforgotten(now: datetime) -> list[str]:
    count = SealedKey.objects.filter(made_at__lt=now - keys.KEPT_FOR - timedelta(minutes=10)).count()
    return [f"{count} private addresses are kept longer than an hour: is `tamizdat work` running?"] if count else []

"""What the books say. Values out; nothing here writes."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet, Sum

from tamizdat.ledger import exchange, models, soundness
from tamizdat.ledger.exchange import COUNTED
from tamizdat.ledger.rules import costs as arithmetic
from tamizdat.ledger.rules.costs import BadCost, Cost, CostLine
from tamizdat.ledger.rules.entries import Line, UnknownEntry
from tamizdat.ledger.rules.rates import Elsewhere, Rates, Worth
from tamizdat.money import Money
from tamizdat.months import Month


def raised(month: Month, currency: str) -> Money:
    """Gifts − refunds − lost disputes − providers' fees, each in the month it is dated; may be negative.

    In accounts: the credits less the debits of income:* and expenses:fees. What a company exchanged counts as what it
    was exchanged for (income:exchange); the rest of what came in other currencies at the reference rate of its day.
    """
    dated = models.Posting.objects.filter(on__range=(month.first_day, month.last_day))
    others = (one.comes_to for one in raised_elsewhere(month, currency) if one.comes_to)
    return sum(others, start=-_sum(dated.filter(COUNTED), currency))


def raised_elsewhere(month: Month, currency: str) -> list[Elsewhere]:
    """What that includes of other currencies, and of which no rate is known."""
    return exchange.raised_elsewhere(month, currency)


def rates(currencies: Collection[str], first: date, last: date) -> Rates:
    """The reference rates known of these for the days from `first` to `last`."""
    return exchange.rates(currencies, first, last)


def worth(currencies: Collection[str], home: str, on: date) -> list[Worth]:
    """What one of each of these, but `home`, comes to in `home` on that day."""
    known = exchange.rates({*currencies, home}, on, on)
    return [known.worth(currency, home, on) for currency in currencies if currency != home]


def need(month: Month, currency: str) -> Money:
    """The costs in force that month, in that currency."""
    return arithmetic.need(all_costs(), month, currency)


def gap(month: Month, currency: str) -> Money:
    """Need − raised, never below zero."""
    return arithmetic.gap(need(month, currency), raised(month, currency))


def balance(account: str, currency: str) -> Money:
    """What the account holds over all time: debits − credits."""
    return _sum(models.Posting.objects.filter(account=account), currency)


def _sum(postings: QuerySet[models.Posting], currency: str) -> Money:
    total = postings.filter(currency=currency).aggregate(total=Sum("amount_minor"))["total"]
    return Money(total or 0, currency)


def costs(month: Month, language: str) -> list[CostLine]:
    """The costs in force that month, oldest first, named in that language (else English, else any)."""
    return [
        CostLine(id=cost.id, name=cost.name(language), amount=cost.amount, first=cost.first, last=cost.last)
        for cost in all_costs()
        if cost.is_in_force(month)
    ]


def all_costs() -> list[Cost]:
    """Every cost there ever was, ended and taken back ones too, oldest first: the history behind the need."""
    rows = models.Cost.objects.select_related("end").order_by("first", "created_at", "id")
    return [_cost(row) for row in rows]


def cost(id: UUID) -> Cost:
    """One cost. Raises BadCost when there is none."""
    row = models.Cost.objects.select_related("end").filter(id=id).first()
    if row is None:
        raise BadCost(f"cost: there is none with the id {id}; choose one from the list")
    return _cost(row)


def _cost(row: models.Cost) -> Cost:
    end = getattr(row, "end", None)
    return Cost(
        id=row.id,
        names=row.names,
        amount=Money(row.amount_minor, row.currency),
        first=Month.of(row.first),
        last=Month.of(end.last) if end else None,
        by=row.by,
        added_at=row.created_at,
        ended_by=end.by if end else "",
        ended_at=end.created_at if end else None,
    )


def entry_id(key: str) -> UUID:
    """The id of the entry with that key. Raises UnknownEntry."""
    found = models.Entry.objects.filter(key=key).values_list("id", flat=True).first()
    if found is None:
        raise UnknownEntry(f"key: no entry “{key}” is in the books; look it up with `tamizdat postings`")
    return found


def lines(key: str) -> list[Line]:
    """The lines of the entry with that key. Raises UnknownEntry."""
    postings = models.Posting.objects.filter(entry=entry_id(key)).order_by("account", "amount_minor")
    return [Line(p.account, Money(p.amount_minor, p.currency)) for p in postings]


@dataclass(frozen=True, slots=True)
class Closed:
    """A month that was closed: by whom, and when."""

    month: Month
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class PostingRow:
    """One posting with its entry, as exported; `reverses` is the id of the entry taken back."""

    entry: UUID
    key: str
    on: date
    what: str
    account: str
    amount: Money
    reverses: UUID | None


def postings(first: Month | None = None, last: Month | None = None) -> Iterator[PostingRow]:
    """Every posting from `first` to `last`, both included, by day and entry; all of them by default."""
    found = models.Posting.objects.select_related("entry")
    found = found.order_by("on", "entry__created_at", "entry", "account", "amount_minor")
    if first:
        found = found.filter(on__gte=first.first_day)
    if last:
        found = found.filter(on__lte=last.last_day)
    for row in found.iterator():
        yield PostingRow(
            entry=row.entry_id,
            key=row.entry.key,
            on=row.on,
            what=row.entry.what,
            account=row.account,
            amount=Money(row.amount_minor, row.currency),
            reverses=row.entry.reverses_id,
        )


def accounts() -> list[str]:
    """Every account that was ever posted to, by name."""
    return list(models.Posting.objects.order_by("account").values_list("account", flat=True).distinct())


def first_day() -> date | None:
    """The day of the first entry."""
    return models.Posting.objects.order_by("on").values_list("on", flat=True).first()


def closed_until() -> Month | None:
    """The last month that is closed; it and all before it take no entry."""
    last = models.MonthClose.objects.order_by("-month").values_list("month", flat=True).first()
    return Month.of(last) if last else None


def open_day(day: date) -> date:
    """The day itself, or the first after the months that are closed: where what comes late is booked."""
    closed = closed_until()
    return max(day, (closed + 1).first_day) if closed else day


def closes() -> list[Closed]:
    """The months that were closed one by one, latest first."""
    return [Closed(Month.of(row.month), row.by, row.at) for row in models.MonthClose.objects.order_by("-month")]


def self_checks() -> list[str]:
    """What is wrong with the books, a sentence each; empty when they are sound. Reads every posting."""
    return soundness.complaints()

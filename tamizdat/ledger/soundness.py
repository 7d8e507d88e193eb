"""Asking the books whether they are sound, also after somebody went behind the application's back."""

from collections.abc import Iterator

from django.db import connection
from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, Sum

from tamizdat.ledger import triggers
from tamizdat.ledger.closing import totals
from tamizdat.ledger.models import Entry, MonthClose, Posting
from tamizdat.months import Month


def complaints() -> list[str]:
    return [*_guards(), *_entries(), *_strays(), *_closes(), *_dangling()]


def _guards() -> Iterator[str]:
    if missing := triggers.missing(connection):
        yield (
            "The database no longer protects the books. "
            f"Missing, switched off or altered: {', '.join(missing)}. "
            "Find out who did it and why, compare the books with a backup, then put the triggers back."
        )


def _entries() -> Iterator[str]:
    """Every entry sums to zero, on its day, with as many postings as were sealed: all of them in one pass."""
    held = Entry.objects.annotate(
        found=Count("postings"), total=Sum("postings__amount_minor"),
        first=Min("postings__on"), last=Max("postings__on"),
        currency=Min("postings__currency"), other=Max("postings__currency"),
    )  # fmt: skip
    wrong = held.aggregate(
        unbalanced=Count("pk", filter=Q(total__lt=0) | Q(total__gt=0)),
        miscounted=Count("pk", filter=Q(found__lt=F("posting_count")) | Q(found__gt=F("posting_count"))),
        misdated=Count("pk", filter=Q(first__lt=F("on")) | Q(last__gt=F("on"))),
        mixed=Count("pk", filter=Q(currency__lt=F("other"))),
    )
    if wrong["mixed"]:  # each currency has to sum to zero by itself
        sums = Posting.objects.values("entry_id", "currency").annotate(total=Sum("amount_minor")).exclude(total=0)
        wrong["unbalanced"] = len(set(sums.values_list("entry_id", flat=True)))
    if count := wrong["unbalanced"]:
        yield f"Entries that do not sum to zero: {count}."
    if count := wrong["miscounted"]:
        yield f"Entries with more or fewer postings than were sealed: {count}."
    if count := wrong["misdated"]:
        yield f"Entries with postings dated on another day: {count}."


def _strays() -> Iterator[str]:
    if count := Posting.objects.filter(~Exists(Entry.objects.filter(id=OuterRef("entry_id")))).count():
        yield f"Postings that belong to no entry: {count}."


def _closes() -> Iterator[str]:
    """Closed months still come to what they came to then."""
    then = {Month.of(row.month): row.totals for row in MonthClose.objects.order_by("month")}
    now = totals(min(then), max(then)) if then else {}
    for month, sums in then.items():
        if now[month].sums != sums:
            yield f"The closed month {month} no longer comes to what it came to: compare it with a backup."


def _dangling() -> Iterator[str]:
    """SQLite enforces foreign keys per connection, and a raw shell has them off."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        tables = [row[0] for row in cursor.execute("PRAGMA foreign_key_check").fetchall()]
    for table in sorted(set(tables)):
        yield f"Rows of {table} that point at a row that does not exist: {tables.count(table)}."

"""Reading the sums of what pages counted."""

from datetime import date

from django.db.models import Sum

from tamizdat.asks.models import Tally
from tamizdat.asks.rules.counting import Counted


def tallies(*, first: date | None = None, last: date | None = None) -> dict[Counted, int]:
    """Sums of each UTC day from the first to the last, both included; None is no bound. By day, source and event."""
    rows = _between(first, last).order_by("day", "source", "event").values_list("day", "source", "event", "n")
    return {Counted(day, source, event): n for day, source, event, n in rows}


def totals(*, first: date | None = None, last: date | None = None) -> dict[str, dict[str, int]]:
    """By source, how often each of its events happened from the first UTC day to the last, both included."""
    found: dict[str, dict[str, int]] = {}
    rows = _between(first, last).order_by("source", "event").values_list("source", "event")
    for source, event, n in rows.annotate(Sum("n")):
        found.setdefault(source, {})[event] = n
    return found


def _between(first: date | None, last: date | None):
    days = {"day__gte": first, "day__lte": last}
    return Tally.objects.filter(**{name: day for name, day in days.items() if day})

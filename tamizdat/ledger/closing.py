"""What months come to: kept when one is closed, and compared ever after."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth

from tamizdat.ledger.models import Posting
from tamizdat.months import Month


@dataclass
class Totals:
    """How many postings a month has, and what they come to by “account currency”."""

    postings: int = 0
    sums: dict[str, int] = field(default_factory=dict)


def totals(first: Month, last: Month) -> dict[Month, Totals]:
    """Of every month from `first` to `last`, read once over; a month without postings has none."""
    dated = Posting.objects.filter(on__range=(first.first_day, last.last_day)).order_by()
    by = dated.annotate(month=TruncMonth("on")).values_list("month", "account", "currency")
    found: dict[Month, Totals] = defaultdict(Totals)
    for month, account, currency, total, count in by.annotate(sum=Sum("amount_minor"), count=Count("pk")):
        of = found[Month.of(month)]
        of.postings += count
        of.sums[f"{account} {currency}"] = total
    return found

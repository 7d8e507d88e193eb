"""A letter before a gift for a year is taken again: nobody should be surprised by it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from tamizdat.support import companies
from tamizdat.support.giver import changing, notes
from tamizdat.support.models import Contribution, Payment
from tamizdat.support.rules.contract import Cadence

AHEAD, YEAR = timedelta(days=14), timedelta(days=365)


def announce(now: datetime) -> int:
    """Write to whose yearly gift is due within two weeks, once for each year; how many letters are new."""
    later = Payment.objects.filter(contribution=OuterRef("contribution"), paid_at__gt=OuterRef("paid_at"))
    last = Payment.objects.filter(
        ~Exists(later),
        paid_at__gt=now - YEAR,
        paid_at__lte=now - YEAR + AHEAD,
        contribution__cadence=Cadence.ANNUAL,
        contribution__ending=None,
        contribution__cancellation=None,
    )
    last = last.exclude(contribution__provider__in=companies.asking()).select_related("contribution")
    last = last.prefetch_related("contribution__wishes")
    due = [(one, one.paid_at + YEAR) for one in last]
    return sum(notes.annual(one, at) for one, at in due if not _rests(one.contribution, at, now))


def _rests(gift: Contribution, due: datetime, now: datetime) -> bool:
    until = changing.paused_until(gift.wishes.all(), now)
    return until is not None and until > due

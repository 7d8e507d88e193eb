"""When the next payment is due of a gift of which nothing is taken by itself, and how often its giver is asked."""

from __future__ import annotations

from datetime import date, timedelta

from tamizdat.months import Month
from tamizdat.support.rules.contract import Cadence

MONTHS = {Cadence.MONTHLY: 1, Cadence.ANNUAL: 12}
# Letters about one payment, by the days since it was due; and when nobody waits for it any longer.
LETTERS = (timedelta(), timedelta(days=7), timedelta(days=21))
PATIENCE = timedelta(days=45)


def due_after(last: date, cadence: Cadence) -> date:
    """A month or a year later: the same day, or the last one of a month that is too short."""
    month = Month.of(last) + MONTHS[cadence]
    return month.first_day.replace(day=min(last.day, month.last_day.day))


def letters_by(today: date, due: date) -> int:
    """How many letters about a payment should have been written."""
    return sum(today - due >= after for after in LETTERS)

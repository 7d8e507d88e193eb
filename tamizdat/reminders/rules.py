"""Which day a reminder is for, when it is due, and when it is over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from tamizdat.months import Month

CONFIRM_WITHIN = timedelta(days=7)
KEEP_AT_MOST = timedelta(days=365)
MOST_A_DAY = 3


class When(StrEnum):
    NEXT_MONTH = "next-month"
    THREE_MONTHS = "three-months"
    DATE = "date"


class How(StrEnum):
    LETTER = "letter"
    CALENDAR = "calendar"


class Why(StrEnum):
    """Why a reminder was forgotten."""

    REMINDED = "reminded"
    GAVE = "gave"
    DECLINED = "declined"
    UNCONFIRMED = "unconfirmed"
    UNDELIVERED = "undelivered"
    TOO_OLD = "too_old"


# A letter's day leaves a few days of the year for which an address may be kept, should the post be slow.
_FURTHEST = {How.LETTER: timedelta(days=358), How.CALENDAR: timedelta(days=730)}


@dataclass(frozen=True, slots=True)
class Reminder:
    """What one reader asked for."""

    id: UUID
    on: date
    asked_at: datetime
    is_confirmed: bool


def day_for(when: When, *, today: date, chosen: date | None = None) -> date:
    """The day meant: the same day of a later month, or its last one; a chosen day as it is."""
    if when is When.DATE:
        if chosen is None:
            raise ValueError("no day was chosen")
        return chosen
    return _months_later(today, 1 if when is When.NEXT_MONTH else 3)


def first_day(*, today: date) -> date:
    """The earliest day that can be chosen: tomorrow."""
    return today + timedelta(days=1)


def last_day(how: How, *, today: date) -> date:
    """The latest day that can be chosen: two years on in a calendar, a little less than one by letter."""
    return today + _FURTHEST[how]


def due(reminders: Iterable[Reminder], *, today: date) -> list[Reminder]:
    """Confirmed reminders whose day has come, oldest first."""
    ready = [reminder for reminder in reminders if reminder.is_confirmed and reminder.on <= today]
    return sorted(ready, key=lambda reminder: reminder.on)


def day_of_letter(reminder: Reminder, *, today: date) -> date:
    """When the letter of a reminder confirmed today goes: on its day, or tomorrow when that is past."""
    return max(reminder.on, first_day(today=today))


def why_over(reminder: Reminder, *, now: datetime) -> Why | None:
    """Why a reminder that was not sent must be forgotten by now; None when it may stay."""
    age = now - reminder.asked_at
    if not reminder.is_confirmed and age >= CONFIRM_WITHIN:
        return Why.UNCONFIRMED
    return Why.TOO_OLD if age >= KEEP_AT_MOST else None


def _months_later(day: date, months: int) -> date:
    last = (Month.of(day) + months).last_day
    return last.replace(day=min(day.day, last.day))

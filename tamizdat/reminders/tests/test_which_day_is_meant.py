from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from tamizdat.reminders.rules import How, Reminder, When, Why, day_for, due, first_day, last_day, why_over

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = NOW.date()


def reminder(*, on=TODAY, asked_at=NOW, is_confirmed=True):
    return Reminder(uuid4(), on, asked_at, is_confirmed)


@pytest.mark.parametrize(
    ("when", "today", "day"),
    [
        (When.NEXT_MONTH, date(2026, 11, 23), date(2026, 12, 23)),
        (When.NEXT_MONTH, date(2026, 12, 31), date(2027, 1, 31)),
        (When.NEXT_MONTH, date(2027, 1, 31), date(2027, 2, 28)),
        (When.NEXT_MONTH, date(2028, 1, 31), date(2028, 2, 29)),
        (When.THREE_MONTHS, date(2026, 11, 30), date(2027, 2, 28)),
    ],
)
def test_a_later_month_means_the_same_day_or_its_last(when, today, day):
    assert day_for(when, today=today) == day


def test_a_chosen_day_is_taken_as_it_is():
    assert day_for(When.DATE, today=TODAY, chosen=date(2027, 3, 8)) == date(2027, 3, 8)


def test_a_chosen_day_must_be_chosen():
    with pytest.raises(ValueError, match="no day"):
        day_for(When.DATE, today=TODAY)


def test_the_first_day_is_tomorrow_and_the_last_two_years_on_or_a_year_by_letter():
    assert first_day(today=TODAY) == date(2026, 11, 24)
    assert last_day(How.CALENDAR, today=TODAY) == date(2028, 11, 22)
    assert date(2027, 11, 1) < last_day(How.LETTER, today=TODAY) < date(2027, 11, 23)


def test_confirmed_reminders_are_due_from_their_day_on_oldest_first():
    early, late = reminder(on=TODAY - timedelta(3)), reminder(on=TODAY)
    tomorrow, unconfirmed = reminder(on=TODAY + timedelta(1)), reminder(is_confirmed=False)
    assert due([late, tomorrow, unconfirmed, early], today=TODAY) == [early, late]


@pytest.mark.parametrize(
    ("days", "is_confirmed", "why"),
    [
        (6.99, False, None),
        (7, False, Why.UNCONFIRMED),
        (7, True, None),
        (364, True, None),
        (365, True, Why.TOO_OLD),
    ],
)
def test_nobodys_address_waits_for_ever(days, is_confirmed, why):
    old = reminder(asked_at=NOW - timedelta(days=days), is_confirmed=is_confirmed)
    assert why_over(old, now=NOW) is why

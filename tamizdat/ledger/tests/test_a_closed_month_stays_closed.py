"""A closed month takes no entry, from whomever; what comes late is dated after it, and doctor sees tampering."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from tamizdat.ledger import actions, queries
from tamizdat.ledger.models import MonthClose
from tamizdat.ledger.rules.entries import BadClose
from tamizdat.ledger.tests.books import entry, gift, posting, refused, usd
from tamizdat.months import Month

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)
TODAY = date(2026, 12, 3)


def close(month, today=TODAY):
    actions.close_month(month=month, today=today, by="Ada")


def test_nothing_more_is_booked_into_it_or_before_it():
    gift("one", on=date(2026, 11, 5))
    close(NOVEMBER)
    for day in (date(2026, 11, 30), date(2026, 11, 1), date(2026, 3, 1)):
        with pytest.raises(IntegrityError, match="closed"), transaction.atomic():
            gift(f"late {day}", on=day)
    gift("in time", on=date(2026, 12, 1))
    assert queries.raised(NOVEMBER, "USD") == usd(500)


def test_nor_by_somebody_with_a_shell():
    close(NOVEMBER)
    new = uuid4()
    assert refused(posting(new, 500), posting(new, -500), entry(new))


def test_what_comes_late_is_dated_on_the_first_day_after_it():
    assert queries.open_day(date(2026, 10, 7)) == date(2026, 10, 7)
    close(OCTOBER)
    assert queries.open_day(date(2026, 10, 7)) == date(2026, 11, 1)
    assert queries.open_day(date(2026, 11, 7)) == date(2026, 11, 7)


def test_the_same_key_still_books_once_after_its_month_was_closed():
    first = gift("one", on=date(2026, 10, 7))
    close(OCTOBER)
    assert gift("one", on=queries.open_day(date(2026, 10, 7))) == first


@pytest.mark.parametrize(
    ("month", "today", "words"),
    [(NOVEMBER, date(2026, 11, 30), "not over"), (OCTOBER, TODAY, "closed already"), (Month(2026, 9), TODAY, "closed")],
)
def test_a_month_is_closed_once_and_when_it_is_over(month, today, words):
    close(OCTOBER)
    with pytest.raises(BadClose, match=words):
        close(month, today)


def test_closing_cannot_be_undone():
    close(OCTOBER)
    assert refused("DELETE FROM ledger_monthclose")
    assert refused("UPDATE ledger_monthclose SET month = '2020-01-01'")
    assert [one.month for one in queries.closes()] == [OCTOBER]


def test_its_totals_are_kept_and_compared():
    gift("one", on=date(2026, 10, 7))
    close(OCTOBER)
    row = MonthClose.objects.get()
    assert row.posting_count == 2
    assert row.totals == {"assets:practice USD": 500, "income:gifts USD": -500}
    assert queries.self_checks() == []

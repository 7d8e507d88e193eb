from calendar import monthrange
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from tamizdat.sandbox.practice import rules

MOMENTS = st.integers(946_684_800, 4_102_444_800).map(lambda second: datetime.fromtimestamp(second, UTC))


def test_the_31st_becomes_the_last_day_and_comes_back():
    first = datetime(2024, 1, 31, 9, tzinfo=UTC)
    due = [rules.renewal(first, "monthly", number).date().isoformat() for number in range(5)]
    assert due == ["2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30", "2024-05-31"]


def test_a_leap_day_is_kept_on_the_last_of_february():
    first = datetime(2024, 2, 29, 9, tzinfo=UTC)
    due = [rules.renewal(first, "annual", number).date().isoformat() for number in (1, 3, 4)]
    assert due == ["2025-02-28", "2027-02-28", "2028-02-29"]


@given(MOMENTS)
def test_once_never_renews(first):
    assert rules.renewal(first, "once", 1) is None


@given(MOMENTS, st.integers(0, 400))
def test_a_monthly_renewal_is_that_many_months_later_on_the_same_day_or_the_last(first, number):
    due = rules.renewal(first, "monthly", number)
    assert (due.year - first.year) * 12 + due.month - first.month == number
    assert due.day == min(first.day, monthrange(due.year, due.month)[1])
    assert due.timetz() == first.timetz()


@given(MOMENTS, st.integers(0, 60))
def test_a_year_is_twelve_months(first, number):
    assert rules.renewal(first, "annual", number) == rules.renewal(first, "monthly", 12 * number)


@given(MOMENTS, st.sampled_from(["monthly", "annual"]), st.integers(0, 100))
def test_renewals_never_go_back(first, cadence, number):
    assert rules.renewal(first, cadence, number) < rules.renewal(first, cadence, number + 1)


@given(MOMENTS)
def test_the_next_payout_is_a_monday_midnight_within_a_week(after):
    payout = rules.next_payout(after)
    assert payout.isoweekday() == 1 and payout.timetz().isoformat() == "00:00:00+00:00"
    assert 0 < (payout - after).total_seconds() <= 7 * 86_400

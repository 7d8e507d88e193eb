from datetime import UTC, date, datetime, timedelta

from tamizdat.asks.rules.figures import Figure, may_change
from tamizdat.money import Money
from tamizdat.months import Month

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def figure(**changes):
    values = {
        "month": Month(2026, 11),
        "need": Money(1000_000, "USD"),
        "raised": Money(600_000, "USD"),
        "supporters": 30,
        "as_of": NOON,
    }
    return Figure(**{**values, **changes})


def asked(*, hours=0, gifts=0, today=TODAY):
    return may_change(figure(), now=NOON + timedelta(hours=hours), today=today, last_day=TODAY, gifts_since=gifts)


def test_the_first_figure_may_be_taken_at_once():
    assert may_change(None, now=NOON, today=TODAY, last_day=None, gifts_since=0)


def test_a_single_gift_does_not_move_the_figure_on_the_same_day():
    assert not asked(hours=9, gifts=1)


def test_nine_gifts_do_not_hide_one_but_ten_do():
    assert not asked(hours=2, gifts=9)
    assert asked(hours=2, gifts=10)


def test_ten_gifts_still_wait_for_the_hour():
    assert not asked(hours=0, gifts=50)


def test_a_new_day_may_always_have_a_new_figure():
    assert asked(hours=12, today=TODAY + timedelta(days=1))


def test_the_gap_is_never_below_zero_and_what_is_beyond_is_named():
    past = figure(raised=Money(1_200_000, "USD"))
    assert past.gap == Money(0, "USD")
    assert past.beyond == Money(200_000, "USD")


def test_a_month_of_refunds_may_be_negative_and_the_gap_grows():
    assert figure(raised=Money(-500, "USD")).gap == Money(1_000_500, "USD")

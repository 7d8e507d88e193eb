"""The plan of half a year of gifts, whatever day it is."""

from collections import Counter
from datetime import UTC, datetime

import pytest
from django.conf import settings

from tamizdat.demo import gifts

DAYS = [
    datetime(2026, 11, 24, 0, 11, tzinfo=UTC),
    datetime(2027, 3, 1, 0, 5, tzinfo=UTC),
    datetime(2027, 3, 31, 21, 30, tzinfo=UTC),
    datetime(2028, 2, 29, 12, 0, tzinfo=UTC),
]


def test_there_are_forty_with_known_sources_and_three_languages():
    supporters = gifts.read()
    assert len(supporters) == len(set(supporters)) == 40
    assert set(Counter(s.cadence for s in supporters)) == {"once", "monthly", "annual"}
    assert sum(s.refunded for s in supporters) == 2
    assert sum(bool(s.stops_after) for s in supporters) == 3
    assert {s.language for s in supporters} == set(settings.NEWSROOM.paper.languages)


@pytest.mark.parametrize("now", DAYS)
def test_nothing_happens_before_the_company_is_born_or_after_now(now):
    steps = list(gifts.Story(company=None).steps(gifts.read(), now))
    assert gifts.beginning(now) <= min(step.at for step in steps)
    assert max(step.at for step in steps) <= now


@pytest.mark.parametrize("now", DAYS)
def test_this_month_brings_between_half_and_three_quarters_of_the_need(now):
    """What is given this month, less fees and refunds; renewals stand on the day of the first payment."""
    raised = 0
    for gift in gifts.read():
        is_on = not gift.stops_after or gift.months_ago < gift.stops_after
        is_now = gift.months_ago == 0 or (gift.cadence == "monthly" and is_on)
        if is_now and not gift.refunded:
            raised += gift.dollars * 100 - (gift.dollars * 100 * 29 + 500) // 1000 - 30
    assert 0.55 <= raised / 1_000_000 <= 0.75

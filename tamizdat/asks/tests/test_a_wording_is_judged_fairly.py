"""Whoever looks every day is not fooled by looking: the verdict on tried wordings, and how often it is wrong."""

from collections import Counter
from datetime import date, timedelta
from math import inf
from random import Random

import pytest

from bench.trials import ALPHA, Trial, drawn, runs
from tamizdat.asks.rules.decks import HOLD_OUT
from tamizdat.asks.rules.results import Day, Verdict, results
from tamizdat.asks.rules.sequences import Count, Ratio, expected, fixed_sample
from tamizdat.money import Money
from tests.soak import SEED, record, tries

RATE, BETTER = 0.003, 0.0045
DAY = date(2026, 11, 1)


def day(variant, showings, gifts=0, *, number=0, clicks=0, currency="USD"):
    money = Money(1_500 * gifts, currency)
    return Day(
        day=DAY + timedelta(number), variant=variant, showings=showings, clicks=clicks, gifts=gifts, money=money
    )  # fmt: skip


def judged(*days, variants=("a", "b"), **options):
    return results(days, variants=variants, currency="USD", **options)


@pytest.mark.parametrize("arms", ["ab", "abc"])
@pytest.mark.parametrize("seen", [1, 10])
def test_the_same_words_rarely_stop_however_often_one_looks(arms, seen):
    n = tries(soak=2_000, test=150)
    trial = Trial(rates=dict.fromkeys(arms, RATE), is_same_words=True, seen=seen)
    found = runs(trial, n, seed=f"{SEED} {arms} {seen}")
    false, naive = sum(one.stop is not None for one in found) / n, sum(one.naive is not None for one in found) / n
    record("false stops of the same words", n=n, seed=SEED, arms=len(arms), seen=seen, false=false, naive=naive)
    assert false <= ALPHA
    assert naive > 4 * ALPHA, "a test that knows of one look would pass here too: the simulation shows nothing"


def test_a_better_wording_is_found_about_as_soon_as_by_a_test_that_looks_once():
    n = tries(soak=2_000, test=150)
    trial = Trial(rates={"a": RATE, "b": BETTER}, showings=2_000)
    found = runs(trial, n, seed=f"{SEED} better")
    stops = sorted(one.stop or inf for one in found)
    median, p90 = (stops[int(n * share)] * trial.showings for share in (0.5, 0.9))
    wrong, once = sum(one.best == "a" for one in found) / n, fixed_sample(RATE, BETTER)
    record("a better wording", n=n, seed=SEED, median=median, p90=p90, fixed_sample=once, wrong=wrong)
    assert median <= 1.5 * once
    assert p90 <= 3 * once
    assert wrong <= ALPHA


def test_intervals_contain_the_truth_on_every_day_at_once():
    n, random = tries(soak=500, test=60), Random(f"{SEED} intervals")
    rates, days, missed = {"a": RATE, "b": BETTER}, 45, Counter()
    for _ in range(n):
        found, out = judged(), set()
        for number, rows in enumerate(Trial(rates=rates, days=days).drawn(random)):
            found = found.after(rows)
            if number % 3 == 2:
                out |= {
                    line.variant for line in found.lines if not line.low <= rates[line.variant] * 1_000 <= line.high
                }
                out |= {"ratio" for one in found.comparisons if not one.low <= ratio(one, rates) <= one.high}
        missed.update(out)
    record("intervals that ever missed", n=n, seed=SEED, **{name: missed[name] / n for name in ("a", "b", "ratio")})
    assert max(missed.values(), default=0) <= n * ALPHA


def ratio(one, rates):
    return rates[one.variant] / rates[one.leader]


def test_days_may_differ_and_shares_may_change_between_them():
    """A rush of gifts on the day on which one wording had most readers says nothing for it."""
    n, random, wrong = tries(soak=1_000, test=100), Random(f"{SEED} weights"), 0
    for _ in range(n):
        found = judged(is_same_words=True)
        stopped = False
        for number in range(30):
            rate, one = (0.012, 7_000) if number % 5 == 0 else (0.002, 2_000)
            shown = {"a": one, "b": 9_000 - one}
            found = found.after([day(name, of, drawn(random, of, rate), number=number) for name, of in shown.items()])
            stopped |= found.verdict == Verdict.FALSE_ALARM
        wrong += stopped
    record("false stops with changing days and shares", n=n, seed=SEED, false=wrong / n)
    assert wrong <= n * ALPHA
    together = {line.variant: line.rate for line in found.lines}
    assert together["a"] > 1.5 * together["b"], "the sums alone are not fooled: the simulation shows nothing"


def test_few_showings_or_few_gifts_are_too_early():
    assert judged(day("a", 4_999, 40), day("b", 50_000, 40)).verdict == Verdict.TOO_EARLY
    assert judged(day("a", 50_000, 19), day("b", 50_000)).verdict == Verdict.TOO_EARLY
    assert judged(day("a", 5_000, 10), day("b", 5_000, 10)).verdict == Verdict.KEEP_GOING
    assert judged(day("a", 5_000, 10), day("b", 5_000, 10), minimum_gifts=21).verdict == Verdict.TOO_EARLY
    assert judged().verdict == Verdict.TOO_EARLY


def test_a_clear_difference_stops_for_the_better_one():
    found = judged(day("a", 50_000, 150), day("b", 50_000, 300))
    assert (found.verdict, found.best, found.leader) == (Verdict.STOP, "b", "b")
    assert [(one.variant, one.leader) for one in found.comparisons] == [("a", "b")]
    assert 0 < found.comparisons[0].low < 0.5 < found.comparisons[0].high < 1


def test_a_clear_difference_between_the_same_words_is_a_false_alarm():
    found = judged(day("a", 50_000, 150), day("b", 50_000, 300), is_same_words=True)
    assert (found.verdict, found.best) == (Verdict.FALSE_ALARM, None)


def test_of_three_the_best_must_be_better_than_both():
    three = ("a", "b", "c")
    assert judged(day("a", 50_000, 100), day("b", 50_000, 300), day("c", 50_000, 290), variants=three).best is None
    found = judged(day("a", 50_000, 100), day("b", 50_000, 300), day("c", 50_000, 120), variants=three)
    assert (found.best, {one.variant for one in found.comparisons}) == ("b", {"a", "c"})


def test_one_wording_is_never_stopped_for():
    assert judged(day("a", 500_000, 3_000), variants=["a"]).verdict == Verdict.KEEP_GOING


def test_the_hold_out_is_counted_and_never_wins():
    held = day(HOLD_OUT, 10_000, 500)
    found = judged(day("a", 50_000, 300), day("b", 50_000, 100), held, variants=("a", "b", HOLD_OUT))
    assert found.best == "a"
    assert HOLD_OUT not in {one.variant for one in found.comparisons}
    line = found.lines[-1]
    assert (line.variant, line.showings, line.gifts, line.rate, line.high) == (HOLD_OUT, 10_000, 500, None, None)


def test_sums_are_plain():
    found = judged(day("a", 3_000, 2, clicks=7), day("a", 4_000, 1, clicks=2, number=1), day("x", 9, 9))
    a, b = found.lines
    assert (a.showings, a.clicks, a.gifts, a.money) == (7_000, 9, 3, Money(4_500, "USD"))
    assert a.per_thousand == Money(643, "USD")
    assert (b.showings, b.rate, b.low, b.high, b.per_thousand) == (0, None, None, None, None)


def test_the_order_of_the_rows_changes_nothing():
    random = Random(SEED)
    rows = [row for rows in Trial(rates={"a": RATE, "b": BETTER, "c": RATE}).drawn(random) for row in rows]
    found = judged(*rows, variants=("a", "b", "c"))
    random.shuffle(rows)
    assert judged(*rows, variants=("a", "b", "c")) == found


def test_money_of_another_currency_is_refused():
    with pytest.raises(ValueError, match="EUR"):
        judged(day("a", 5_000, 1, currency="EUR"))


def test_a_comparison_begins_when_both_are_shown():
    alone = Ratio().after(Count(50_000, 500), Count())
    assert alone == Ratio()
    assert alone.bounds(ALPHA) == (0, inf)
    few = Ratio().after(Count(900, 2), Count(900, 3))
    assert (few.blocks, few.waiting) == ((), (Count(900, 2), Count(900, 3)))
    assert len(few.after(Count(900, 2), Count(900, 3)).blocks) == 1


def test_bounds_stand_around_what_came():
    for events in (0, 1, 20, 400):
        low, high = expected(events, alpha=ALPHA)
        assert low <= events < high
    assert expected(0, alpha=ALPHA)[0] == 0


def test_the_classical_sample_size_is_that_of_the_tables():
    assert fixed_sample(0.10, 0.15, power=0.8) == 683  # Fleiss, unpooled, without the continuity correction
    assert fixed_sample(RATE, BETTER) == 26_061

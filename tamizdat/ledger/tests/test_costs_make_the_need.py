import pytest

from tamizdat.ledger import actions, queries, signals
from tamizdat.ledger.rules.costs import BadCost
from tamizdat.ledger.tests.books import gift, usd
from tamizdat.money import Money
from tamizdat.months import Month

pytestmark = pytest.mark.django_db
JANUARY, JUNE, JULY, NOVEMBER = (Month(2026, number) for number in (1, 6, 7, 11))


@pytest.fixture
def server():
    return actions.add_cost(names={"en": "Server", "ru": "Сервер"}, amount=usd(4000), first=JANUARY, by="Ada")


def needs() -> list[int]:
    """Minor units in June and July."""
    return [queries.need(month, "USD").minor for month in (JUNE, JULY)]


def test_a_cost_counts_from_its_first_month_on(server):
    assert queries.need(JANUARY - 1, "USD") == usd(0)
    assert queries.need(JANUARY, "USD") == queries.need(NOVEMBER + 100, "USD") == usd(4000)


def test_it_counts_up_to_and_including_its_last(server):
    actions.end_cost(cost=server, last=JUNE, by="Ben")
    assert needs() == [4000, 0]


def test_a_changed_cost_never_counts_twice(server):
    actions.change_cost(cost=server, amount=usd(5000), first=JULY, by="Ben")
    assert needs() == [4000, 5000]


def test_a_changed_cost_keeps_its_names(server):
    actions.change_cost(cost=server, amount=usd(5000), first=JULY, by="Ben")
    assert [line.name for line in queries.costs(JULY, "ru")] == ["Сервер"]


def test_a_mistaken_cost_is_taken_back_and_stays_in_the_history(server):
    actions.end_cost(cost=server, last=JANUARY - 1, by="Ben")
    assert queries.need(JANUARY, "USD") == usd(0)
    assert [cost.was_taken_back for cost in queries.all_costs()] == [True]


def test_a_mistaken_amount_is_changed_from_the_first_month_on(server):
    actions.change_cost(cost=server, amount=usd(400), first=JANUARY, by="Ben")
    assert queries.need(JANUARY, "USD") == usd(400)


def test_a_cost_cannot_end_long_before_it_began(server):
    with pytest.raises(BadCost, match="end it with 2025-12"):
        actions.end_cost(cost=server, last=JANUARY - 2, by="Ben")


def test_a_cost_ends_once(server):
    actions.end_cost(cost=server, last=JUNE, by="Ben")
    with pytest.raises(BadCost, match="already ends with 2026-06; add a new one"):
        actions.end_cost(cost=server, last=JULY, by="Ben")


def test_a_change_that_fails_leaves_everything_as_it_was(server):
    with pytest.raises(BadCost):
        actions.change_cost(cost=server, amount=usd(0), first=JULY, by="Ben")
    assert needs() == [4000, 4000]


def test_currencies_do_not_mix(server):
    actions.add_cost(names={"en": "Lawyer"}, amount=Money(9000, "EUR"), first=JANUARY, by="Ada")
    assert queries.need(JUNE, "USD") == usd(4000)
    assert queries.need(JUNE, "EUR") == Money(9000, "EUR")


def test_the_gap_is_what_is_missing_and_never_below_zero(server):
    gift("one", minor=1500)
    assert queries.gap(NOVEMBER, "USD") == usd(2500)
    gift("two", minor=9000)
    assert queries.gap(NOVEMBER, "USD") == usd(0)


def test_a_missing_name_falls_back_to_english_and_then_to_any(server):
    actions.add_cost(names={"ru": "Аренда"}, amount=usd(1), first=JANUARY, by="Ada")
    assert [line.name for line in queries.costs(JUNE, "ar")] == ["Server", "Аренда"]


def test_the_history_says_who_and_when(server):
    actions.end_cost(cost=server, last=JUNE, by="Ben")
    [cost] = queries.all_costs()
    assert (cost.by, cost.ended_by, cost.first, cost.last) == ("Ada", "Ben", JANUARY, JUNE)
    assert cost.added_at <= cost.ended_at


def test_those_who_bake_the_need_hear_of_it(server, django_capture_on_commit_callbacks):
    heard = []
    signals.costs_changed.connect(hear := lambda **news: heard.append(news))
    with django_capture_on_commit_callbacks(execute=True):
        actions.end_cost(cost=server, last=JUNE, by="Ben")
    signals.costs_changed.disconnect(hear)
    assert len(heard) == 1

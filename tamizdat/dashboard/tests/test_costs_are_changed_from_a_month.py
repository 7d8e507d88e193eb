"""Costs as a treasurer enters them, and the public figure behind them."""

import pytest
from django.urls import reverse

from tamizdat.asks import queries as asks
from tamizdat.ledger import actions, queries
from tamizdat.money import Money
from tamizdat.months import Month
from tamizdat.newsroom import queries as newsroom

COSTS, ADD = reverse("desk:costs"), reverse("desk:add_cost")
RENT = {"name_en": "Rent", "name_ru": "Аренда", "name_ar": "", "amount": "300", "first": "2026-01"}


@pytest.fixture
def month():
    return Month.of(newsroom.today())


@pytest.fixture
def rent(training):
    return actions.add_cost(names={"en": "Rent"}, amount=Money(30000, "USD"), first=Month(2026, 1), by="founder")


def test_a_new_cost_makes_the_need_and_the_figure_follows_at_once(treasurer, month):
    assert treasurer.post(ADD, RENT)["Location"] == COSTS
    assert queries.need(month, "USD") == asks.figure().need == Money(30000, "USD")
    (cost,) = queries.all_costs()
    assert (cost.names, cost.by) == ({"en": "Rent", "ru": "Аренда"}, "treasurers")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"amount": "0"}, "more than nothing"),
        ({"amount": "five"}, "is not an amount"),
        ({"first": "November"}, "is not a month; write it as 2026-11"),
        ({"name_en": ""}, "This field is required."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_stored(treasurer, wrong, said):
    page = treasurer.post(ADD, RENT | wrong).content.decode()
    assert said in page
    assert 'value="Аренда"' in page
    assert not queries.all_costs()


def test_a_change_ends_the_old_amount_and_both_stand_in_the_history(treasurer, rent, month):
    treasurer.post(reverse("desk:change_cost", args=[rent]), {"amount": "350", "first": str(month)})
    assert queries.need(month, "USD") == Money(35000, "USD")
    assert queries.need(month - 1, "USD") == Money(30000, "USD")
    page = treasurer.get(COSTS).content.decode()
    assert "founder" in page
    assert "$350" in page


def test_an_end_keeps_what_was_and_leaves_nothing_to_change(treasurer, rent, month):
    treasurer.post(reverse("desk:end_cost", args=[rent]), {"last": str(month)})
    assert queries.need(month, "USD") == Money(30000, "USD")
    assert queries.need(month + 1, "USD") == Money(0, "USD")
    again = treasurer.post(reverse("desk:end_cost", args=[rent]), {"last": str(month)}).content.decode()
    assert "this cost already ends with" in again


def test_a_cost_that_ends_before_it_begins_is_refused_in_words(treasurer, rent):
    page = treasurer.post(reverse("desk:end_cost", args=[rent]), {"last": "2025-06"}).content.decode()
    assert "this cost begins in 2026-01" in page


def test_a_change_twice_in_one_month_is_refused_in_words(treasurer, rent, month):
    address = reverse("desk:change_cost", args=[rent])
    treasurer.post(address, {"amount": "350", "first": str(month)})
    page = treasurer.post(address, {"amount": "360", "first": str(month)}).content.decode()
    assert "this cost already ends with" in page
    assert queries.need(month, "USD") == Money(35000, "USD")


def test_without_costs_the_screen_says_what_to_add(treasurer):
    assert "Add the largest first" in treasurer.get(COSTS).content.decode()

from datetime import date, datetime
from uuid import uuid4

import pytest

from tamizdat.ledger import actions
from tamizdat.ledger.models import Cost, Entry
from tamizdat.ledger.rules.costs import BadCost
from tamizdat.ledger.rules.entries import BadEntry, Line, unbalanced
from tamizdat.ledger.tests.books import DAY, usd
from tamizdat.months import Month

PAIR = [Line("assets:practice", usd(500)), Line("income:gifts", usd(-500))]


@pytest.mark.parametrize("account", ["gifts", "Income:gifts", "income:", "robbery:bank", "income:a b", "income:x\n"])
def test_an_account_is_kind_and_name(account):
    with pytest.raises(BadEntry, match=r"(?s)^account: .* like income:gifts"):
        Line(account, usd(1))


@pytest.mark.parametrize(("minor", "remedy"), [(0, "leave it out"), (10**18, "split the entry")])
def test_an_amount_is_something_and_fits(minor, remedy):
    with pytest.raises(BadEntry, match=f"^amount: .*{remedy}"):
        Line("income:gifts", usd(minor))


def test_one_line_is_no_entry():
    assert "at least two" in unbalanced(PAIR[:1])
    assert "at least two" in unbalanced([])


def test_the_difference_is_named_by_currency():
    assert "0.02 USD" in unbalanced([PAIR[0], Line("income:gifts", usd(-498))])
    assert unbalanced(PAIR) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("key", ""),
        ("key", "k" * 201),
        ("what", " "),
        ("on", datetime(2026, 11, 5)),  # noqa: DTZ001
        ("on", "2026-11-05"),
        ("lines", PAIR[:1]),
        ("lines", [PAIR[0], PAIR[0]]),
    ],
)
def test_a_bad_entry_names_its_field_and_books_nothing(db, field, value):
    entry = {"key": "k", "on": DAY, "what": "a gift", "lines": PAIR} | {field: value}
    with pytest.raises(BadEntry, match=f"^{field}: "):
        actions.post(**entry)
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("names", {}), ("names", {"en": " "}), ("amount", usd(0)), ("amount", usd(-5)), ("by", "")],
)
def test_a_bad_cost_names_its_field_and_adds_nothing(db, field, value):
    cost = {"names": {"en": "Server"}, "amount": usd(4000), "first": Month(2026, 1), "by": "Ada"}
    with pytest.raises(BadCost, match=f"^{field}: "):
        actions.add_cost(**cost | {field: value})
    assert not Cost.objects.exists()


def test_an_unknown_cost_cannot_be_ended(db):
    with pytest.raises(BadCost, match=r"^cost: "):
        actions.end_cost(cost=uuid4(), last=Month.of(date(2026, 1, 1)), by="Ada")

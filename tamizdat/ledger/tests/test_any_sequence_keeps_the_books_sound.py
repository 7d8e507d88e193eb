from collections import Counter
from datetime import date, timedelta

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tamizdat.ledger import actions, queries
from tamizdat.ledger.rules.entries import BadEntry, Line
from tamizdat.money import Money
from tamizdat.months import Month

DAYS = st.integers(0, 100).map(lambda days: date(2026, 10, 1) + timedelta(days=days))
ACCOUNTS = st.sampled_from(
    ["assets:practice", "income:gifts", "income:refunds", "expenses:fees", "expenses:rent", "liabilities:vat"]
)
AMOUNTS = st.builds(Money, st.integers(-(10**9), 10**9).filter(bool), st.sampled_from(["USD", "EUR", "JPY"]))
KEYS = st.sampled_from("abcdefgh")


@st.composite
def posts(draw):
    """Mostly balanced entries, some not."""
    lines = draw(st.lists(st.builds(Line, ACCOUNTS, AMOUNTS), min_size=1, max_size=4))
    sums = Counter()
    for line in lines:
        sums[line.amount.currency] -= line.amount.minor
    if draw(st.integers(0, 9)):
        lines += [Line(draw(ACCOUNTS), Money(minor, currency)) for currency, minor in sums.items() if minor]
    return ("post", draw(KEYS), draw(DAYS), lines)


REVERSALS = st.tuples(st.just("reverse"), st.sampled_from("rstuvw"), DAYS, st.one_of(KEYS, st.sampled_from("rst")))


class Shadow:
    """The same books kept in a dict, by somebody else."""

    def __init__(self):
        self.entries, self.reversed = {}, {}

    def take(self, verb, key, on, what) -> bool:
        if verb == "reverse":
            if what not in self.entries:
                return False
            lines = [(account, -minor, currency) for account, minor, currency in self.entries[what][1]]
        else:
            lines = [(line.account, line.amount.minor, line.amount.currency) for line in what]
        if key in self.entries:
            return sorted(self.entries[key][1]) == sorted(lines)
        sums = Counter()
        for _, minor, currency in lines:
            sums[currency] += minor
        if len(lines) < 2 or any(sums.values()) or (verb == "reverse" and what in self.reversed):
            return False
        self.entries[key] = (on, lines)
        if verb == "reverse":
            self.reversed[what] = key
        return True

    def raised(self, month: Month, currency: str) -> int:
        return -sum(
            minor
            for on, lines in self.entries.values()
            for account, minor, other in lines
            if (on.year, on.month) == (month.year, month.number) and other == currency
            if account.startswith("income:") or account == "expenses:fees"
        )


def book(verb, key, on, what) -> bool:
    try:
        if verb == "post":
            actions.post(key=key, on=on, what="any", lines=what)
        else:
            actions.reverse(key=key, of=what, on=on, what="any")
    except BadEntry:
        return False
    return True


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.one_of(posts(), posts(), REVERSALS), max_size=15))
def test_any_sequence_of_entries_and_reversals(db, steps):
    shadow = Shadow()
    with transaction.atomic():
        for step in steps:
            assert book(*step) == shadow.take(*step)
        for month in Month(2026, 9).until(Month(2027, 2)):
            for currency in ("USD", "EUR", "JPY"):
                assert queries.raised(month, currency).minor == shadow.raised(month, currency)
        assert sum(row.amount.minor for row in queries.postings()) == 0
        assert queries.self_checks() == []
        transaction.set_rollback(True)

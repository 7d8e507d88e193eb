from datetime import date

import pytest

from tamizdat.ledger import actions, queries
from tamizdat.ledger.models import Entry
from tamizdat.ledger.rules.entries import AlreadyReversed, Line, UnknownEntry
from tamizdat.ledger.tests.books import DAY, gift, usd
from tamizdat.months import Month

pytestmark = pytest.mark.django_db
LATER = date(2026, 12, 2)


def back(key: str = "back", of: str = "gift"):
    return actions.reverse(key=key, of=of, on=LATER, what="booked by mistake")


def test_a_reversal_counts_in_its_own_month():
    gift()
    back()
    assert queries.raised(Month(2026, 11), "USD") == usd(500)
    assert queries.raised(Month(2026, 12), "USD") == usd(-500)
    assert queries.balance("assets:practice", "USD") == usd(0)


def test_it_points_at_what_it_takes_back():
    original = gift()
    assert Entry.objects.get(id=back()).reverses_id == original


def test_the_same_reversal_twice_is_one():
    gift()
    assert back() == back()
    assert Entry.objects.count() == 2


def test_an_entry_is_reversed_once():
    gift()
    back()
    with pytest.raises(AlreadyReversed, match="post a new entry"):
        back(key="back again")
    assert Entry.objects.count() == 2


def test_a_reversal_can_be_reversed():
    gift()
    back()
    back(key="back and forth", of="back")
    assert queries.balance("assets:practice", "USD") == usd(500)


def test_an_unknown_entry_cannot_be_reversed():
    with pytest.raises(UnknownEntry, match="“nothing”"):
        back(of="nothing")


def test_every_currency_is_taken_back():
    lines = [Line("assets:practice", usd(500)), Line("income:gifts", usd(-500))]
    euros = [Line(line.account, type(line.amount)(line.amount.minor, "EUR")) for line in lines]
    actions.post(key="gift", on=DAY, what="two purses", lines=lines + euros)
    back()
    assert queries.raised(Month(2026, 12), "EUR").minor == -500
    assert queries.raised(Month(2026, 12), "USD").minor == -500

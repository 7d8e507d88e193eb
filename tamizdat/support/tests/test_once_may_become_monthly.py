"""Who gave once is offered, on the thanks page, a little every month."""

import pytest
from django.test import Client

from tamizdat.money import Money
from tamizdat.support.giver import addresses
from tamizdat.support.rules.contract import Cadence
from tamizdat.support.rules.gifts import monthly_instead

TILES = [Money(minor, "USD") for minor in (200, 500, 1000)]


@pytest.mark.parametrize(
    ("once", "monthly"), [(199, None), (200, 200), (1000, 200), (2400, 200), (2500, 500), (5000, 1000), (10**6, 1000)]
)
def test_the_offer_is_about_a_fifth_and_never_more_than_was_given(once, monthly):
    expected = None if monthly is None else Money(monthly, "USD")
    assert monthly_instead(Money(once, "USD"), TILES) == expected
    assert monthly_instead(Money(once, "USD"), []) is None


@pytest.mark.parametrize(("cadence", "is_offered"), [(Cadence.ONCE, True), (Cadence.MONTHLY, False)])
@pytest.mark.django_db
def test_the_thanks_page_leads_to_the_form_with_the_offer(company, give, deliver, *, cadence, is_offered):
    contribution, ref = give(minor=2500, cadence=cadence)
    company.pay(ref)
    deliver(ref)
    page = Client().get(addresses.thanks(contribution, "en").partition("8000")[2]).text
    assert ("A little every month?" in page) == is_offered
    assert ("cadence=monthly&amp;amount=5.00" in page) == is_offered


@pytest.mark.django_db
def test_nothing_is_offered_where_nothing_was_taken(company, give, deliver):
    contribution, ref = give(minor=2500, cadence=Cadence.ONCE)
    company.refuse(ref, "declined")
    deliver(ref)
    assert "A little every month?" not in Client().get(addresses.thanks(contribution, "en").partition("8000")[2]).text

"""What readers give in other currencies: brought rates, finding it, giving it back, and what a closing month says."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tamizdat.dashboard.tests.test_money_goes_back_once import fields, refund_address, refunds
from tamizdat.ledger.tests.books import gift, rates
from tamizdat.money import Money
from tamizdat.months import Month
from tamizdat.newsroom import queries as newsroom
from tamizdat.support import queries as support
from tamizdat.support.rules.contract import Cadence
from tamizdat.support.tests.conftest import euros  # noqa: F401

pytestmark = pytest.mark.usefixtures("euros")
RATES = reverse("desk:rates")


@pytest.fixture
def in_euros(company, give, deliver):
    contribution, ref = give(amount=Money(1000, "EUR"), cadence=Cadence.ONCE)
    company.pay(ref)
    deliver(ref)
    return support.gift(contribution)


def bring(treasurer, raw):
    return treasurer.post(RATES, {"file": SimpleUploadedFile("eurofxref.csv", raw)}, follow=True).content.decode()


def test_a_treasurer_brings_the_rates(treasurer):
    assert "not known: these gifts do not count yet" in treasurer.get(RATES).content.decode()
    page = bring(treasurer, f"Date,USD\n{newsroom.today()},1.10".encode())
    assert "1 rates are new" in page and "1.1000 USD" in page and "old" not in page.split("<tbody>")[1].split("<")[0]


@pytest.mark.parametrize("raw", [b"", b"name,age\nAda,36", b"PK\x03\x04"])
def test_another_file_is_refused_beside_the_field(treasurer, raw):
    page = bring(treasurer, raw)
    assert "No rate was taken" in page or "This file is empty" in page


def test_the_menu_leads_there_only_where_there_are_others(treasurer, settings):
    assert f'"{RATES}"' in treasurer.get("/desk/").content.decode()
    giving = settings.NEWSROOM.giving
    settings.NEWSROOM = _with(settings.NEWSROOM, prices={"USD": giving.own})
    assert f'"{RATES}"' not in treasurer.get("/desk/").content.decode()


def _with(configuration, **giving):
    return replace(configuration, giving=replace(configuration.giving, **giving))


@pytest.mark.parametrize(
    ("typed", "is_found"), [("10 EUR", True), ("10 eur", True), ("10", False), ("10 USD", False), ("10,00 EUR", True)]
)
def test_a_gift_is_found_by_its_amount_and_currency(treasurer, in_euros, typed, is_found):
    page = treasurer.get(f"{reverse('desk:gifts')}?{urlencode({'amount': typed})}").content.decode()
    assert (str(in_euros.id) in page) is is_found


def test_a_currency_that_cannot_be_given_is_refused_in_words(treasurer, in_euros):
    page = treasurer.get(f"{reverse('desk:gifts')}?{urlencode({'amount': '10 GBP'})}").content.decode()
    assert "Write it in USD or EUR." in page


def test_a_part_is_given_back_in_the_currency_of_the_payment(treasurer, in_euros):
    address = refund_address(in_euros)
    page = treasurer.post(address, fields(treasurer.get(address)) | {"amount": "4 USD"}).content.decode()
    assert "Write it in EUR." in page and refunds() == []
    treasurer.post(address, fields(treasurer.get(address)) | {"amount": "4"})
    assert [row.amount for row in refunds()] == [Money(400, "EUR")]


def test_closing_a_month_says_what_does_not_count_and_what_counts_at_an_old_rate(treasurer):
    last_month = Month.of(newsroom.today()) - 1
    gift("drams", 400_000, on=last_month.last_day, currency="AMD")
    gift("euros", 1000, on=last_month.last_day, currency="EUR")
    page = treasurer.get(reverse("desk:closing")).content.decode()
    assert page.count("no rate is known") == 2
    rates("Date,USD", f"{last_month.last_day - timedelta(days=20)},1.10")
    page = treasurer.get(reverse("desk:closing")).content.decode()
    assert page.count("no rate is known") == 1 and f"at the rate of {last_month.last_day - timedelta(days=20)}" in page

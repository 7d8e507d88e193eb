"""The receipt of each payment, and those of a year, behind the private address."""

import re
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.test import Client

from tamizdat.support import queries
from tamizdat.support.giver import addresses

pytestmark = pytest.mark.django_db


@pytest.fixture
def private(company, give, deliver):
    """The path of the private page of a gift that was paid in two years, thrice, and of which some went back."""
    contribution, ref = give()
    days = ((2025, 12, 1), (2025, 12, 31), (2026, 1, 31))
    charges = [company.pay(ref, at=datetime(*day, 12, tzinfo=UTC)) for day in days]
    company.give_back(ref, charges[1].id, minor=200)
    deliver(ref)
    page = Client().get(addresses.thanks(contribution, "en").removeprefix("http://127.0.0.1:8000")).text
    return re.search(r"(/support/my/[\w-]{22}/)", page)[1], queries.gift(contribution)


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_a_receipt_says_what_came_and_what_stayed(private):
    path, gift = private
    paid = gift.payments[1]
    page = Client().get(f"{path}receipts/{paid.number}/")
    assert page.status_code == 200 and "no-store" in page["Cache-Control"]
    said = words(page.text)
    assert f"Receipt {paid.number}" in said and settings.NEWSROOM.paper.name in said
    assert "December 31, 2025" in said and "$5" in said and "$2" in said and "Together $3" in said


def test_a_years_receipts_add_up(private):
    path, _ = private
    said = words(Client().get(f"{path}receipts/2025/").text)
    assert "Receipts of 2025" in said and "Together $8" in said


def test_the_private_page_leads_to_them(private):
    path, gift = private
    page = Client().get(path).text
    for which in ("2025", *[one.number for one in gift.payments]):
        assert f'href="receipts/{which}/"' in page


@pytest.mark.parametrize("which", ["2024", "2025-999999", "x", "1e9"])
def test_what_is_no_receipt_of_this_gift_is_not_there(private, which):
    path, _ = private
    assert Client().get(f"{path}receipts/{which}/").status_code == 404


def test_nobody_elses_receipt_can_be_opened(private):
    path, gift = private
    stranger = re.sub(r"my/[\w-]{22}", "my/" + "x" * 22, path)
    assert Client().get(f"{stranger}receipts/{gift.payments[0].number}/").status_code == 404


def test_sending_something_there_changes_nothing(private):
    path, gift = private
    Client().post(f"{path}receipts/2025/")
    assert queries.gift(gift.id).standing == gift.standing

"""How the gift of a lost private address is found."""

import pytest
from django.urls import reverse

from tamizdat.newsroom import queries as newsroom

GIFTS = reverse("desk:gifts")


def found(treasurer, **asked):
    return treasurer.get(GIFTS, asked).content.decode()


@pytest.fixture
def address(paid):
    return reverse("desk:gift", args=[paid.id])


def test_it_is_found_by_amount_day_and_reference_together(treasurer, paid, address):
    ref = paid.payments[0].ref
    assert address in found(treasurer, amount="5,00", day=newsroom.today().isoformat(), ref=ref)


def test_it_is_found_by_the_number_on_its_receipt(treasurer, paid, address):
    assert address in found(treasurer, ref=paid.payments[0].number)


@pytest.mark.parametrize("asked", [{"amount": "6"}, {"day": "2020-01-01"}, {"ref": "elsewhere"}])
def test_what_does_not_fit_is_not_shown_and_the_page_says_what_to_try(treasurer, address, asked):
    page = found(treasurer, **asked)
    assert address not in page
    assert "No gift fits all of this" in page


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"amount": "five"}, "“five” is not an amount"),
        ({"amount": "-5"}, "Write an amount of more than nothing."),
        ({"amount": "5.001"}, "USD has 2 digits after the point"),
        ({"day": "yesterday"}, "Write the day like 2026-11-23."),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field_and_kept(treasurer, address, asked, said):
    page = found(treasurer, **asked)
    assert said in page
    assert f'value="{next(iter(asked.values()))}"' in page
    assert address not in page


def test_without_a_question_the_latest_stand_there(treasurer, address):
    assert address in found(treasurer)


def test_an_empty_till_says_what_to_do(treasurer):
    assert "Open the paper, follow “Support us” and give one" in found(treasurer)

"""[giving] names the currencies that readers may give in; every slip is said with its line."""

import tomllib

import pytest

from tamizdat.money import Money
from tamizdat.newsroom import giving
from tamizdat.newsroom.rules import ConfigurationError

EUROS = 'minimum = "3"\nsuggested = {once = ["10"], monthly = ["3", "6"], annual = ["30"]}\n'


def read(text):
    return giving.read(tomllib.loads(text))


def test_the_newsrooms_own_comes_first_and_others_have_their_own_amounts():
    found = read(f'currency = "USD"\n[also.EUR]\n{EUROS}')
    assert list(found.prices) == ["USD", "EUR"]
    assert found.own.minimum == Money(200, "USD")
    assert found.prices["EUR"].minimum == Money(300, "EUR")
    assert found.prices["EUR"].suggested["monthly"] == (Money(300, "EUR"), Money(600, "EUR"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('also = "EUR"', r"a table for each currency, like \[giving.also.EUR\]"),
        ('[also]\nEUR = "2"', "a table for each currency"),
        (f"[also.XXX]\n{EUROS}", "“XXX” is not known"),
        (f"[also.USD]\n{EUROS}", "is the newsroom's own"),
        ('[also.EUR]\nminimum = "3"', "needs a minimum, and suggested amounts for once, monthly, annual"),
        (f"[also.EUR]\n{EUROS}most = 5", r"\[giving.also.EUR\] has no “most”"),
        (f"[also.JPY]\n{EUROS}".replace('"3"', '"3.50"'), "JPY has 0 digits after the point"),
        ('suggested = "2"', "suggested is a table of lists"),
        ('[suggested]\nonce = "10"', "suggested is a table of lists"),
        ('[suggested]\nweekly = ["10"]', "“weekly” is unknown"),
    ],
)
def test_a_slip_is_said_with_its_line(text, words):
    with pytest.raises(ConfigurationError, match=words):
        read(text)

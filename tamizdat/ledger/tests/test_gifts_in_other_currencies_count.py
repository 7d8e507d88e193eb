"""What comes in other currencies counts at the central bank's rate of its day, or at what a company gave for it."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tamizdat.ledger import actions, models, queries
from tamizdat.ledger.rules.entries import Line
from tamizdat.ledger.rules.rates import BadRates
from tamizdat.ledger.tests.books import gift, rates, refused, usd
from tamizdat.money import EXPONENTS, Money
from tamizdat.months import Month

pytestmark = pytest.mark.django_db
NOVEMBER = Month(2026, 11)
HEAD = "Date,USD,JPY,GBP,XXX,"
DAILY = "Date, USD, JPY, GBP, \n25 November 2026, 1.1000, 176.00, 0.88000, "


def raised(currency: str = "USD") -> str:
    return str(queries.raised(NOVEMBER, currency))


def told() -> list[tuple[str, str, str]]:
    found = queries.raised_elsewhere(NOVEMBER, "USD")
    return [(str(one.raised), str(one.comes_to or "unknown"), str(one.rate_of or "")) for one in found]


def test_a_gift_counts_at_the_rate_of_its_day():
    gift("ours", 500)
    gift("euros", 1000, on=date(2026, 11, 5), currency="EUR")
    gift("yen", 1760, on=date(2026, 11, 6), currency="JPY")
    rates(HEAD, "2026-11-06,1.20,176,0.90,1,", "2026-11-05,1.10,170,0.88,1,", "2026-11-04,1.00,100,1,1,")
    assert raised() == "28.00 USD"  # 5, 10 × 1.10, and 1760 ÷ 176 × 1.20
    assert told() == [("10.00 EUR", "11.00 USD", ""), ("1760 JPY", "12.00 USD", "")]


def test_on_a_day_without_a_rate_the_last_one_before_it_stands():
    rates(HEAD, "2026-11-06,1.10,,,,", "2026-11-09,2.00,,,,")
    gift("Sunday", 1000, on=date(2026, 11, 8), currency="EUR")
    assert told() == [("10.00 EUR", "11.00 USD", "")]


def test_an_old_rate_is_used_and_said_to_be_old():
    rates(HEAD, "2026-10-20,1.10,176,N/A,,", "2026-11-20,1.20,N/A,,,")
    gift("yen", 1760, on=date(2026, 11, 21), currency="JPY")
    assert told() == [("1760 JPY", "12.00 USD", "2026-10-20")]


def test_what_no_rate_is_known_of_is_not_counted_and_said():
    gift("ours", 500)
    gift("drams", 400_000, currency="AMD")
    rates(HEAD, "2026-11-05,1.10,,,,")
    assert raised() == "5.00 USD"
    assert told() == [("4000.00 AMD", "unknown", "")]


def test_what_a_company_exchanged_counts_as_what_it_gave():
    rates(HEAD, "2026-11-05,1.10,,,,")
    ten = Money(1000, "EUR")
    lines = [
        Line("income:gifts", -ten), Line("income:exchange", ten),
        Line("income:exchange", usd(-1070)), Line("expenses:fees", usd(60)), Line("assets:stripe", usd(1010)),
    ]  # fmt: skip
    actions.post(key="exchanged", on=date(2026, 11, 5), what="a gift", lines=lines)
    assert raised() == "10.10 USD"
    assert told() == []


def test_what_was_held_and_exchanged_later_costs_the_difference():
    rates(HEAD, "2026-11-05,1.10,,,,")
    gift("euros", 1000, currency="EUR")
    lines = [
        Line("assets:paypal", Money(-1000, "EUR")), Line("income:exchange", Money(1000, "EUR")),
        Line("assets:paypal", usd(1050)), Line("income:exchange", usd(-1050)),
    ]  # fmt: skip
    actions.post(key="exchange", on=date(2026, 11, 9), what="an exchange", lines=lines)
    assert raised() == "10.50 USD"


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    gifts=st.lists(st.tuples(st.sampled_from(["EUR", "JPY", "GBP"]), st.integers(1, 30), st.integers(1, 10**7))),
    published=st.dictionaries(
        st.integers(1, 30), st.lists(st.integers(1, 10**6).map(lambda n: Decimal(n) / 1000), min_size=3, max_size=3)
    ),
    home=st.sampled_from(["USD", "EUR", "JPY"]),
)
def test_any_gifts_at_any_rates_come_to_what_somebody_else_reckons(gifts, published, home):
    with transaction.atomic():
        for number, (currency, day, minor) in enumerate(gifts):
            gift(str(number), minor, on=date(2026, 11, day), currency=currency)
        rates("Date,USD,JPY,GBP", *(f"2026-11-{day:02},{','.join(map(str, row))}" for day, row in published.items()))
        assert queries.raised(NOVEMBER, home).minor == reckoned(gifts, published, home)
        transaction.set_rollback(True)


def reckoned(gifts, published, home) -> int:
    total = 0
    for currency in {currency for currency, _, _ in gifts}:
        days: dict[int, int] = {}
        for other, day, minor in gifts:
            if other == currency:
                days[day] = days.get(day, 0) + minor
        came = [in_home(Money(minor, currency), day, published, home) for day, minor in days.items()]
        total += 0 if None in came else sum(came)
    return total


def in_home(amount, day, published, home) -> int | None:
    if amount.currency == home:
        return amount.minor
    last = max((one for one in published if one <= day), default=None)
    if last is None:
        return None
    one_euro = {"EUR": Fraction(1), **dict(zip(("USD", "JPY", "GBP"), map(Fraction, published[last]), strict=True))}
    major = Fraction(amount.minor, 10 ** EXPONENTS[amount.currency]) * one_euro[home] / one_euro[amount.currency]
    return round(major * 10 ** EXPONENTS[home])


def test_the_banks_files_are_read_as_it_hands_them_out(tmp_path, capsys):
    bundle = BytesIO()
    with ZipFile(bundle, "w") as zipped:
        zipped.writestr("eurofxref.csv", DAILY)
    (tmp_path / "eurofxref.zip").write_bytes(bundle.getvalue())
    call_command("rates", str(tmp_path / "eurofxref.zip"))
    call_command("rates", str(tmp_path / "eurofxref.zip"))
    assert capsys.readouterr().out.splitlines() == ["3 rates are new.", "0 rates are new."]
    pound, euro = queries.worth(["GBP", "EUR", "USD"], "USD", date(2026, 12, 3))
    assert (pound.rate, pound.rate_of, pound.is_old) == (Decimal("1.25"), date(2026, 11, 25), True)
    assert (euro.rate, euro.is_old) == (Decimal("1.1"), True)
    assert queries.worth(["GBP"], "USD", date(2026, 11, 24))[0].rate is None


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "does not begin with"),
        (b"\xff\xfe\x00", "not text"),
        (b"PK\x03\x04 and no more", "no whole ZIP"),
        (b"Date,USD\nlately,1.10", "“lately” is no day"),
        (b"Date,USD\n2026-11-05,much", "“much” is no rate of USD on 2026-11-05"),
        (b"Date,USD\n2026-11-05,-1", "is no rate"),
        (b"Date,USD\n2026-11-05,Infinity", "is no rate"),
        (b"<?xml version='1.0'?>", "eurofxref-hist.zip"),
        pytest.param(b"Date,USD\n" + b"2026-11-05,1.0850\n" * 1_200_000, "more than 20 MB", id="too large"),
    ],
)
def test_another_file_is_refused_whole_and_says_which_to_bring(raw, words):
    with pytest.raises(BadRates, match=words):
        actions.take_rates(raw)
    assert not models.Rate.objects.exists()


def test_the_command_says_what_is_wrong(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("rates", str(tmp_path / "none.zip"))
    (tmp_path / "other.csv").write_text("name,age")
    with pytest.raises(CommandError, match=r"No rate was taken\. file: it does not begin"):
        call_command("rates", str(tmp_path / "other.csv"))


def test_what_a_closed_month_came_to_stands():
    rates(HEAD, "2026-11-05,1.10,,,,")
    gift("euros", 1000, on=date(2026, 11, 20), currency="EUR")
    actions.close_month(month=NOVEMBER, today=date(2026, 12, 3), by="Ada")
    assert rates(HEAD, "2026-12-01,1.50,,,,", "2026-11-20,1.40,,,,", "2026-11-05,1.30,,,,") == 1
    assert raised() == "11.00 USD"


def test_a_rate_is_never_changed_nor_added_to_a_closed_month_by_whomever():
    rates(HEAD, "2026-11-05,1.10,,,,")
    row = "INSERT INTO ledger_rate (id, currency, \"on\", per_euro) VALUES (90, 'USD', '{}', '9')"
    assert refused("UPDATE ledger_rate SET per_euro = '9'")
    assert refused("DELETE FROM ledger_rate")
    assert refused(row.format("2026-11-05"))
    assert not refused(row.format("2026-11-30"))
    actions.close_month(month=NOVEMBER, today=date(2026, 12, 3), by="Ada")
    assert refused(row.format("2026-11-30"))
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Rate.objects.create(currency="USD", on=NOVEMBER.last_day - timedelta(days=9), per_euro="1.1")

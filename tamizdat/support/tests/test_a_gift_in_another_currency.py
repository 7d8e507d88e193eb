"""Readers give in their own currency; the books hold what was given and what the company made of it."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from tamizdat.ledger import actions as ledger_actions
from tamizdat.ledger import queries as ledger
from tamizdat.money import Money
from tamizdat.months import Month
from tamizdat.support import actions, queries
from tamizdat.support.models import Payment, StatementRow
from tamizdat.support.rules.contract import Cadence, Capabilities, StatementLine
from tamizdat.support.tests.company import Company

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("euros")]
TEN = Money(1000, "EUR")


@pytest.fixture
def paid(company, give, deliver):
    """A gift of ten euros, and the company's name for it."""

    def begin(**more):
        contribution, ref = give(amount=TEN, cadence=Cadence.ONCE, **more)
        charge = company.pay(ref)
        deliver(ref)
        return contribution, ref, charge

    return begin


def a_rate_is_known(days_ago=0):
    ledger_actions.take_rates(f"Date,USD\n{timezone.localdate() - timedelta(days=days_ago)},1.10".encode())


def held(account: str = "assets:practice") -> dict[str, str]:
    return {code: str(ledger.balance(account, code)) for code in ("EUR", "USD")}


def raised() -> str:
    return str(ledger.raised(Month.of(timezone.localdate()), "USD"))


def test_what_stays_in_its_currency_is_booked_in_it(company, paid):
    paid()
    assert held() == {"EUR": "9.55 EUR", "USD": "0.00 USD"}
    assert raised() == "0.00 USD"
    assert any("No rate of EUR is known" in said for said in queries.self_checks())
    a_rate_is_known()
    assert raised() == "10.50 USD"
    assert queries.self_checks() == []


def test_a_rate_of_a_week_ago_is_not_old(company):
    a_rate_is_known(days_ago=7)
    assert queries.self_checks() == []


def test_doctor_says_when_the_last_rate_is_older(company):
    a_rate_is_known(days_ago=8)
    (said,) = queries.self_checks()
    assert "old of EUR" in said and "tamizdat rates FILE" in said


def test_what_the_company_exchanged_is_booked_as_it_arrived(company, paid):
    a_rate_is_known()
    company.rate = "1.08"
    contribution, _, _ = paid()
    assert held() == {"EUR": "0.00 EUR", "USD": "10.35 USD"}
    assert held("income:exchange") == {"EUR": "10.00 EUR", "USD": "-10.80 USD"}
    assert raised() == "10.35 USD"
    (payment,) = queries.gift(contribution).payments
    assert (payment.gross, payment.fee) == (TEN, Money(45, "USD"))
    assert queries.self_checks() == []


def test_what_went_back_is_booked_as_it_left(company, paid, deliver):
    a_rate_is_known()
    company.rate = "1.08"
    contribution, ref, charge = paid()
    company.rate = "1.10"
    company.give_back(ref, charge.id, minor=400)
    deliver(ref)
    assert held() == {"EUR": "0.00 EUR", "USD": "5.95 USD"}  # 10.80 − 0.45 − 4.40
    assert raised() == "5.95 USD"
    company.rate = "1.05"
    company.fail_refund(ref)
    deliver(ref)
    assert held() == {"EUR": "0.00 EUR", "USD": "10.15 USD"}  # 4.20 came again
    company.dispute(ref, charge.id)
    deliver(ref)
    company.rate = "1.20"
    company.close_dispute(ref, is_won=True)
    deliver(ref)
    assert held() == {"EUR": "0.00 EUR", "USD": "11.65 USD"}  # 10.50 left, 12.00 came again
    assert queries.gift(contribution).payments[0].left == TEN
    assert queries.self_checks() == []


def test_a_statement_in_the_companys_currency_agrees(company, paid):
    company.rate = "1.08"
    _, _, charge = paid()
    gross, fee = charge.settled, charge.fee
    company.lines = [StatementLine("row-1", "charge", charge.id, gross, fee, gross - fee, charge.at)]
    assert actions.reconcile(timezone.now()) == 0
    StatementRow.objects.update(currency="EUR")
    assert actions.reconcile(timezone.now()) == 1
    assert "10.80 USD with a fee of 0.45 USD is on record" in queries.differences()[0].said


def test_what_was_held_and_exchanged_later_stands_in_the_statement_and_is_booked(company, paid):
    _, _, charge = paid()
    none = {"EUR": Money(0, "EUR"), "USD": Money(0, "USD")}
    left, came = Money(-955, "EUR"), Money(1020, "USD")
    company.lines = [
        StatementLine("row-1", "charge", charge.id, TEN, charge.fee, TEN - charge.fee, charge.at),
        StatementLine("row-2", "exchange", "x", left, none["EUR"], left, charge.at),
        StatementLine("row-3", "exchange", "x", came, none["USD"], came, charge.at),
    ]
    assert actions.reconcile(timezone.now()) == 0
    assert held() == {"EUR": "0.00 EUR", "USD": "10.20 USD"}
    a_rate_is_known()
    assert raised() == "10.20 USD"
    assert queries.self_checks() == []


@pytest.mark.parametrize(
    ("amount", "words"), [(Money(1000, "GBP"), "takes USD and EUR"), (Money(299, "EUR"), "between 3.00 EUR")]
)
def test_what_cannot_be_given_is_refused_before_anybody_is_asked(company, give, amount, words):
    with pytest.raises(actions.NotAccepted, match=words):
        give(amount=amount)
    assert company.asked == []


def test_a_company_that_does_not_take_it_is_not_offered_for_it(company, give, monkeypatch):
    can = Capabilities("practice", "Card", frozenset(Cadence), frozenset({"EUR"}), True)
    monkeypatch.setattr(Company, "capabilities", lambda self: can)
    assert [method.code for method in queries.offered("EUR")] == ["practice"]
    assert queries.offered("USD") == queries.methods() == []
    with pytest.raises(actions.NotAccepted, match="takes no monthly gifts in USD"):
        give()


def test_the_form_asks_in_the_currency_that_is_chosen(client, company):
    page = client.get("/support/?currency=EUR&cadence=once").content.decode()
    assert 'name="currency" value="EUR"' in page and "€4" in page and "Another amount, in EUR" in page
    assert 'aria-current="true">Euro</a>' in page
    page = client.get("/support/?currency=GBP").content.decode()
    assert 'name="currency" value="USD"' in page


def test_a_gift_is_begun_in_it(client, company):
    page = client.get("/support/?currency=EUR").content.decode()
    form = page.split('name="form" value="')[1].split('"')[0]
    said = {"cadence": "monthly", "currency": "EUR", "amount": "8.00", "method": "practice", "form": form}
    assert client.post("/support/", said).status_code == 303
    ((order),) = company.orders.values()
    assert order.intent.amount == Money(800, "EUR")
    assert "currency=EUR" in order.urls.abandoned
    assert "The smallest gift is €3." in client.post("/support/", said | {"amount": "2"}).content.decode()


@pytest.fixture
def euros_no_more(settings):
    """Call it once the newsroom takes no euros any more."""

    def stop():
        giving = settings.NEWSROOM.giving
        settings.NEWSROOM = replace(settings.NEWSROOM, giving=replace(giving, prices={"USD": giving.own}))

    return stop


def test_a_form_drawn_in_a_currency_that_is_taken_no_more_is_not_taken_for_ours(client, company, euros_no_more):
    page = client.get("/support/?currency=EUR").content.decode()
    form = page.split('name="form" value="')[1].split('"')[0]
    euros_no_more()
    said = {"cadence": "monthly", "currency": "EUR", "amount": "8.00", "method": "practice", "form": form}
    answer = client.post("/support/", said)
    assert answer.status_code == 422 and "Gifts in EUR are not taken here any more" in answer.content.decode()
    assert company.asked == []


@pytest.fixture
def monthly(company, give, deliver):
    """A monthly gift of ten euros, paid once."""
    contribution, ref = give(amount=TEN)
    company.pay(ref)
    deliver(ref)
    return contribution, ref


def test_a_gift_in_a_currency_taken_no_more_goes_on_as_it_is(client, company, monthly, deliver, *, euros_no_more):
    contribution, ref = monthly
    private = reverse("support:private", args=[actions.show_key(contribution=contribution)])
    assert "Another amount, in EUR" in client.get(private).content.decode()
    euros_no_more()
    page = client.get(private).content.decode()
    assert "€10" in page and "Another amount" not in page and "Stop this gift" in page
    assert client.post(f"{private}change/", {"amount": "12"}).status_code == 303
    assert queries.gift(contribution).amount == TEN
    company.pay(ref)
    deliver(ref)
    assert len(queries.gift(contribution).payments) == 2


def test_another_amount_is_in_the_same_currency(monthly):
    contribution, _ = monthly
    with pytest.raises(actions.NotAccepted, match="cannot be changed so"):
        actions.change_amount(contribution=contribution, amount=Money(1000, "USD"), by="supporter")
    assert actions.change_amount(contribution=contribution, amount=Money(400, "EUR"), by="supporter")
    assert queries.gift(contribution).amount == Money(400, "EUR")


@pytest.mark.parametrize(
    ("rates", "needs"), [("", True), ("1.10", False), ("1.30", True)], ids=["none", "below", "above"]
)
def test_a_second_person_is_needed_above_the_limit_in_any_currency(company, paid, limited, *, rates, needs):
    if rates:
        ledger_actions.take_rates(f"Date,USD\n{date(2026, 1, 5)},{Decimal(rates)}".encode())
    limited(Money(1200, "USD"))
    paid()
    payment = Payment.objects.get()
    actions.refund(payment=payment.pk, by="Ada", reason="asked", key="k")
    assert bool(queries.large_refunds()) is needs


@pytest.fixture
def limited(settings):
    def set_to(limit):
        giving = replace(settings.NEWSROOM.giving, second_person_above=limit)
        settings.NEWSROOM = replace(settings.NEWSROOM, giving=giving)

    return set_to

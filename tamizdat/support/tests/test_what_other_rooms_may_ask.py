"""Counting and finding gifts, without anybody's name."""

from datetime import UTC, datetime

from tamizdat.ledger import actions as ledger
from tamizdat.ledger.rules.entries import Line
from tamizdat.ledger.tests import books
from tamizdat.letters import actions as letters
from tamizdat.letters.models import Address
from tamizdat.money import Money
from tamizdat.months import Month
from tamizdat.support import actions, queries, signals
from tamizdat.support.giver import keys
from tamizdat.support.models import Contribution, Payment
from tamizdat.support.rules.contract import Cadence
from tamizdat.support.truth.recording import record

NOVEMBER = datetime(2026, 11, 10, tzinfo=UTC)
OCTOBER = datetime(2026, 10, 10, tzinfo=UTC)


def test_a_supporter_of_a_month_paid_in_it_and_kept_it_paid(company, give, deliver):
    for kept in (True, True, False):
        _, ref = give()
        company.pay(ref, at=OCTOBER)
        company.pay(ref, at=NOVEMBER)
        charge = company.pay(ref, at=NOVEMBER)
        if not kept:
            for paid in company.orders[ref].snapshot.charges[1:]:
                company.give_back(ref, paid.id)
        assert charge
        deliver(ref)
    assert queries.supporters(Month(2026, 11)) == 2
    assert queries.supporters(Month(2026, 10)) == 3
    assert queries.supporters(Month(2026, 9)) == 0


def test_a_supporter_whose_gift_was_given_back_in_part_still_counts(company, give, deliver):
    _, ref = give()
    charge = company.pay(ref, at=NOVEMBER)
    company.give_back(ref, charge.id, minor=100)
    deliver(ref)
    assert queries.supporters(Month(2026, 11)) == 1


def test_gifts_are_counted_from_when_they_were_recorded(company, give, deliver, later):
    before = later(-1)
    _, ref = give()
    company.pay(ref, at=OCTOBER)
    deliver(ref)
    assert (queries.gifts_since(before), queries.gifts_since(later(1))) == (1, 0)


def test_a_recipient_has_given_since(company, give, deliver):
    contribution, ref = give(address="a@reader.example")
    company.pay(ref, at=NOVEMBER)
    deliver(ref)
    recipient = Contribution.objects.get(pk=contribution).recipient
    stranger = letters.remember_address(address="b@reader.example", language="en")
    assert queries.has_given_since([stranger, recipient], OCTOBER)
    assert not queries.has_given_since([stranger], OCTOBER)
    assert not queries.has_given_since([recipient], datetime(2026, 11, 11, tzinfo=UTC))


def test_the_address_of_a_gift_never_paid_is_forgotten_after_thirty_days(company, give, deliver, later):
    unpaid, _ = give(address="a@reader.example")
    paid, ref = give(address="b@reader.example")
    company.pay(ref)
    deliver(ref)
    assert actions.forget_unpaid(later(29 * 24 * 60)) == 0
    assert actions.forget_unpaid(later(31 * 24 * 60)) == 1
    assert Contribution.objects.get(pk=unpaid).recipient is None
    assert Contribution.objects.get(pk=paid).recipient is not None
    assert Address.objects.count() == 1


def test_a_reminders_own_link_has_been_answered_once_it_is_paid(company, give, deliver):
    _, ref = give(reply_token="token-of-a-reminder")
    hashed = keys.digest("token-of-a-reminder")
    assert not queries.has_replied(hashed, OCTOBER)
    company.pay(ref, at=NOVEMBER)
    deliver(ref)
    assert queries.has_replied(hashed, OCTOBER)
    assert not queries.has_replied("", OCTOBER)


def test_the_desk_finds_a_gift_by_amount_day_reference_and_receipt(company, give, deliver):
    contribution, ref = give(minor=700, cadence=Cadence.ONCE)
    give()
    charge = company.pay(ref, at=NOVEMBER)
    deliver(ref)
    payment = Payment.objects.get()
    for query in (
        {"amount": Money(700, "USD")},
        {"day": payment.day},
        {"ref": ref},
        {"ref": charge.id},
        {"ref": ref[9:20].upper()},
        {"ref": ref[-5:]},
        {"ref": f" {payment.receipt_number} "},
        {"amount": Money(700, "USD"), "day": payment.day, "ref": charge.id},
    ):
        assert [gift.id for gift in queries.find_gifts(**query)] == [contribution], query
    for stranger in ("nothing of ours", "%%%", "___", '"', "ch", "order* OR charge", ref + "0"):
        assert queries.find_gifts(ref=stranger) == [], stranger
    assert len(queries.find_gifts()) == 2


def test_the_latest_payments_come_first_and_name_nobody(company, give, deliver):
    for minor in (500, 700):
        _, ref = give(minor=minor, address="a@reader.example")
        company.pay(ref)
        deliver(ref)
    found = queries.latest_payments(1)
    assert [paid.gross for paid in found] == [Money(700, "USD")]
    assert "reader.example" not in repr(found)


def test_listeners_hear_of_it_after_the_commit_and_may_fail(company, give, django_capture_on_commit_callbacks):
    heard = []

    def listen(**fact):
        heard.append((fact["contribution"], fact["reply_token_hash"]))
        raise RuntimeError

    signals.payment_recorded.connect(listen)
    contribution, ref = give(reply_token="token")
    company.pay(ref)
    with django_capture_on_commit_callbacks(execute=True):
        record("practice", company.fetch(ref))
        assert heard == []
    signals.payment_recorded.disconnect(listen)
    assert heard == [(contribution, keys.digest("token"))]
    assert Payment.objects.count() == 1


def test_books_that_disagree_with_the_till_are_reported(company, give, deliver):
    _, ref = give()
    company.pay(ref, at=NOVEMBER)
    deliver(ref)
    assert queries.self_checks() == []
    stray = [Line("assets:practice", Money(1, "USD")), Line("income:gifts", Money(-1, "USD"))]
    ledger.post(key="stray", on=NOVEMBER.date(), what="A stray entry", lines=stray)
    assert any("The books hold" in sentence for sentence in queries.self_checks())


def test_a_source_has_earned_what_was_paid_less_fees_and_refunds(company, give, deliver):
    _, monthly = give()
    company.pay(monthly, at=OCTOBER)
    company.pay(monthly, at=NOVEMBER)
    _, partly = give(minor=1000, cadence=Cadence.ONCE)
    company.give_back(partly, company.pay(partly, at=NOVEMBER).id, minor=300)
    _, whole = give(cadence=Cadence.ONCE, source="reminder/letter")
    company.give_back(whole, company.pay(whole, at=NOVEMBER).id)
    for ref in (monthly, partly, whole):
        deliver(ref)
    october, november, other = queries.earned()
    assert (october.day, october.source, october.gifts) == (OCTOBER.date(), "appeal/plain", 1)
    assert october.money == Money(455, "USD")
    assert (november.gifts, november.money) == (1, Money(455 + 655, "USD"))
    assert (other.source, other.gifts, other.money) == ("reminder/letter", 0, Money(-45, "USD"))
    assert queries.earned(["appeal/plain"]) == [october, november]
    assert queries.earned([]) == []


def test_what_a_source_has_earned_is_told_by_utc_days_and_currencies(company, give, deliver, euros):
    for code in ("USD", "EUR"):
        _, ref = give(amount=Money(700, code), cadence=Cadence.ONCE)
        company.pay(ref, at=datetime(2026, 11, 10, 23, 59, tzinfo=UTC))
        deliver(ref)
    euros, dollars = queries.earned()
    assert (euros.day, euros.gifts, euros.money) == (NOVEMBER.date(), 1, Money(655, "EUR"))
    assert (dollars.day, dollars.gifts, dollars.money) == (NOVEMBER.date(), 1, Money(655, "USD"))


def test_what_a_source_has_earned_in_other_currencies_counts_in_ours_where_a_rate_is_known(
    company, give, deliver, euros
):
    books.rates("Date,USD", f"{NOVEMBER.date()},1.10")
    for code in ("USD", "EUR"):
        _, ref = give(amount=Money(700, code), cadence=Cadence.ONCE)
        company.pay(ref, at=NOVEMBER)
        deliver(ref)
    (both,) = queries.earned()
    assert (both.gifts, both.money) == (2, Money(655 + 720, "USD"))  # 6.55 × 1.10 = 7.205

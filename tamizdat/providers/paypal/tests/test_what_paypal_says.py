"""What PayPal says, in our words: where its make-believe one is too simple to say it."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from tamizdat.money import Money
from tamizdat.providers.paypal import reading, signature, terms
from tamizdat.sandbox.paypal import money
from tamizdat.support.rules.contract import BadSignature, Cadence, GiveUp, TryLater
from tests.conformance import URLS, intent, now


def subscription(status, *, failures=0, age=timedelta()):
    return {
        "id": "I-1", "custom_id": str(uuid4()), "status": status, "create_time": (now() - age).isoformat(),
        "status_update_time": "2026-11-01T10:00:00Z",
        "billing_info": {"failed_payments_count": failures, "cycle_executions": [{"cycles_completed": 3}]},
    }  # fmt: skip


PAID = {
    "id": "T1", "status": "COMPLETED", "time": "2026-10-01T10:00:00Z",
    "amount_with_breakdown": {"gross_amount": {"currency_code": "USD", "value": "5.00"}},
}  # fmt: skip


@pytest.mark.parametrize(
    ("status", "failures", "paid", "age", "ours"),
    [
        ("APPROVAL_PENDING", 0, [], timedelta(), "pending"),
        ("APPROVAL_PENDING", 0, [], timedelta(days=2), "abandoned"),
        ("APPROVED", 0, [], timedelta(), "pending"),
        ("ACTIVE", 0, [PAID], timedelta(), "active"),
        ("ACTIVE", 1, [PAID], timedelta(), "past_due"),
        ("SUSPENDED", 0, [PAID], timedelta(), "active"),
        ("SUSPENDED", 3, [PAID], timedelta(), "ended"),
        ("CANCELLED", 0, [PAID], timedelta(), "ended"),
        ("CANCELLED", 0, [], timedelta(), "abandoned"),
        ("EXPIRED", 0, [PAID], timedelta(), "ended"),
    ],
)
def test_a_subscription_stands(*, status, failures, paid, age, ours):
    of = subscription(status, failures=failures, age=age)
    told = reading.of_subscription(of, paid, returns=(), disputes=(), now=now())
    assert told.status == ours
    assert (told.failed is not None) == bool(failures)
    assert (told.ended_at is not None) == (ours == "ended")


def test_a_try_is_named_by_its_period_and_its_number():
    told = reading.of_subscription(subscription("ACTIVE", failures=2), [PAID], returns=(), disputes=(), now=now())
    assert (told.failed.period, told.failed.number) == ("I-1:3", 2)


def captured(**breakdown):
    """An order of twenty zloty."""
    amount = {"currency_code": "PLN", "value": "20.00"}
    capture = {"id": "C1", "status": "COMPLETED", "amount": amount, "create_time": "2026-11-01T10:00:00Z",
               "seller_receivable_breakdown": {"gross_amount": amount, **breakdown}}  # fmt: skip
    unit = {"custom_id": str(uuid4()), "payments": {"captures": [capture]}}
    return {"id": "O1", "status": "COMPLETED", "purchase_units": [unit]}


def test_a_payment_that_was_converted_is_booked_as_it_was_given():
    fee = {"currency_code": "PLN", "value": "1.00"}
    told = reading.of_order(captured(exchange_rate={"value": "0.23"}, paypal_fee=fee), ())
    ((amount, kept),) = [(one.amount, one.fee) for one in told.charges]
    assert (amount, kept) == (Money(2000, "PLN"), Money(100, "PLN"))


def test_a_fee_in_another_currency_is_laid_before_a_person():
    fee = {"currency_code": "USD", "value": "0.30"}
    with pytest.raises(ValueError, match="fee in another currency"):
        reading.of_order(captured(exchange_rate={"value": "0.23"}, paypal_fee_in_receivable_currency=fee), ())


def test_an_exchange_is_two_rows_of_the_report():
    row = {"transaction_id": "X1", "transaction_event_code": "T0200", "transaction_status": "S",
           "transaction_amount": {"currency_code": "PLN", "value": "-19.00"},
           "transaction_initiation_date": "2026-11-01T10:00:00Z"}  # fmt: skip
    told = reading.line(row)
    assert (told.kind, told.net) == ("exchange", Money(-1900, "PLN"))


def test_a_refund_that_failed_has_come_again():
    links = [{"rel": "up", "href": "https://api-m.paypal.com/v2/payments/captures/C1"}]
    said = {"id": "R1", "status": "FAILED", "amount": {"currency_code": "USD", "value": "5.00"}, "links": links,
            "create_time": "2026-11-01T10:00:00Z", "update_time": "2026-11-05T10:00:00Z"}  # fmt: skip
    told = reading.refund(said)
    assert (told.charge_id, told.failed_at) == ("C1", datetime(2026, 11, 5, 10, tzinfo=UTC))


@pytest.mark.parametrize(
    ("currency", "minor", "value"),
    [("USD", 1234, "12.34"), ("JPY", 1234, "1234"), ("HUF", 123400, "1234"), ("TWD", 100, "1")],
)
def test_amounts_are_written_as_paypal_counts(currency, minor, value):
    assert terms.amount(Money(minor, currency)) == {"currency_code": currency, "value": value}


def test_no_part_of_a_forint_is_asked_for():
    with pytest.raises(GiveUp, match="whole HUF"):
        terms.amount(Money(123_450, "HUF"))


def test_no_page_is_asked_for_in_a_language_that_paypal_has_not():
    assert "locale" not in terms.order(intent(), URLS) and terms.LOCALES["en"] == "en-US"


def code(event_code, value="5.00", **more):
    said = {"transaction_id": "T1", "paypal_reference_id": "C1", "transaction_status": "S",
            "transaction_event_code": event_code, "transaction_initiation_date": "2026-11-01T10:00:00+0000",
            "transaction_amount": {"currency_code": "USD", "value": value}}  # fmt: skip
    return reading.line(said | more)


@pytest.mark.parametrize(
    ("event_code", "value", "kind", "ref", "about"),
    [
        ("T0006", "5.00", "charge", "T1", "payment/T1"),
        ("T1107", "-5.00", "refund", "T1", "payment/C1/T1"),
        ("T1201", "-5.00", "dispute", "C1:out", "payment/C1"),
        ("T1202", "5.00", "dispute", "C1:back", "payment/C1"),
        ("T0400", "-90.00", "payout", "T1", "C1"),
        ("T0106", "-20.00", "fee", "T1", "C1"),
    ],
)
def test_a_row_of_the_report_is_of_a_kind(*, event_code, value, kind, ref, about):
    line = code(event_code, value)
    assert (line.kind, line.ref, line.about, line.net.decimal()) == (kind, ref, about, value)


def test_a_hold_moves_no_money():
    assert code("T1110", "-5.00") is None and code("T0006", transaction_status="D") is None


def test_what_is_not_decided_holds_up_what_came_after(provider, shop):
    shop.rest()
    cursor = ""
    while (page := provider.lines_since(cursor))[0]:
        cursor = page[1]
    with shop.store.work():
        waits = money.row(shop.store, "T0006", Decimal(7), "USD", paypal_reference_id="O1", transaction_status="P")
    shop.rest()
    with shop.store.work():
        money.row(shop.store, "T0400", Decimal(-3), "USD", paypal_reference_id="")
    shop.rest()
    assert provider.lines_since(cursor) == ([], cursor)
    with shop.store.work():
        waits["said"]["transaction_status"] = "S"
        shop.store.change(waits)
    assert [one.net.decimal() for one in provider.lines_since(cursor)[0]] == ["7.00", "-3.00"]


def test_a_dispute_costs_what_the_report_says(provider, shop):
    """The fee of a bank's dispute is a row of the report, and of nothing else."""
    ref = provider.start(intent(cadence=Cadence.MONTHLY), URLS).ref
    shop.pay(ref)
    (charge,) = provider.fetch(ref).charges
    with shop.store.work():
        opened = money.dispute(shop.store, shop.store.get(charge.id))
        money.charge_fee(shop.store, opened)
    shop.rest()
    (moved,) = provider.fetch(f"payment/{charge.id}").disputes
    assert (moved.amount, moved.fee) == (Money(500, "USD"), Money(0, "USD"))
    lines = {one.ref: one for one in provider.lines_since("")[0]}
    assert lines[moved.id].net == Money(-500, "USD")
    assert [one.net for one in lines.values() if one.kind == "fee"] == [Money(-2000, "USD")]


def test_the_report_is_late_for_a_new_payment(provider, shop):
    """Of a subscription's payment PayPal alone knows where it belongs, three hours later."""
    ref = provider.start(intent(cadence=Cadence.MONTHLY), URLS).ref
    shop.pay(ref)
    (charge,) = provider.fetch(ref).charges
    with pytest.raises(TryLater):
        provider.fetch(f"payment/{charge.id}")
    shop.rest()
    assert provider.fetch(f"payment/{charge.id}").ref == ref


def test_after_a_wrong_certificate_no_other_is_asked_for_in_a_while(monkeypatch):
    asked = []

    def read(self, path):
        asked.append(path)
        raise TryLater("404")

    monkeypatch.setattr(signature.Wire, "read", read)
    certificates = signature.Certificates()
    for number in range(50):
        with pytest.raises(BadSignature):
            certificates.key("https://api.paypal.com", f"/v1/notifications/certs/CERT-{number}", now().date())
    assert len(asked) == 1


def test_a_token_that_was_taken_back_is_asked_for_anew(provider, shop):
    ref = provider.start(intent(), URLS).ref
    shop.door.company._token = "another"
    with pytest.raises(TryLater):
        provider.fetch(ref)
    assert provider.fetch(ref).ref == ref

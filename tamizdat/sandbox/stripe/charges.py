"""Money: charges, refunds, disputes, payouts, and a balance that is the sum of its lines."""

from __future__ import annotations

from tamizdat.sandbox.company.refusal import Refused
from tamizdat.sandbox.company.store import Store, Thing
from tamizdat.sandbox.stripe import terms
from tamizdat.sandbox.stripe.events import tell
from tamizdat.sandbox.stripe.exchange import Settled, settle
from tamizdat.sandbox.stripe.parameters import Parameters, refused, whole

REFUND = {"charge": 1, "payment_intent": 1, "amount": 1, "reason": 1, "metadata": {"*": 1}}
REASONS = {"duplicate", "fraudulent", "requested_by_customer"}


def check_amount(amount: int, currency: str) -> None:
    """Raises Refused for what is too little or too much."""
    least = terms.MINIMUM.get(currency, terms.ELSEWHERE)
    if amount < least:
        raise refused(f"Amount must be at least {least} {currency}", "amount", code="amount_too_small")
    if amount > terms.LARGEST:
        raise refused(f"Amount must be no more than {terms.LARGEST}", "amount", code="amount_too_large")
    uneven = 10 if currency in terms.WITH_THREE else 100 if currency in terms.WHOLE_IN_HUNDREDTHS else 1
    if amount % uneven:
        raise refused(f"Amounts in {currency} are multiples of {uneven}", "amount", code="invalid_amount")


def line(store: Store, kind: str, category: str, *, source: str, amount: Settled, fee: int) -> Thing:
    """One row of the balance: amount − fee = net."""
    return store.add(
        "balance_transaction", "txn", type=kind, reporting_category=category, source=source, amount=amount.minor,
        fee=fee, net=amount.minor - fee, currency=amount.currency, exchange_rate=amount.rate, status="available",
        payout=None,
    )  # fmt: skip


def charge(store: Store, *, amount: int, currency: str, customer: str, metadata: Thing, invoice: str = "") -> Thing:
    """Take the money: a payment intent that succeeded, and its charge."""
    intent = store.add(
        "payment_intent", "pi", amount=amount, currency=currency, customer=customer or None, metadata=metadata,
        status="processing", latest_charge=None, _invoice=invoice,
    )  # fmt: skip
    return succeed(store, intent)


def succeed(store: Store, intent: Thing) -> Thing:
    """The intent's money is there: its charge, and a row of the balance."""
    store.change(intent, status="succeeded")
    made, amount, currency = _charge(store, intent, "succeeded"), intent["amount"], intent["currency"]
    settled = settle(store, amount, currency)
    row = line(store, "charge", "charge", source=made["id"], amount=settled, fee=terms.fee(settled.minor))
    store.change(made, balance_transaction=row["id"], paid=True)
    tell(store, "payment_intent.succeeded", intent)
    tell(store, "charge.succeeded", made)
    return made


def decline(store: Store, intent: Thing) -> Thing:
    """A charge that the card's bank refused."""
    made = _charge(store, intent, "failed", failure_code="card_declined", failure_message="Your card was declined.")
    tell(store, "charge.failed", made)
    tell(store, "payment_intent.payment_failed", intent)
    return made


def _charge(store: Store, intent: Thing, status: str, **more: object) -> Thing:
    made = store.add(
        "charge", "ch", amount=intent["amount"], amount_refunded=0, currency=intent["currency"],
        customer=intent["customer"], payment_intent=intent["id"], metadata=intent["metadata"], status=status,
        paid=False, refunded=False, disputed=False, balance_transaction=None, **more,
    )  # fmt: skip
    store.change(intent, latest_charge=made["id"])
    return made


def refund(store: Store, given: Parameters) -> Thing:
    """Give back part of a charge, or all that is left; never more than was paid."""
    made = _charge_of(store, given)
    left = made["amount"] - made["amount_refunded"]
    amount = whole(given, "amount", default=left)
    if given.get("reason") and given["reason"] not in REASONS:
        raise refused("Invalid reason", "reason")
    if made["status"] != "succeeded" or not left:
        raise refused("Charge has already been refunded.", "charge", code="charge_already_refunded")
    if made["disputed"]:
        raise refused("Charge has been disputed.", "charge", code="charge_disputed")
    if not 0 < amount <= left:
        raise refused(f"Refund amount ({amount}) is greater than what is left ({left})", "amount")
    back = store.add(
        "refund", "re", amount=amount, currency=made["currency"], charge=made["id"], reason=given.get("reason"),
        payment_intent=made["payment_intent"], metadata=given.get("metadata", {}), status="succeeded",
        failure_balance_transaction=None,
    )  # fmt: skip
    left = settle(store, -amount, made["currency"])
    row = line(store, "refund", "refund", source=back["id"], amount=left, fee=0)
    store.change(back, balance_transaction=row["id"])
    refunded = made["amount_refunded"] + amount
    store.change(made, amount_refunded=refunded, refunded=refunded == made["amount"])
    tell(store, "refund.created", back)
    tell(store, "charge.refunded", made)
    return back


def fail_refund(store: Store, id: str) -> Thing:
    """The payer's bank sent it back: the money is the shop's again."""
    back = _known(store, id, "refund")
    if back["status"] != "succeeded":
        raise refused("This refund cannot fail any more.", "refund")
    made = _known(store, back["charge"], "charge")
    again = settle(store, back["amount"], back["currency"])
    row = line(store, "refund_failure", "refund_failure", source=back["id"], amount=again, fee=0)
    store.change(back, status="failed", failure_balance_transaction=row["id"], failure_reason="lost_or_stolen_card")
    store.change(made, amount_refunded=made["amount_refunded"] - back["amount"], refunded=False)
    tell(store, "refund.failed", back)
    return back


def dispute(store: Store, id: str, reason: str = "fraudulent") -> Thing:
    """The payer takes the charge back by their bank: the money leaves at once, with a fee."""
    made = _known(store, id, "charge")
    if made["disputed"] or made["status"] != "succeeded" or made["refunded"]:
        raise refused("This charge cannot be disputed.", "charge")
    amount, currency = made["amount"] - made["amount_refunded"], made["currency"]
    opened = store.add(
        "dispute", "dp", amount=amount, currency=currency, charge=id, payment_intent=made["payment_intent"],
        reason=reason, status="needs_response", balance_transactions=[],
        evidence_details={"due_by": store.now() + terms.RESPOND_WITHIN},
    )  # fmt: skip
    taken = settle(store, -amount, currency)
    row = line(store, "adjustment", "dispute", source=opened["id"], amount=taken, fee=terms.DISPUTE_FEE)
    store.change(opened, balance_transactions=[row])
    store.change(made, disputed=True)
    tell(store, "charge.dispute.created", opened)
    tell(store, "charge.dispute.funds_withdrawn", opened)
    return opened


def close_dispute(store: Store, id: str, *, is_won: bool) -> Thing:
    """The banks have decided."""
    opened = _known(store, id, "dispute")
    if opened["status"] != "needs_response":
        raise refused("This dispute is closed.", "dispute")
    if is_won:
        again = settle(store, opened["amount"], opened["currency"])
        row = line(store, "adjustment", "dispute_reversal", source=id, amount=again, fee=-terms.DISPUTE_FEE)
        store.change(opened, balance_transactions=[*opened["balance_transactions"], row])
        tell(store, "charge.dispute.funds_reinstated", opened)
    store.change(opened, status="won" if is_won else "lost")
    tell(store, "charge.dispute.closed", opened)
    return opened


def pay_out(store: Store) -> list[Thing]:
    """Send what has gathered to the shop's bank, a currency at a time; a debt waits."""
    loose: dict[str, list[Thing]] = {}
    for row in store.find("balance_transaction"):
        if row["type"] != "payout" and row["payout"] is None:
            loose.setdefault(row["currency"], []).append(row)
    sent = []
    for currency, rows in sorted(loose.items()):
        amount = sum(row["net"] for row in rows)
        if amount <= 0:
            continue
        payout = store.add("payout", "po", amount=amount, currency=currency, status="paid", automatic=True)
        own = line(store, "payout", "payout", source=payout["id"], amount=Settled(-amount, currency), fee=0)
        store.change(payout, balance_transaction=own["id"])
        for row in [*rows, own]:
            store.change(row, payout=payout["id"])
        tell(store, "payout.paid", payout)
        sent.append(payout)
    return sent


def _charge_of(store: Store, given: Parameters) -> Thing:
    if given.get("payment_intent"):
        return _known(store, _known(store, given["payment_intent"], "payment_intent")["latest_charge"], "charge")
    return _known(store, given.get("charge", ""), "charge")


def _known(store: Store, id: str, kind: str) -> Thing:
    found = store.get(id)
    if found is None or found["object"] != kind:
        raise unknown(id, kind)
    return found


def unknown(id: str, kind: str) -> Refused:
    return refused(f"No such {kind}: '{id}'", kind, status=404, code="resource_missing")

"""Invoices and what happens to them: paid, in part, late, too much; confirmed, run out, marked by hand; given back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tamizdat.sandbox.btcpay.deliveries import tell
from tamizdat.sandbox.company.refusal import Refused
from tamizdat.sandbox.company.store import Store, Thing

STORE = "sandbox-store"


def create(store: Store, given: dict[str, Any]) -> Thing:
    amount = _amount(given.get("amount"))
    metadata, checkout = given.get("metadata") or {}, given.get("checkout") or {}
    if not isinstance(given.get("currency"), str) or len(given["currency"]) < 3:
        raise wrong("currency", "The currency is unknown")
    expires = store.now() + int(checkout.get("expirationMinutes") or 15) * 60
    made = store.add(
        "invoice", "inv", storeId=STORE, amount=str(amount), paidAmount="0", currency=given["currency"],
        type="Standard", createdTime=store.now(), expirationTime=expires,
        monitoringExpiration=expires + int(checkout.get("monitoringMinutes") or 1440) * 60, status="New",
        additionalStatus="None", availableStatusesForManualMarking=["Settled", "Invalid"], archived=False,
        metadata=metadata, checkout=checkout, receipt={}, _order=metadata.get("orderId", ""), _payments=[],
        _due=expires,
    )  # fmt: skip
    store.change(made, checkoutLink=f"{store.address}/i/{made['id']}")
    tell(store, "InvoiceCreated", made)
    return made


def pay(store: Store, invoice: Thing, *, share: str = "1", is_confirmed: bool = True) -> Thing:
    """Coins come: all of it, a part or more. What comes after the hour is late."""
    if invoice["status"] in ("Invalid", "Settled") or store.now() >= invoice["monitoringExpiration"]:
        raise Refused(400, f"This invoice is {invoice['status']}.")
    part = (Decimal(invoice["amount"]) * Decimal(share)).quantize(Decimal("0.01"))
    paid = Decimal(invoice["paidAmount"]) + part
    payments = [*invoice["_payments"], {
        "id": f"coin-{len(invoice['_payments'])}-{invoice['id']}", "receivedDate": store.now(), "value": str(part),
        "fee": "0", "status": "Settled" if is_confirmed else "Processing", "destination": "bcrt1qsandbox",
    }]  # fmt: skip
    store.change(invoice, paidAmount=str(paid), _payments=payments)
    tell(store, "InvoiceReceivedPayment", invoice)
    whole = Decimal(invoice["amount"])
    if invoice["status"] == "Expired":
        store.change(invoice, additionalStatus="PaidLate" if paid >= whole else "PaidPartial")
    elif paid >= whole:
        over = "PaidOver" if paid > whole else "None"
        store.change(invoice, status="Processing", additionalStatus=over, _due=None)
        tell(store, "InvoiceProcessing", invoice)
        if is_confirmed:
            confirm(store, invoice)
    return invoice


def confirm(store: Store, invoice: Thing) -> Thing:
    """The network has confirmed what came."""
    _only(invoice, "Processing")
    store.change(invoice, status="Settled", _due=None)
    tell(store, "InvoiceSettled", invoice, manuallyMarked=False)
    return invoice


def bounce(store: Store, invoice: Thing) -> Thing:
    """The network never confirmed it."""
    _only(invoice, "Processing")
    store.change(invoice, status="Invalid")
    tell(store, "InvoiceInvalid", invoice, manuallyMarked=False)
    return invoice


def expire(store: Store, invoice: Thing) -> Thing:
    _only(invoice, "New")
    is_partial = Decimal(invoice["paidAmount"]) > 0
    store.change(invoice, status="Expired", additionalStatus="PaidPartial" if is_partial else "None", _due=None)
    tell(store, "InvoiceExpired", invoice, partiallyPaid=is_partial)
    return invoice


def mark(store: Store, invoice: Thing, status: str) -> Thing:
    """A person says so, whatever the network says."""
    if status not in ("Settled", "Invalid"):
        raise wrong("status", "Mark an invoice as Settled or Invalid")
    if invoice["status"] == status:
        return invoice
    if invoice["status"] == "Settled":
        raise Refused(400, "A settled invoice stays settled here.")
    store.change(invoice, status=status, additionalStatus="Marked", _due=None)
    tell(store, f"Invoice{status}", invoice, manuallyMarked=True)
    return invoice


def refund(store: Store, invoice: Thing, given: dict[str, Any]) -> Thing:
    """A pull payment, which names no invoice. The server looks after no ceiling: whoever asks has to."""
    if invoice["status"] not in ("Settled", "Expired"):
        raise Refused(400, "The invoice must be settled", code="non-refundable")
    if given.get("refundVariant") != "Custom":
        raise wrong("refundVariant", "This server gives back Custom amounts only")
    return store.add(
        "pull", "pull", name=given.get("name") or f"Refund {invoice['id']}", description=given.get("description", ""),
        currency=given["customCurrency"], amount=str(_amount(given.get("customAmount"))), BOLT11Expiration="30",
        autoApproveClaims=True, archived=False, viewLink=f"{store.address}/pull-payments/{invoice['id']}",
        _invoice=invoice["id"], _payouts=[],
    )  # fmt: skip


def archive(store: Store, pull: Thing) -> Thing:
    """Nobody fetched it: it is ours again."""
    if pull["archived"] or pull["_payouts"]:
        raise Refused(404, "The pull payment was not found", code="pullpayment-not-found")
    return store.change(pull, archived=True)


def wrong(path: str, message: str) -> Refused:
    return Refused(422, message, path=path)


def _only(invoice: Thing, status: str) -> None:
    if invoice["status"] != status:
        raise Refused(400, f"This invoice is {invoice['status']}.")


def _amount(text: object) -> Decimal:
    try:
        amount = Decimal(str(text))
    except ArithmeticError:
        raise wrong("amount", "The amount should be a number") from None
    if not amount.is_finite() or amount <= 0:
        raise wrong("amount", "The amount should be above zero")
    return amount

"""The whole server: its API, its checkout page, its clock, and what a test or a person may do on the other side."""

from __future__ import annotations

import hmac
import html
import json
import re
import time
from collections.abc import Callable, Mapping
from typing import Any

from tamizdat.sandbox.btcpay import deliveries, invoices
from tamizdat.sandbox.company import other_side
from tamizdat.sandbox.company.door import PAGE_HEADERS, Answer, Request
from tamizdat.sandbox.company.page import page
from tamizdat.sandbox.company.refusal import Refused
from tamizdat.sandbox.company.store import Store, Thing, shown

PERMISSIONS = (
    "btcpay.store.canviewinvoices", "btcpay.store.cancreateinvoice", "btcpay.store.canmodifyinvoices",
    "btcpay.store.canmanagepullpayments", "btcpay.store.canviewstoresettings",
    "btcpay.store.webhooks.canmodifywebhooks",
)  # fmt: skip
STORE = rf"/api/v1/stores/{invoices.STORE}"


def found(store: Store, events_to: str) -> None:
    """A new server has one store, with a wallet, a key and a webhook."""
    if store.find("key"):
        return
    store.add("key", "key", permissions=list(PERMISSIONS))
    store.add("wallet", "wallet", enabled=True, paymentMethodId="BTC-CHAIN", config={})
    everything = {"everything": True, "specificEvents": []}
    store.add("webhook", "webhook", enabled=True, automaticRedelivery=True, url=events_to, authorizedEvents=everything)


class BTCPay:
    """`key` is what the newsroom asks with, `secret` what deliveries are signed with."""

    def __init__(self, store: Store, *, key: str, secret: str) -> None:
        self.store, self.key, self.secret = store, key, secret

    def answer(self, request: Request) -> Answer:
        """API, page or the sandbox's own door. A refusal is an answer."""
        is_page = request.path.startswith("/i/")
        try:
            with self.store.work():
                if request.path.startswith("/api/"):
                    self.store.note(request.method, request.path, request.body.decode() or request.query)
                self.catch_up()
                if is_page:
                    return self._checkout(request)
                return Answer(200, self._api(request) if request.path.startswith("/api/") else self._act(request))
        except Refused as no:
            if is_page:
                return Answer(no.status, page("Not possible", f"<p>{html.escape(no.message)}</p>"), PAGE_HEADERS)
            said = {"code": "generic-error", "message": no.message, **no.said}
            return Answer(no.status, [said] if no.status == 422 else said)

    def catch_up(self) -> None:
        """Let invoices run out, each at its hour."""
        self.store.catch_up({"invoice": invoices.expire})

    def sign(self, delivery: str) -> tuple[Mapping[str, str], bytes]:
        """A delivery's headers and body."""
        return deliveries.sign(self.secret, self._thing("delivery", delivery), int(time.time()))

    def _api(self, request: Request) -> Any:
        given = request.headers.get("authorization", "")
        if not hmac.compare_digest(given.encode(), f"token {self.key}".encode()):
            raise Refused(401, "Authentication is required for accessing this endpoint", code="unauthenticated")
        said = json.loads(request.body or b"{}")
        asked = request.asked()
        for method, pattern, act in self._doors():
            match = re.fullmatch(pattern, request.path)
            if match and method == request.method:
                return act(match, asked, said)
        raise Refused(404, "There is no such address, or no such store.", code="not-found")

    def _doors(self) -> tuple[tuple[str, str, Callable[..., Any]], ...]:
        one, store = r"/api/v1/invoices/([a-z0-9_]+)", self.store
        return (
            ("GET", "/api/v1/api-keys/current", lambda *_: shown(store.find("key")[0])),
            ("GET", f"{STORE}/payment-methods", lambda *_: [shown(one) for one in store.find("wallet")]),
            ("GET", f"{STORE}/webhooks", lambda *_: [shown(one) for one in store.find("webhook")]),
            ("GET", f"{STORE}/invoices", lambda _, asked, __: self._list(asked)),
            ("POST", f"{STORE}/invoices", lambda _, __, said: _told(invoices.create(store, said))),
            ("GET", one, lambda at, *_: _told(self._thing("invoice", at[1]))),
            ("PUT", one, lambda at, _, said: _told(store.change(self._thing("invoice", at[1]), **said))),
            ("POST", f"{one}/status",
             lambda at, _, said: _told(invoices.mark(store, self._thing("invoice", at[1]), said["status"]))),
            ("POST", f"{one}/refund",
             lambda at, _, said: shown(invoices.refund(store, self._thing("invoice", at[1]), said))),
            ("GET", f"{STORE}/pull-payments", lambda *_: [shown(pull) for pull in store.find("pull")]),
            ("GET", r"/api/v1/pull-payments/([a-z0-9_]+)/payouts",
             lambda at, *_: self._thing("pull", at[1])["_payouts"]),
            ("GET", r"/api/v1/webhooks/([a-z0-9_]+)/deliveries", lambda *_: [
                {"id": one["id"], "timestamp": one["created"], "deliveryTime": one["created"], "httpCode": None,
                 "errorMessage": None, "status": "Failed"} for one in store.find("delivery")]),
            ("GET", r"/api/v1/webhooks/([a-z0-9_]+)/deliveries/([a-z0-9_]+)/request",
             lambda at, *_: deliveries.body(self._thing("delivery", at[2]), store.now())),
        )  # fmt: skip

    def _list(self, asked: dict[str, str]) -> list[Thing]:
        """Newest first."""
        narrowed = {"_order": asked["orderId"]} if "orderId" in asked else {}
        found = [one for one in self.store.find("invoice", **narrowed)
                 if one["createdTime"] >= int(asked.get("startDate", "0"))]  # fmt: skip
        skip = int(asked.get("skip", "0"))
        return [_told(one) for one in found[skip : skip + int(asked.get("take", "50"))]]

    def _thing(self, kind: str, id: str) -> Thing:
        found = self.store.get(id)
        if found is None or found["object"] != kind:
            raise Refused(404, f"The {kind} was not found", code=f"{kind}-not-found")
        return found

    def _checkout(self, request: Request) -> Answer:
        invoice = self._thing("invoice", request.path.removeprefix("/i/"))
        back = (invoice["checkout"] or {}).get("redirectURL", "/")
        head = f"<p>{html.escape(str(invoice['metadata'].get('itemDesc', '')))}</p>"
        head += f"<p class=amount>{invoice['amount']} {invoice['currency']}</p>"
        if request.method == "POST":
            verdict = request.form().get("verdict")
            if verdict != "leave":
                invoices.pay(self.store, invoice, share="0.5" if verdict == "half" else "1")
            return Answer(303, "", {**PAGE_HEADERS, "Location": back})
        if invoice["status"] != "New":
            way_back = f"<p><a href='{html.escape(back)}'>Back to the store</a></p>"
            return Answer(200, page("Invoice", f"{head}<p>It is {invoice['status']}.</p>{way_back}"), PAGE_HEADERS)
        form = """<form method=post><button name=verdict value=pay>Pay</button>
<button name=verdict value=half>Pay half of it</button><button name=verdict value=leave>Leave without paying</button>
</form>"""
        return Answer(200, page("Pay with coins", head + form), PAGE_HEADERS)

    def _act(self, request: Request) -> Any:
        acts: dict[str, Callable[..., Thing]] = {
            "pay": invoices.pay, "confirm": invoices.confirm, "bounce": invoices.bounce, "expire": invoices.expire,
            "mark": invoices.mark, "archive": invoices.archive,
        }  # fmt: skip
        return other_side.act(self.store, request, acts, self.catch_up)


def _told(invoice: Thing) -> Thing:
    """An invoice with its coins, as `includePaymentMethods` shows them."""
    method = {"paymentMethodId": "BTC-CHAIN", "currency": "BTC", "payments": invoice["_payments"]}
    return {**shown(invoice), "paymentMethods": [method]}

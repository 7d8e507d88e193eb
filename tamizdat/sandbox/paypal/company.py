"""The whole company: its API, its pages, its clock, and what a test or a person may do on the other side."""

from __future__ import annotations

import base64
import hashlib
import hmac
import html
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from tamizdat.sandbox.company import other_side
from tamizdat.sandbox.company.door import PAGE_HEADERS, Answer, Request
from tamizdat.sandbox.company.page import page
from tamizdat.sandbox.company.refusal import Refused
from tamizdat.sandbox.company.store import Store, Thing
from tamizdat.sandbox.paypal import api, billing, events, money, orders

WEBHOOK = "WH-SANDBOX"
TOKEN_SECONDS = 32_400
PAGES = ("/checkoutnow", "/webapps/billing/subscriptions")
BUTTONS = {
    "pay": "Agree and pay", "slow": "Pay by a bank that needs days", "refuse": "Pay by a card that is refused",
    "leave": "Leave without paying",
}  # fmt: skip


def found(store: Store, events_to: str) -> None:
    """A new app has one webhook, which is told everything."""
    if not store.find("webhook"):
        store.add("webhook", "WH", id=WEBHOOK, url=events_to, event_types=[{"name": "*"}])


class PayPal:
    """`key` and `secret` are the app's client_id and client_secret."""

    def __init__(self, store: Store, *, key: str, secret: str) -> None:
        self.store, self.key, self.secret = store, key, secret
        self._token = hashlib.sha256(f"{key}:{secret}".encode()).hexdigest()

    def answer(self, request: Request) -> Answer:
        """API, page or the sandbox's own door. A refusal is an answer."""
        try:
            if request.path == events.CERTIFICATE:
                return Answer(200, events.certificate())
            if request.path == "/v1/oauth2/token":
                return self._give_token(request)
            if request.path.startswith(("/v1/", "/v2/")):
                return self._api(request)
            with self.store.work():
                self.catch_up()
                if request.path in PAGES:
                    return self._page(request)
                return Answer(200, self._act(request))
        except Refused as no:
            if request.path in PAGES:
                return Answer(no.status, page("Not possible", f"<p>{html.escape(no.message)}</p>"), PAGE_HEADERS)
            return Answer(no.status, {"message": no.message, "debug_id": "sandbox", **no.said})

    def _give_token(self, request: Request) -> Answer:
        basic = base64.b64encode(f"{self.key}:{self.secret}".encode()).decode()
        if not hmac.compare_digest(request.headers.get("authorization", ""), f"Basic {basic}"):
            raise Refused(401, "Client Authentication failed", error="invalid_client")
        if request.form() != {"grant_type": "client_credentials"}:
            raise Refused(400, "Grant Type is not valid", error="unsupported_grant_type")
        return Answer(200, {"access_token": self._token, "token_type": "Bearer", "expires_in": TOKEN_SECONDS})

    def _api(self, request: Request) -> Answer:
        if not hmac.compare_digest(request.headers.get("authorization", ""), f"Bearer {self._token}"):
            raise Refused(401, "Authentication failed due to invalid authentication credentials", name="UNAUTHORIZED")
        raw = request.body.decode()
        self.store.note(request.method, request.path, raw or request.query)
        asked = request.asked()
        with self.store.work():
            self.catch_up()

            def act() -> tuple[int, Any]:
                said = api.answer(self.store, request.method, request.path, asked=asked, said=json.loads(raw or "{}"))
                return (204, "") if said is None else (200 if request.method == "GET" else 201, said)

            key = request.headers.get("paypal-request-id", "")
            if request.method == "GET" or not key:
                return Answer(*act())
            # What was refused may be asked again by the same id.
            kept = self.store.once(key, f"{request.path} {hashlib.sha256(raw.encode()).hexdigest()}", act)
            if kept is None:
                raise money.no("DUPLICATE_REQUEST_ID", "Another request had this PayPal-Request-Id.")
            return Answer(*kept)

    def catch_up(self) -> None:
        """Let all that has fallen due by now happen."""
        self.store.catch_up({"subscription": billing.renew, "order": orders.lapse})

    def sign(self, event: str) -> tuple[Mapping[str, str], bytes]:
        """An event's headers and body."""
        told = self.store.get(event)
        raw = events.raw(told) if told else b"{}"
        return events.sign(self.store.address, WEBHOOK, raw, datetime.now(UTC)), raw

    def _page(self, request: Request) -> Answer:
        asked = request.asked()
        thing = self.store.get(asked.get("token") or asked.get("ba_token", ""))
        if thing is None or thing["object"] not in ("order", "subscription"):
            raise Refused(404, "There is nothing to pay here.")
        is_order = thing["object"] == "order"
        price = thing["purchase_units"][0]["amount"] if is_order else thing["_price"]
        if request.method == "POST":
            return self._decided(thing, request.form().get("verdict", "leave"))
        buttons = BUTTONS if is_order else {name: BUTTONS[name] for name in ("pay", "leave")}
        form = "".join(f"<button name=verdict value={name}>{text}</button>" for name, text in buttons.items())
        head = f"<p class=amount>{price['value']} {price['currency_code']}</p>"
        return Answer(
            200, page("Pay with a make-believe PayPal", f"{head}<form method=post>{form}</form>"), PAGE_HEADERS
        )

    def _decided(self, thing: Thing, verdict: str) -> Answer:
        where = thing["_page"]["cancel_url" if verdict == "leave" else "return_url"]
        if verdict != "leave" and thing["object"] == "order":
            orders.approve(self.store, thing, is_slow=verdict == "slow", is_refused=verdict == "refuse")
        elif verdict != "leave":
            billing.approve(self.store, thing)
        mark = "&" if "?" in where else "?"
        return Answer(303, "", {**PAGE_HEADERS, "Location": f"{where}{mark}token={thing['id']}"})

    def _act(self, request: Request) -> Any:
        if request.path == "/sandbox/withdraw":
            return money.withdraw(self.store)
        if request.path == "/sandbox/exchange":
            return money.exchange(self.store)
        acts: dict[str, Callable[..., Thing]] = {
            "approve": orders.approve, "subscribe": billing.approve, "bounce": orders.bounce,
            "arrive": money.complete, "mend": billing.mend, "cancel": billing.cancel, "dispute": money.dispute,
            "close-dispute": money.close_dispute, "charge-fee": money.charge_fee,
        }  # fmt: skip
        return other_side.act(self.store, request, acts, self.catch_up)

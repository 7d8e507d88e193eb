"""The whole company: its API, its pages, its clock, and what a test or a person may do on the other side."""

from __future__ import annotations

import hashlib
import hmac
import html
import json
import time
from collections.abc import Mapping
from typing import Any

from tamizdat.sandbox.company.door import Answer, Request
from tamizdat.sandbox.company.refusal import Refused
from tamizdat.sandbox.company.signing import signature
from tamizdat.sandbox.company.store import Store, shown
from tamizdat.sandbox.stripe import api, billing, charges, pages, sessions
from tamizdat.sandbox.stripe.parameters import decode, refused


class Stripe:
    """`key` is what the shop asks with, `secret` what its events are signed with."""

    def __init__(self, store: Store, *, key: str, secret: str) -> None:
        self.store, self.key, self.secret = store, key, secret

    def answer(self, request: Request) -> Answer:
        """API, page or the sandbox's own door. A refusal is an answer."""
        if request.path.startswith("/v1/"):
            return self._api(request)
        try:
            with self.store.work():
                self.catch_up()
                if request.path.startswith("/sandbox/"):
                    return Answer(200, self._on_the_other_side(request))
                return pages.answer(self.store, request)
        except Refused as no:
            if request.path.startswith("/sandbox/"):
                return Answer(no.status, api.error(no))
            return Answer(no.status, pages.page("Not possible", f"<p>{html.escape(no.message)}</p>"))

    def _api(self, request: Request) -> Answer:
        asked = request.body.decode() if request.method == "POST" else request.query
        if not hmac.compare_digest(request.headers.get("authorization", ""), f"Bearer {self.key}"):
            no = Refused(401, f"Invalid API Key provided: {self.key[:8]}…", type="invalid_request_error")
            return Answer(401, api.error(no))
        with self.store.work():
            self.store.note(request.method, request.path, asked)
            self.catch_up()
            status, told = api.kept(
                self.store,
                request.headers.get("idempotency-key", "") if request.method == "POST" else "",
                f"{request.method} {request.path} {hashlib.sha256(asked.encode()).hexdigest()}",
                lambda: api.answer(self.store, request.method, request.path, decode(asked)),
            )
        return Answer(
            status, told, {"Request-Id": "req_sandbox", "Stripe-Version": request.headers.get("stripe-version", "")}
        )

    def catch_up(self) -> None:
        """Let all that has fallen due by now happen."""
        self.store.catch_up({
            "checkout.session": sessions.expire, "subscription": billing.renew, "invoice": billing.retry,
            "resumption": billing.resume,
        })  # fmt: skip

    def sign(self, event: str) -> tuple[Mapping[str, str], bytes]:
        """An event's headers and body."""
        raw = json.dumps(shown(self.store.get(event))).encode()
        return {"Stripe-Signature": signature(self.secret, raw, at=int(time.time()))}, raw

    def _on_the_other_side(self, request: Request) -> Any:
        """What payers, banks and time do: for tests, scripts and training."""
        given = json.loads(request.body or b"{}")
        verb = request.path.removeprefix("/sandbox/")
        if request.method == "GET":
            return self._told(verb, request.asked())
        if verb == "clock":
            if given["to"] < self.store.now():
                raise refused("Time does not go back.")
            self.store.set_clock(given["to"])
            self.catch_up()
            return {"now": self.store.now()}
        if verb == "payouts":
            return shown(charges.pay_out(self.store))
        thing = self.store.get(given.pop("id"))
        if thing is None:
            raise refused("There is nothing by that id.", status=404)
        acts = {
            "pay": lambda: sessions.pay(self.store, thing, **given),
            "decline": lambda: sessions.decline(self.store, thing),
            "expire": lambda: sessions.expire(self.store, thing),
            "mend": lambda: billing.mend(self.store, thing),
            "set": lambda: self.store.change(thing, **given),
            "fail-next": lambda: self.store.change(thing, _failing=[billing.FOREVER]),
            "fail-refund": lambda: charges.fail_refund(self.store, thing["id"]),
            "dispute": lambda: charges.dispute(self.store, thing["id"]),
            "close-dispute": lambda: charges.close_dispute(self.store, thing["id"], **given),
        }
        return shown(acts[verb]())

    def _told(self, verb: str, query: dict[str, str]) -> Any:
        if verb == "events":
            return [shown(event) for event in reversed(self.store.find("event"))]
        if verb == "balance":
            sums: dict[str, int] = {}
            for row in self.store.find("balance_transaction"):
                if row["type"] != "payout":
                    sums[row["currency"]] = sums.get(row["currency"], 0) + row["net"]
            return sums
        if verb == "find":
            return [shown(thing) for thing in self.store.find(**query)]
        if verb == "requests":
            return self.store.noted()
        return {"now": self.store.now(), "waiting": self.store.waiting()}

import json
import time
from datetime import datetime

import pytest

from tamizdat.providers.stripe import account
from tamizdat.providers.stripe.provider import Stripe
from tamizdat.sandbox.stripe.company import signature
from tests.stripe import SECRET, Company, stripe_company
from tests.wire_contract import check_stripe

pytest.register_assert_rewrite("tests.conformance")


class StripeShop:
    """The other side of Stripe."""

    def __init__(self, company: Company) -> None:
        self.company, self.client = company, company.client

    def pay(self, ref, **how):
        self.client.do("pay", ref, **how)

    def events(self, ref):
        """Signed as they would be told now, those of this session's customer and charges."""
        session = next(one for one in self.client.find("checkout.session") if one["id"] == ref)
        charges = {one["id"] for one in self.client.find("charge", customer=session["customer"] or "-")}
        mine = {ref, session["customer"], *charges}
        told = [event for event in self.client.events() if self._about(event) & mine]
        raws = [json.dumps(event).encode() for event in told]
        return [({"Stripe-Signature": signature(SECRET, raw, int(time.time()))}, raw) for raw in raws]

    def _about(self, event):
        thing = event["data"]["object"]
        if thing["object"] == "customer":
            return set()
        return {thing["id"], thing.get("customer"), thing.get("charge")} - {None}

    def sign(self, raw, at: datetime):
        return {"Stripe-Signature": signature(SECRET, raw, int(at.timestamp()))}

    def unknown_event(self, ref):
        thing = {"id": ref if ref.startswith("cs_") else "cs_test_none", "object": "checkout.session"}
        return json.dumps({"id": "evt_new", "type": "moon.rose", "livemode": False, "data": {"object": thing}}).encode()


@pytest.fixture(scope="session")
def neighbour():
    with stripe_company() as company:
        shop = StripeShop(company)
        yield shop
        check_stripe(company.client.requests())


@pytest.fixture
def shop(neighbour):
    return neighbour


@pytest.fixture
def provider(shop):
    return Stripe(account.read(shop.company.folder / "stripe.toml"))

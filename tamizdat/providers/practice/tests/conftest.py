import json
from datetime import datetime

import pytest

from tamizdat.providers.practice.provider import Practice
from tamizdat.sandbox.company.signing import signature
from tests.company import KEY, Company, Letterbox, letterbox, practice_company

pytest.register_assert_rewrite("tests.conformance", "tests.till_conformance")


class PracticeShop:
    def __init__(self, company: Company, box: Letterbox) -> None:
        self.company, self.box = company, box

    def pay(self, ref):
        self.company.client.approve(ref)

    def rest(self):
        """Here everything is final at once."""

    def carry_out(self, refund, amount):
        """The company makes its refunds itself."""

    def events(self, ref):
        told = sum(event["ref"] == ref for event in self.company.client.events())
        return self.box.wait_for(told, ref)

    def sign(self, raw, at: datetime):
        return {"Practice-Signature": signature(KEY, raw, at=int(at.timestamp()))}

    def unknown_event(self, ref):
        return json.dumps({"id": "event_new", "kind": "moon.rose", "ref": ref, "created": ""}).encode()


@pytest.fixture(scope="session")
def neighbour():
    with letterbox() as box, practice_company(events_to=box.address) as company:
        yield PracticeShop(company, box)


@pytest.fixture
def shop(neighbour):
    neighbour.box.events.clear()
    return neighbour


@pytest.fixture
def provider(shop):
    return Practice(shop.company.address, KEY)

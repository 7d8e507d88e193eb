from datetime import UTC, datetime
from uuid import uuid4

import pytest

from tests.company import letterbox, practice_company

BIRTH = datetime(2026, 1, 31, 9, 30, tzinfo=UTC)
TERMS = {
    "amount_minor": 500,
    "currency": "USD",
    "cadence": "monthly",
    "reference": "gift-1",
    "description": "The Test Gazette",
    "return_url": "https://give.example/back/",
    "cancel_url": "https://give.example/left/",
}


@pytest.fixture(scope="session")
def lasting_company():
    """One company for all tests that leave its clock alone."""
    with letterbox() as box, practice_company(events_to=box.address) as company:
        yield company, box


@pytest.fixture
def company(lasting_company):
    return lasting_company[0]


@pytest.fixture
def client(company):
    return company.client


@pytest.fixture
def box(lasting_company):
    return lasting_company[1]


@pytest.fixture
def past():
    """The client of a company that was born in the past, whose clock a test may move."""
    with practice_company(clock=BIRTH) as company:
        yield company.client


@pytest.fixture
def opened():
    """Opens an order with these terms, changed as the test wishes."""
    return lambda client, **terms: client.open_order(key=str(uuid4()), **TERMS | terms)["id"]

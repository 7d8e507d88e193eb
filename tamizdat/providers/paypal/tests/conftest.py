import pytest

from tamizdat.providers.paypal import provider as paypal
from tests.sides.clock import CompanysClock
from tests.sides.paypal import paypal_side

pytest.register_assert_rewrite("tests.conformance", "tests.till_conformance")


@pytest.fixture(scope="session")
def neighbour():
    with paypal_side() as side:
        yield side


@pytest.fixture
def shop(neighbour):
    return neighbour


@pytest.fixture
def provider(shop, settings, tmp_path, monkeypatch):
    monkeypatch.setattr(paypal, "timezone", CompanysClock(shop))
    (tmp_path / "paypal.toml").write_text(shop.settings())
    settings.KEYS = tmp_path
    return paypal.PayPal.from_settings()

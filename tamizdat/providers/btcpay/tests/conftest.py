import pytest

from tamizdat.providers.btcpay import provider as btcpay
from tests.sides.btcpay import btcpay_side
from tests.sides.clock import CompanysClock

pytest.register_assert_rewrite("tests.conformance", "tests.till_conformance")


@pytest.fixture(scope="session")
def neighbour():
    with btcpay_side() as side:
        yield side


@pytest.fixture
def shop(neighbour):
    return neighbour


@pytest.fixture
def provider(shop, settings, tmp_path, monkeypatch):
    monkeypatch.setattr(btcpay, "timezone", CompanysClock(shop))
    (tmp_path / "btcpay.toml").write_text(shop.settings())
    settings.KEYS = tmp_path
    return btcpay.BTCPay.from_settings()

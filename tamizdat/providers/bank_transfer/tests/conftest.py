import pytest

from tamizdat.providers.bank_transfer.provider import BankTransfer
from tests.sides.bank import bank_side

pytest.register_assert_rewrite("tests.conformance", "tests.till_conformance")


@pytest.fixture
def shop(settings, tmp_path):
    with bank_side() as side:
        settings.KEYS = tmp_path
        (tmp_path / "bank_transfer.toml").write_text(side.settings())
        yield side


@pytest.fixture
def provider(shop):
    return BankTransfer.from_settings()

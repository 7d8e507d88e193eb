from dataclasses import replace

import pytest

from tamizdat.providers.bank_transfer import account
from tamizdat.providers.bank_transfer.provider import BankTransfer
from tests.conformance import ProviderConformance
from tests.sides.bank import BankAlone, bank_side
from tests.till_conformance import TillConformance


class TestBankTransfer(ProviderConformance):
    """The shared class is the test. What happens at the bank is brought at once."""

    @pytest.fixture
    def shop(self, tmp_path):
        with bank_side(BankAlone) as side:
            (tmp_path / "bank_transfer.toml").write_text(side.settings())
            side.provider = BankTransfer(account.read(tmp_path / "bank_transfer.toml"), side.brought)
            yield side

    @pytest.fixture
    def provider(self, shop):
        return shop.provider


class TestBankTransferAtTheTill(TillConformance):
    """The shared class is the test."""

    @pytest.fixture
    def installed(self, training, provider, settings):
        settings.GIFT_SOURCES = "builtins.frozenset"
        giving = replace(settings.NEWSROOM.giving, providers=("bank_transfer",))
        settings.NEWSROOM = replace(settings.NEWSROOM, giving=giving)

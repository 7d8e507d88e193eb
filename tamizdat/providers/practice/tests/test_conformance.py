import pytest

from tests.conformance import ProviderConformance
from tests.till_conformance import TillConformance


class TestPractice(ProviderConformance):
    """The shared class is the test."""


class TestPracticeAtTheTill(TillConformance):
    """The shared class is the test."""

    @pytest.fixture
    def installed(self, training, shop, settings, monkeypatch):
        settings.KEYS = shop.company.folder
        settings.GIFT_SOURCES = "builtins.frozenset"
        monkeypatch.setenv("PRACTICE_ADDRESS", shop.company.address)

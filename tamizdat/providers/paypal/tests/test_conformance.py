from dataclasses import replace

import pytest

from tests.conformance import ProviderConformance
from tests.till_conformance import TillConformance


class TestPayPal(ProviderConformance):
    """The shared class is the test."""


class TestPayPalAtTheTill(TillConformance):
    """The shared class is the test."""

    @pytest.fixture
    def installed(self, training, provider, settings):
        settings.GIFT_SOURCES = "builtins.frozenset"
        giving = replace(settings.NEWSROOM.giving, providers=("paypal",))
        settings.NEWSROOM = replace(settings.NEWSROOM, giving=giving)

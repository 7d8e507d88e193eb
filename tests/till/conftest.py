"""Faults at the till: a company of this process, and a newsroom that works with it."""

from dataclasses import replace

import pytest

from tamizdat.money import Money
from tamizdat.newsroom.giving import Prices
from tamizdat.providers import wire as plain_wire
from tamizdat.providers.btcpay import provider as btcpay
from tamizdat.providers.paypal import provider as paypal
from tamizdat.providers.stripe import wire
from tamizdat.support import queries
from tamizdat.support.giver import changing
from tamizdat.support.models import requests
from tamizdat.support.rules.contract import Cadence
from tamizdat.support.truth import recording
from tests.sides.bank import bank_side
from tests.sides.btcpay import btcpay_side
from tests.sides.clock import CompanysClock
from tests.sides.paypal import paypal_side
from tests.sides.stripe import stripe_side


@pytest.fixture
def open_till(training, settings, tmp_path, monkeypatch):
    """Call it with a side to lead the newsroom there."""
    monkeypatch.setattr(wire, "PATIENCE_SECONDS", 0.3)
    monkeypatch.setattr(plain_wire, "PATIENCE_SECONDS", 0.3)
    monkeypatch.setattr(wire, "RETRIES", 0)
    settings.KEYS = tmp_path
    settings.GIFT_SOURCES = "builtins.frozenset"

    def lead(side):
        for module in (changing, recording, requests, queries, btcpay, paypal):
            monkeypatch.setattr(module, "timezone", CompanysClock(side))
        (tmp_path / f"{side.code}.toml").write_text(side.settings())
        # Set once: each setting is laid over those before, and thousands would be too deep.
        if settings.NEWSROOM.giving.providers != (side.code,):
            giving = settings.NEWSROOM.giving
            prices = {code: in_currency(code) for code in side.currencies}
            giving = replace(giving, providers=(side.code,), prices=prices)
            settings.NEWSROOM = replace(settings.NEWSROOM, giving=giving)
        return side

    return lead


def in_currency(code):
    return Prices(minimum=Money(200, code), suggested={cadence.value: () for cadence in Cadence})


SIDES = {"stripe": stripe_side, "btcpay": btcpay_side, "paypal": paypal_side, "bank_transfer": bank_side}

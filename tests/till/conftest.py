"""Faults at the till: a company of this process, and a newsroom that works with it."""

from dataclasses import dataclass, replace
from typing import Any

import pytest

from tamizdat.providers.stripe import wire
from tamizdat.support import changing, queries, recording
from tamizdat.support.models import requests
from tests.sides.stripe import stripe_side


@dataclass(frozen=True)
class CompanysClock:
    """Months go by at the company; a pause is counted by the same days here."""

    side: Any

    def now(self):
        return self.side.now()


@pytest.fixture
def open_till(training, settings, tmp_path, monkeypatch):
    """Call it with a side to lead the newsroom there."""
    monkeypatch.setattr(wire, "PATIENCE_SECONDS", 0.3)
    monkeypatch.setattr(wire, "RETRIES", 0)
    settings.KEYS = tmp_path
    settings.GIFT_SOURCES = "builtins.frozenset"

    def lead(side):
        for module in (changing, recording, requests, queries):
            monkeypatch.setattr(module, "timezone", CompanysClock(side))
        (tmp_path / f"{side.code}.toml").write_text(side.settings())
        # Set once: each setting is laid over those before, and thousands would be too deep.
        if settings.NEWSROOM.giving.providers != (side.code,):
            giving = replace(settings.NEWSROOM.giving, providers=(side.code,))
            settings.NEWSROOM = replace(settings.NEWSROOM, giving=giving)
        return side

    return lead


SIDES = {"stripe": stripe_side}

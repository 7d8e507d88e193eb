"""The company stands beside the newsroom unless the environment names another address."""

import pytest

from tamizdat.providers.practice.provider import Practice
from tamizdat.support.rules.contract import TryLater


def test_the_company_is_looked_for_one_port_above_ours(settings, monkeypatch):
    asked = []
    monkeypatch.delenv("PRACTICE_ADDRESS", raising=False)
    monkeypatch.setattr("tamizdat.providers.practice.provider.Wire", lambda *found: asked.append(found))
    Practice.from_settings()
    key = (settings.KEYS / "practice.key").read_text().strip()
    address = f"http://127.0.0.1:{settings.NEWSROOM.server.port + 1}"
    assert asked == [("the practice company", address, f"Bearer {key}")]


def test_the_environment_may_name_another_address(shop, monkeypatch):
    monkeypatch.setenv("PRACTICE_ADDRESS", "http://127.0.0.1:9")
    with pytest.raises(TryLater):
        Practice.from_settings().fetch("order_1")

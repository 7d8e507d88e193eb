"""The fixtures of a provider's tests, whichever it is: its company for the whole session, and a newsroom's account."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from tests.sides.clock import CompanysClock
from tests.sides.side import Side


def neighbours(
    opened: Callable[[], AbstractContextManager[Side]], account: Callable[[], Any], clocked: Any = None
) -> Any:
    """The fixtures `neighbour`, `shop` and `provider`; the module `clocked` goes by the company's clock."""

    @pytest.fixture(scope="session")
    def neighbour():
        with opened() as side:
            yield side

    @pytest.fixture
    def shop(neighbour):
        return neighbour

    @pytest.fixture
    def provider(shop, settings, tmp_path, monkeypatch):
        if clocked:
            monkeypatch.setattr(clocked, "timezone", CompanysClock(shop))
        (tmp_path / f"{shop.code}.toml").write_text(shop.settings())
        settings.KEYS = tmp_path
        return account()

    return neighbour, shop, provider

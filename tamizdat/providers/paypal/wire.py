"""Asking PayPal: with a token that it gives for a while."""

from __future__ import annotations

import base64
import threading
import time
from typing import Any

from tamizdat.providers.paypal.account import Account
from tamizdat.providers.wire import PASSING, Wire, understanding
from tamizdat.support.rules.contract import TryLater

# Wrong credentials are mended by the newsroom, and what waits then goes through.
PASSING_HERE = PASSING | {401, 403, 409}
SPARE_SECONDS = 60


class PayPalWire(Wire):
    """PayPal keeps an answer under a request's id for hours (orders) or weeks (refunds)."""

    key_header = "PayPal-Request-Id"


_tokens: dict[Account, tuple[str, float]] = {}
_lock = threading.Lock()


def ask(ours: Account, method: str, path: str, body: object = None, *, key: str = "") -> Any:
    """PayPal's JSON object. Raises TryLater, GiveUp."""
    try:
        wire = PayPalWire("PayPal", ours.api, f"Bearer {_token(ours)}", passing=PASSING_HERE)
        return wire.ask(method, path, body, key=key)
    except TryLater:
        _tokens.pop(ours, None)  # perhaps it was taken back; a plain refusal says that it was not
        raise


def _token(ours: Account) -> str:
    with _lock:
        token, until = _tokens.get(ours, ("", 0.0))
        if time.monotonic() >= until:
            basic = base64.b64encode(f"{ours.client_id}:{ours.client_secret}".encode()).decode()
            wire = PayPalWire("PayPal", ours.api, f"Basic {basic}", passing=PASSING_HERE)
            with understanding("PayPal"):
                given = wire.ask("POST", "/v1/oauth2/token", "grant_type=client_credentials")
                token, until = given["access_token"], time.monotonic() + given["expires_in"] - SPARE_SECONDS
            _tokens[ours] = (token, until)
        return token

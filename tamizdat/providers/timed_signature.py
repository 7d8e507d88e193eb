"""Signatures of the form `t=SECONDS,v1=HMAC`: whether a body was signed with our secret, and lately."""

from __future__ import annotations

import hashlib
import hmac
import re
from datetime import datetime

from tamizdat.support.rules.contract import BadSignature

OLDEST_SECONDS = 300
NEWEST_SECONDS = 60
_TIME = re.compile(r"(?:.*,)?t=([0-9]{1,12})(?:,.*)?")
_SIGNED = re.compile(r"(?:^|,)v1=([0-9a-f]{64})(?=,|$)")
LONGEST_HEADER = 2_000


def check(header: str, raw: bytes, *, secret: str, now: datetime, name: str, largest: int) -> None:
    """Return for a body of at most `largest` bytes, signed within five minutes and not ahead of its time by more than
    one; else raise BadSignature. While a secret is renewed the header holds two signatures: one must fit.
    """
    if len(raw) > largest:
        raise BadSignature(f"an event of {len(raw)} bytes; the largest has {largest}")
    at = _TIME.fullmatch(header) if len(header) <= LONGEST_HEADER else None
    given = _SIGNED.findall(header) if at else []
    if at is None or not given:
        raise BadSignature(f"an event without a {name} like t=…,v1=…")
    signed = hmac.new(secret.encode(), at[1].encode() + b"." + raw, hashlib.sha256).hexdigest()
    if not any([hmac.compare_digest(signed, one) for one in given]):
        raise BadSignature("an event whose signature does not fit its body; compare the webhook's secret")
    age = now.timestamp() - int(at[1])
    if not -NEWEST_SECONDS <= age <= OLDEST_SECONDS:
        raise BadSignature(f"an event signed {age:.0f} seconds ago; check the clocks of both machines")

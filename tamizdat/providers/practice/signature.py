"""Whether an event comes from the practice company, and lately."""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from datetime import datetime

from tamizdat.support.rules.contract import BadSignature, Notice

LARGEST_BODY = 64 * 1024
OLDEST_SECONDS = 300
NEWEST_SECONDS = 60
HEADER = re.compile(r"t=([0-9]{1,12}),v1=([0-9a-f]{64})")


def check(headers: Mapping[str, str], raw: bytes, *, key: str, now: datetime) -> None:
    """Return for a body signed with our key within the last five minutes; else raise BadSignature."""
    if len(raw) > LARGEST_BODY:
        raise BadSignature(f"an event of {len(raw)} bytes; the largest has {LARGEST_BODY}")
    given = {name.lower(): value for name, value in headers.items()}.get("practice-signature", "")
    parts = HEADER.fullmatch(given)
    if not parts:
        raise BadSignature("an event without a Practice-Signature like t=…,v1=…")
    signed = hmac.new(key.encode(), parts[1].encode() + b"." + raw, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(signed, parts[2]):
        raise BadSignature("an event whose signature does not fit its body")
    age = now.timestamp() - int(parts[1])
    if not -NEWEST_SECONDS <= age <= OLDEST_SECONDS:
        raise BadSignature(f"an event signed {age:.0f} seconds ago; check the clocks of both machines")


def read(raw: bytes) -> Notice:
    """The hint in a checked body. Raises BadSignature for one that the company would not have written."""
    try:
        told = json.loads(raw)
        hint = [told["id"], told["kind"], told["ref"]]
    except (ValueError, KeyError, TypeError, RecursionError):
        hint = []
    if not hint or not all(isinstance(text, str) and 0 < len(text) <= 100 for text in hint):
        raise BadSignature("a signed body that is not an event")
    return Notice(*hint)

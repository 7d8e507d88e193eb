"""Whether an event comes from the practice company, and lately."""

import json
from collections.abc import Mapping
from datetime import datetime

from tamizdat.providers import timed_signature
from tamizdat.support.rules.contract import BadSignature, Notice

LARGEST_BODY = 64 * 1024
NAME = "Practice-Signature"


def check(headers: Mapping[str, str], raw: bytes, *, key: str, now: datetime) -> None:
    """Return for a body signed with our key within the last five minutes; else raise BadSignature."""
    given = {name.lower(): value for name, value in headers.items()}.get(NAME.lower(), "")
    timed_signature.check(given, raw, secret=key, now=now, name=NAME, largest=LARGEST_BODY)


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

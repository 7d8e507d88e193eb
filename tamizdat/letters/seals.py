"""Sealing what must not be read from a stolen database."""

import functools
import hashlib
import json
from datetime import date
from typing import Any

from django.conf import settings
from nacl.bindings import sodium_pad, sodium_unpad
from nacl.secret import SecretBox

from tamizdat.money import Money

# The longest address has 254 characters, so that every sealed one has the same length.
ADDRESS_BLOCK, CONTEXT_BLOCK = 256, 2048


def seal_address(address: str) -> bytes:
    return _seal(address.encode(), ADDRESS_BLOCK)


def open_address(sealed: bytes) -> str:
    return _open(sealed, ADDRESS_BLOCK).decode()


def address_index(address: str) -> str:
    """A keyed hash of the address as people mean it: letter case does not matter."""
    key = _subkey(b"address index")
    return hashlib.blake2b(address.casefold().encode(), key=key, digest_size=16).hexdigest()


def seal_context(context: dict[str, Any]) -> bytes:
    """Seal what a letter will say: JSON, and money and dates besides."""
    return _seal(json.dumps(context, default=_as_json, ensure_ascii=False).encode(), CONTEXT_BLOCK)


def open_context(sealed: bytes) -> dict[str, Any]:
    opened: dict[str, Any] = json.loads(_open(sealed, CONTEXT_BLOCK), object_hook=_from_json)
    return opened


def _seal(plain: bytes, block: int) -> bytes:
    return bytes(SecretBox(_subkey(b"seal")).encrypt(sodium_pad(plain, block)))


def _open(sealed: bytes, block: int) -> bytes:
    return sodium_unpad(SecretBox(_subkey(b"seal")).decrypt(bytes(sealed)), block)


@functools.cache
def _subkey(purpose: bytes) -> bytes:
    """One key a purpose, all from keys/letters.key: who learns one learns nothing of another."""
    key = bytes.fromhex((settings.KEYS / "letters.key").read_text("ascii").strip())
    return hashlib.blake2b(key=key, person=purpose, digest_size=32).digest()


def _as_json(value: object) -> dict[str, Any]:
    if isinstance(value, Money):
        return {"$money": [value.minor, value.currency]}
    if isinstance(value, date):
        return {"$date": value.isoformat()}
    raise TypeError(f"a letter cannot carry a {type(value).__name__}")


def _from_json(value: dict[str, Any]) -> Any:
    if "$money" in value:
        return Money(*value["$money"])
    if "$date" in value:
        return date.fromisoformat(value["$date"])
    return value

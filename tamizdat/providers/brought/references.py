"""What a gift and a refund are called on a bank's form: a creditor reference, whose check digits catch a slip.

Source of the form and the check: ISO 11649 (RF, two check digits, up to 21 letters and figures), ISO 7064 mod 97-10.
"""

from __future__ import annotations

import hashlib
import re
from uuid import UUID

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: they are misread
MISREAD = str.maketrans("OIL", "011")
GIFT, CHARGE, KEY = 12, 3, 5  # letters that name a gift, one of its payments, one request to give back
REFUND = GIFT + CHARGE + KEY
PLACES = re.compile(rf"(?=RF([0-9OIL]{{2}})([0-9A-Z]{{{GIFT},{REFUND}}}))")


def of_gift(contribution: UUID) -> str:
    """The same for the same contribution: 60 bits of its digest."""
    return _checked(_letters(contribution.bytes, GIFT))


def of_row(ref: str, movement: str) -> str:
    """What the till calls what a row of the statement is."""
    return f"{ref}-{movement[:24]}"


def of_refund(charge: str, key: str) -> str:
    """Names the gift, the payment and the request: whoever transfers it back writes this into the form."""
    return _checked(charge[4 : 4 + GIFT] + tag(charge) + _letters(key.encode(), KEY))


def tag(charge: str) -> str:
    """The payment among those of a gift."""
    return _letters(charge.encode(), CHARGE)


def tagged(refund: str) -> str:
    """The payment's tag in a refund's reference."""
    return refund[4 + GIFT : 4 + GIFT + CHARGE]


def find(text: str) -> tuple[str, str]:
    """The gift that a text names and, if it is a refund, that; "" for what it does not name. Two gifts are none."""
    found = {
        one for place in PLACES.finditer(re.sub(r"[^0-9A-Z]", "", text.upper())) if (one := _named(*place.groups()))
    }
    return found.pop() if len(found) == 1 else ("", "")


def is_gift(ref: str) -> bool:
    return len(ref) == 4 + GIFT and find(ref) == (ref, "")


def written(ref: str) -> str:
    """In groups of four, as it is copied with the fewest slips."""
    return " ".join(ref[at : at + 4] for at in range(0, len(ref), 4))


def _named(digits: str, body: str) -> tuple[str, str] | None:
    """A refund is looked for first: its first letters are a gift's, but its check digits are of all of it."""
    digits, body = digits.translate(MISREAD), body.translate(MISREAD)
    for length in (REFUND, GIFT):
        ref = f"RF{digits}{body[:length]}"
        if len(body) >= length and ref == _checked(body[:length]):
            return (_checked(body[:GIFT]), ref) if length == REFUND else (ref, "")
    return None


def _letters(raw: bytes, count: int) -> str:
    number = int.from_bytes(hashlib.sha256(raw).digest())
    return "".join(SYMBOLS[number >> 5 * place & 31] for place in range(count))


def _checked(body: str) -> str:
    return f"RF{98 - remainder(body + 'RF00'):02}{body}"


def remainder(text: str) -> int:
    """Modulo 97 with letters as 10 to 35; an IBAN turned round leaves 1."""
    return int("".join(str(int(letter, 36)) for letter in text)) % 97

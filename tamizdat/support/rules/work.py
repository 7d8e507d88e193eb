"""Proof of work: a sum that costs one giver a moment and a thousand false tries an hour."""

from __future__ import annotations

import hashlib

FEWEST_BITS = 16  # some 65,000 sums: a moment in a browser of 2020
MOST_BITS = 20


def bits(unpaid: int, quiet: int) -> int:
    """How hard the sum is while so many begun payments are unpaid: twice as hard for each doubling."""
    return min(FEWEST_BITS + max(unpaid // max(quiet, 1), 1).bit_length() - 1, MOST_BITS)


def is_solved(riddle: str, answer: str, bits: int) -> bool:
    """Whether SHA-256 of "riddle:answer" begins with so many zero bits (hashcash, A. Back 1997)."""
    digest = hashlib.sha256(f"{riddle}:{answer}".encode()).digest()
    return int.from_bytes(digest, "big") >> (256 - bits) == 0

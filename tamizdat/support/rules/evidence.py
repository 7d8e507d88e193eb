"""What a gift in cash or by cheque comes with: how it came, and a picture that shows it."""

from __future__ import annotations

from enum import StrEnum

LARGEST_BYTES = 5_000_000
# By what the file begins with; its name proves nothing.
KINDS = {b"%PDF-": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}


class Way(StrEnum):
    CASH = "cash"
    CHEQUE = "cheque"


class BadEvidence(ValueError):
    """This file shows nothing; the message says what to bring instead."""


def kind_of(raw: bytes) -> str:
    """pdf, jpg or png. Raises BadEvidence."""
    if len(raw) > LARGEST_BYTES:
        raise BadEvidence("It has more than 5 MB: take the picture at a smaller size.")
    for beginning, kind in KINDS.items():
        if raw.startswith(beginning):
            return kind
    raise BadEvidence("It is no picture that can be kept: bring a JPEG, a PNG or a PDF.")

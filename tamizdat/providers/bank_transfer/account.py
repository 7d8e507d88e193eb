"""Our account at a bank: what `keys/bank_transfer.toml` says."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from pathlib import Path

from tamizdat.money import EXPONENTS
from tamizdat.providers import keyfile
from tamizdat.providers.brought.references import remainder
from tamizdat.support.rules.contract import NotSetUp

IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?")
NOWHERE = "XX"  # a country that ISO 3166 leaves to whoever needs one: the make-believe bank's
LONGEST_HOLDER = 70  # as a payment's form and its QR code take


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """`holder` as the bank writes it: banks in Europe compare it with what the payer types."""

    holder: str
    iban: str
    currency: str
    bic: str = ""

    @property
    def is_pretend(self) -> bool:
        return self.iban.startswith(NOWHERE)


def read(path: Path) -> Account:
    """The account. Raises NotSetUp with the remedy."""
    known = [one.name for one in fields(Account)]
    said = keyfile.texts(path, known=known, needed=("holder", "iban", "currency"))
    iban, bic = "".join(said["iban"].split()).upper(), "".join(said.get("bic", "").split()).upper()
    if not IBAN.fullmatch(iban) or remainder(iban[4:] + iban[:4]) != 1:
        raise NotSetUp(f"{path}: iban has a slip: its check digits do not fit. Copy it again from the bank")
    if bic and not BIC.fullmatch(bic):
        raise NotSetUp(f"{path}: bic is eight or eleven letters and figures, or left out")
    if said["currency"] not in EXPONENTS:
        raise NotSetUp(f"{path}: currency should be the account's, as three capitals like EUR")
    if len(said["holder"]) > LONGEST_HOLDER:
        raise NotSetUp(f"{path}: holder has more than {LONGEST_HOLDER} letters; write it as the bank does")
    return Account(holder=said["holder"], iban=iban, currency=said["currency"], bic=bic)

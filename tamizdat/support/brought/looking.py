"""What the desk asks about what people bring."""

from __future__ import annotations

from tamizdat.support import companies
from tamizdat.support.brought import by_hand, placing, slips
from tamizdat.support.rules.values import Brought, Gift, Slipped, ToTransfer, Unclear


def unclear() -> list[Unclear]:
    """Money on brought statements that names no gift and waits for a person, oldest first."""
    return placing.unclear()


def to_transfer() -> list[ToTransfer]:
    """Refunds that a person has to carry out at the bank, oldest first."""
    return by_hand.to_transfer(companies.by_statement())


def to_hand_back() -> list[ToTransfer]:
    """Refunds of cash and cheques that a person has to hand back, oldest first."""
    return by_hand.to_transfer(companies.by_hand())


def brings_statements() -> list[str]:
    """The codes of the companies of which a person brings statements."""
    return companies.by_statement()


def takes_by_hand() -> bool:
    """Whether gifts in cash and by cheque are switched on."""
    return bool(companies.by_hand())


def slips_of(gift: Gift) -> list[Slipped]:
    """What was written down of a gift in cash or by cheque; nothing of any other."""
    return slips.of_gift(gift.provider, gift.ref)


def evidence(slip: int) -> tuple[bytes, str]:
    """The picture that came with a slip, and pdf, jpg or png. Raises LookupError when it has been erased."""
    return slips.evidence(slip)


def last_brought() -> list[Brought]:
    """Of each company whose statements a person brings, the last one."""
    return by_hand.last_brought(companies.by_statement())

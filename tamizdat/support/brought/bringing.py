"""What people bring and say: a bank's statement, whose a transfer is, cash; and that they gave something back."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from uuid import UUID

from tamizdat.money import Money
from tamizdat.support import companies, receiving
from tamizdat.support.brought import by_hand, placing, slips, taking
from tamizdat.support.rules.evidence import Way
from tamizdat.support.rules.values import Taken


def take_statement(*, provider: str, raw: bytes, by: str) -> Taken:
    """Keep what a bank's statement tells that was not brought before, and book what names a gift. Safe twice.

    Raises UnknownCompany and BadStatement, and then nothing is kept.
    """
    company = companies.reader(provider)
    taken = taking.take(provider, company.read_statement(raw), by=by)
    receiving.hear_again(provider, company)
    return taken


def take_offline(*, amount: Money, day: date, way: Way, picture: bytes, by: str, key: UUID, address: str = "") -> None:
    """Book a gift in cash or by cheque, once for each key. The receipt goes to `address`.

    Raises BadEvidence and BadAddress, and then nothing is booked; UnknownCompany where it is not switched on.
    """
    provider = companies.for_hand()
    company = companies.reader(provider)
    movement = slips.write(provider, amount, day=day, way=way, picture=picture, by=by, key=key)
    with suppress(LookupError):  # it has been placed: the form was sent twice
        placing.found(movement, company, by=by, address=address)
    receiving.hear_again(provider, company)


def place(*, movement: int, ref: str, by: str) -> None:
    """Money that came is that gift's, or what left was that refund, however the reference is spaced: book it.

    Raises NotPlaced, and LookupError when it has been placed.
    """
    provider = placing.provider_of(movement)
    company = companies.reader(provider)
    placing.place(movement, company.find_ref(ref), by=by)
    receiving.hear_again(provider, company)


def place_anew(*, movement: int, by: str) -> None:
    """Money that came is a gift that nobody had begun here: book it. Raises NotPlaced, LookupError."""
    provider = placing.provider_of(movement)
    company = companies.reader(provider)
    placing.found(movement, company, by=by)
    receiving.hear_again(provider, company)


def set_aside(*, movement: int, by: str) -> None:
    """Money that came is no gift; who paid is forgotten. Raises LookupError when it has been placed."""
    placing.set_aside(movement, by=by)


def carried_out(*, ref: str, by: str) -> bool:
    """Somebody has transferred the refund called so; False when somebody had said so already. Raises LookupError."""
    return by_hand.carried_out(companies.by_statement(), ref, by=by)


def gave_back(*, ref: str, by: str) -> bool:
    """Somebody has handed back the refund called so, which books it; False when somebody had said so already.

    Raises LookupError.
    """
    provider = companies.for_hand()
    is_first = slips.gave_back(provider, ref, by=by)
    receiving.hear_again(provider, companies.company(provider))
    return is_first

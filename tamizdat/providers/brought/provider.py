"""The contract where nobody is asked and nobody tells: people bring what came, and carry out what goes back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from tamizdat.money import Money
from tamizdat.providers.brought import references
from tamizdat.providers.brought.reading import GiftAccount
from tamizdat.support.rules.contract import BadSignature, GiveUp, Notice, Snapshot, StatementLine
from tamizdat.support.rules.statements import Movements


class Brought:
    """What such providers have in common. What was brought comes back here through the settings' `MOVEMENTS`."""

    def __init__(self, brought: Movements) -> None:
        self._brought = brought

    def check(self, events_url: str) -> list[str]:
        """There is nobody to ask."""
        return []

    def verify(self, headers: Mapping[str, str], raw: bytes, now: datetime) -> list[Notice]:
        """Raises BadSignature."""
        raise BadSignature("nobody tells of this; a person brings it")

    def fetch(self, ref: str) -> Snapshot:
        """What was brought so far of a gift."""
        return self._told(ref).snapshot()

    def refund(self, charge_id: str, amount: Money | None, key: str) -> str:
        """What it is to be called when a person gives it back; nothing goes back by itself."""
        left = self._told(charge_id.partition("-")[0]).left(charge_id)
        if left.minor < (amount.minor if amount else 1):
            raise GiveUp(f"{left} of this can still be given back")
        return references.of_refund(charge_id, key)

    def cancel(self, ref: str, key: str) -> None:
        """There is nothing that would come by itself."""

    def set_amount(self, ref: str, amount: Money, key: str) -> None:
        raise GiveUp("this is given once")

    def pause(self, ref: str, until: datetime | None, key: str) -> None:
        raise GiveUp("this is given once")

    def method_url(self, ref: str, back: str) -> str:
        raise GiveUp("this is given once")

    def forget(self, ref: str, key: str) -> None:
        """Of who paid nothing is kept here."""

    def events_since(self, cursor: str) -> tuple[list[Notice], str]:
        """A hint for each row that was brought and is a gift's."""
        rows, after = self._brought.after(cursor)
        return [Notice(row.id, "came" if row.amount.minor > 0 else "went back", row.ref) for row in rows], after

    def lines_since(self, cursor: str) -> tuple[list[StatementLine], str]:
        """The same rows."""
        rows, after = self._brought.after(cursor)
        told = {ref: self._told(ref) for ref in {row.ref for row in rows}}
        return [told[row.ref].line(row) for row in rows], after

    def paid_out(self, payout: str) -> Money | None:
        """Nothing is paid out: the newsroom has it already."""
        return None

    def find_ref(self, text: str) -> str:
        """The gift, or the refund of one, that a text names."""
        gift, refund = references.find(text)
        return refund or gift

    def new_ref(self, contribution: UUID) -> str:
        """As for a gift that was begun here."""
        return references.of_gift(contribution)

    def _told(self, ref: str) -> GiftAccount:
        if not references.is_gift(ref):
            raise GiveUp(f"“{ref}” is no reference of a gift")
        return GiftAccount(ref, self._brought.of(ref))

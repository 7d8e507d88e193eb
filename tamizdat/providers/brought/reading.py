"""From the rows that are a gift's to what the till understands: taken in the order in which they were brought, so that
a row brought later changes nothing that was said before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tamizdat.money import Money
from tamizdat.providers.brought import references
from tamizdat.support.rules.contract import Charge, GiveUp, LineKind, Refunded, Snapshot, StatementLine, Status
from tamizdat.support.rules.statements import Movement


class GiftAccount:
    """What the rows of one gift come to."""

    def __init__(self, ref: str, rows: Iterable[Movement]) -> None:
        self.ref = ref
        self.charges: list[Charge] = []
        self.refunds: dict[str, Refunded] = {}
        self._left: dict[str, int] = {}  # of each payment
        self._called: dict[str, tuple[LineKind, str]] = {}  # by row, what it is
        self._early: list[Movement] = []  # went back of a payment that no statement has told yet
        for row in rows:
            self._came(row) if row.amount.minor > 0 else self._went_back(row)

    def snapshot(self) -> Snapshot:
        """A gift is given with its first transfer; a further one is of the same gift."""
        first = min((one.at for one in self.charges), default=None)
        status: Status = "ended" if first else "pending"
        return Snapshot(self.ref, None, status, tuple(self.charges), tuple(self.refunds.values()), first)

    def line(self, row: Movement) -> StatementLine:
        """The row as the till's statement has it."""
        kind, called = self._called[row.id]
        return StatementLine(row.id, kind, called, row.amount, _nothing(row), row.amount, row.at, self.ref)

    def left(self, charge: str) -> Money:
        """What of a payment can still be given back. Raises GiveUp."""
        paid = next((one for one in self.charges if one.id == charge), None)
        if paid is None:
            raise GiveUp(f"no statement tells of “{charge}”")
        return Money(self._left[charge], paid.amount.currency)

    def _came(self, row: Movement) -> None:
        sent = self.refunds.get(row.refund)
        if sent and not sent.failed_at and sent.amount == row.amount:  # the payer's bank did not take it
            self.refunds[sent.id] = replace(sent, failed_at=row.at)
            self._called[row.id] = ("refund", sent.id)
            self._left[sent.charge_id] += sent.amount.minor
            return
        charge = Charge(references.of_row(self.ref, row.id), row.amount, _nothing(row), row.at)
        self.charges.append(charge)
        self._left[charge.id] = charge.amount.minor
        self._called[row.id] = ("charge", charge.id)
        waiting, self._early = self._early, []
        for early in waiting:
            self._went_back(early)

    def _went_back(self, row: Movement) -> None:
        is_new = row.refund and row.refund not in self.refunds  # one transferred twice is two
        called = row.refund if is_new else references.of_row(self.ref, row.id)
        self._called[row.id] = ("refund", called)
        charge = self._given_back(row)
        if not charge:
            self._early.append(row)
            return
        self.refunds[called] = Refunded(called, charge, -row.amount, row.at)
        self._left[charge] += row.amount.minor

    def _given_back(self, row: Movement) -> str:
        """The payment that its reference names, else the first of which so much is left."""
        named = [one for one in self._left if row.refund and references.tag(one) == references.tagged(row.refund)]
        enough = [one for one, left in self._left.items() if left >= -row.amount.minor]
        return next(iter(named or enough), "")


def _nothing(row: Movement) -> Money:
    """A bank takes its fee from the account, not from a transfer."""
    return Money(0, row.amount.currency)

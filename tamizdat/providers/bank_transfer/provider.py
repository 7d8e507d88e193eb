"""A transfer to the newsroom's own bank account. Nobody is asked: a person brings the bank's statement."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as N_

from tamizdat.money import Money
from tamizdat.providers.bank_transfer import account, camt, reading, references
from tamizdat.support.rules.contract import (
    BadSignature,
    Cadence,
    Capabilities,
    GiveUp,
    Instructions,
    Intent,
    Movement,
    Movements,
    Notice,
    Snapshot,
    StatementLine,
    Urls,
)

CODE = "bank_transfer"


class BankTransfer:
    """One account."""

    def __init__(self, ours: account.Account, brought: Movements) -> None:
        self._account, self._brought = ours, brought

    @classmethod
    def from_settings(cls) -> BankTransfer:
        """The account that keys/bank_transfer.toml names. Raises NotSetUp."""
        ours = account.read(settings.KEYS / f"{CODE}.toml")
        return cls(ours, import_string(settings.BANK_MOVEMENTS)(CODE))

    def capabilities(self) -> Capabilities:
        """Once: a standing order is made at the payer's bank, and each of its transfers is booked as it comes."""
        return Capabilities(
            code=CODE,
            label=gettext_lazy("Bank transfer"),
            cadences=frozenset({Cadence.ONCE}),
            currencies=frozenset({self._account.currency}),
            is_pretend=self._account.is_pretend,
            by_statement=True,
        )

    def check(self, events_url: str) -> list[str]:
        """There is nobody to ask: what can be wrong stands in the file."""
        return []

    def start(self, intent: Intent, urls: Urls) -> Instructions:
        """What to write into the bank's form, with the gift's own reference."""
        ref = references.of_gift(intent.contribution)
        steps = (
            (N_("Recipient"), self._account.holder),
            ("IBAN", references.written(self._account.iban)),
            *((("BIC", self._account.bic),) if self._account.bic else ()),
            (N_("Amount"), str(intent.amount)),
            (N_("Reference"), references.written(ref)),
        )
        return Instructions(ref, steps, self._code(ref, intent.amount))

    def _code(self, ref: str, amount: Money) -> str:
        """The same for a bank's app, for euros alone. Source of the form: European Payments Council, EPC069-12."""
        if amount.currency != "EUR":
            return ""
        ours = self._account
        return "\n".join(
            ["BCD", "002", "1", "SCT", ours.bic, ours.holder, ours.iban, f"EUR{amount.decimal()}", "", ref]
        )

    def verify(self, headers: Mapping[str, str], raw: bytes, now: datetime) -> list[Notice]:
        """Raises BadSignature: a bank tells nothing."""
        raise BadSignature("a bank tells nothing; its statement is brought by a person")

    def fetch(self, ref: str) -> Snapshot:
        """What the statements brought so far tell of a gift."""
        return self._told(ref).snapshot()

    def refund(self, charge_id: str, amount: Money | None, key: str) -> str:
        """What the transfer is to be called by which a person gives it back; nothing is transferred by itself."""
        left = self._told(charge_id.partition("-")[0]).left(charge_id)
        if left.minor < (amount.minor if amount else 1):
            raise GiveUp(f"{left} of this transfer can still be given back")
        return references.of_refund(charge_id, key)

    def cancel(self, ref: str, key: str) -> None:
        """There is nothing that would come by itself."""

    def set_amount(self, ref: str, amount: Money, key: str) -> None:
        raise GiveUp("a bank transfer is given once")

    def pause(self, ref: str, until: datetime | None, key: str) -> None:
        raise GiveUp("a bank transfer is given once")

    def forget(self, ref: str, key: str) -> None:
        """The bank keeps its books by law; of who paid nothing is kept here."""

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
        """Nothing is paid out: it is the newsroom's own account."""
        return None

    def read_statement(self, raw: bytes) -> list[Movement]:
        """The rows of a CAMT.053 file. Raises BadStatement."""
        return camt.movements(raw, self._account)

    def find_ref(self, text: str) -> str:
        """The gift, or the refund of one, that a text names."""
        gift, refund = references.find(text)
        return refund or gift

    def new_ref(self, contribution: UUID) -> str:
        """As for a gift that was begun here."""
        return references.of_gift(contribution)

    def _told(self, ref: str) -> reading.GiftAccount:
        if not references.is_gift(ref):
            raise GiveUp(f"“{ref}” is no reference of a gift")
        return reading.GiftAccount(ref, self._brought.of(ref))

"""A transfer to the newsroom's own bank account. Nobody is asked: a person brings the bank's statement."""

from __future__ import annotations

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as N_

from tamizdat.money import Money
from tamizdat.providers.bank_transfer import account, camt
from tamizdat.providers.brought import references
from tamizdat.providers.brought.provider import Brought
from tamizdat.support.rules.contract import Cadence, Capabilities, Instructions, Intent, Urls
from tamizdat.support.rules.statements import Movement, Movements

CODE = "bank_transfer"


class BankTransfer(Brought):
    """One account. What can be wrong with it stands in its file."""

    def __init__(self, ours: account.Account, brought: Movements) -> None:
        super().__init__(brought)
        self._account = ours

    @classmethod
    def from_settings(cls) -> BankTransfer:
        """The account that keys/bank_transfer.toml names. Raises NotSetUp."""
        ours = account.read(settings.KEYS / f"{CODE}.toml")
        return cls(ours, import_string(settings.MOVEMENTS)(CODE))

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

    def read_statement(self, raw: bytes) -> list[Movement]:
        """The rows of a CAMT.053 file. Raises BadStatement."""
        return camt.movements(raw, self._account)

"""A bank in this process, new for each story: what payers write into its form, and what the treasurer brings."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar

from tamizdat.money import Money
from tamizdat.sandbox.bank.company import IBAN, Bank, move
from tamizdat.sandbox.bank.statement import written
from tamizdat.sandbox.company.door import Door
from tamizdat.sandbox.company.store import Store, Thing
from tamizdat.support import actions
from tamizdat.support.models import Reference, RefundRequest
from tamizdat.support.rules.contract import Cadence
from tamizdat.support.rules.statements import Movement, StatementReader
from tamizdat.support.rules.values import Unclear
from tests.sides.side import Side, Told, listening
from tests.sides.wire_contract import Checked

CURRENCY = "USD"


# What may be brought in the place of a statement.
SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "truncated": lambda raw: raw[: len(raw) * 2 // 3],
    "HTML 200": lambda _: b"<!doctype html><p>Your session has ended. Please log in.",
    "empty": lambda _: b"",
    "of another account": lambda raw: raw.replace(IBAN.encode(), b"DE89370400440532013000"),
    "in another currency": lambda raw: raw.replace(b'Ccy="USD"', b'Ccy="CHF"'),
    "a row is missing": lambda raw: re.sub(rb"<Ntry>.*?</Ntry>", b"", raw, count=1),
    "an entity": lambda raw: raw.replace(b"<Document", b'<!DOCTYPE x [<!ENTITY a "b">]><Document', 1),
}


def account(**otherwise: str) -> str:
    """What keys/bank_transfer.toml says of the account there."""
    said = {"holder": "The Test Gazette", "iban": IBAN, "currency": CURRENCY} | otherwise
    return "".join(f'{name} = "{value}"\n' for name, value in said.items())


class BankSide(Side):
    """What `Till` needs. Nobody is asked: what can be struck is the file that is brought."""

    code = "bank_transfer"
    kind_of_news = "row"
    cadences = frozenset({Cadence.ONCE})
    operations: ClassVar[Mapping[str, str]] = {"statement": ""}
    mishaps = tuple(SPOILT)
    is_brought = True
    checked = Checked()

    def __init__(self, store: Store, door: Door) -> None:
        super().__init__(store, door)
        self.dice = random.Random(7)
        self.spoils = ""

    def settings(self) -> str:
        return account()

    # What is told

    def news(self) -> list[Told]:
        """What has happened since it was asked last: a statement for each row."""
        rows = self.rows()
        fresh, self.told = rows[self.told :], len(rows)
        spoil, self.spoils = SPOILT.get(self.spoils, bytes), ""
        return [({}, spoil(self._statement([row]))) for row in fresh]

    def strike(self, operation: str, kind: str) -> None:
        """The next file that is brought is none, or not the right one."""
        self.spoils = kind

    def calm(self) -> None:
        self.spoils = ""

    def all_news(self) -> list[Told]:
        return [({}, self._statement(self.rows()))]

    def events(self, ref: str) -> list[Told]:
        """One statement of all that is a gift's."""
        return [({}, self._statement([row for row in self.rows() if row["_gift"] == ref]))]

    def rows(self) -> list[Thing]:
        return self.store.find("row")[::-1]

    def _statement(self, rows: list[Thing]) -> bytes:
        return written(IBAN, CURRENCY, 0, rows)

    # How it stands there

    def terms(self) -> dict[str, tuple[int, int | None]]:
        return {}

    def balance(self) -> dict[str, int]:
        """All that is gifts', less what went back."""
        held = sum(row["minor"] for row in self.rows() if row["_gift"] != "nobody's")
        return {CURRENCY: held} if held else {}

    def returned(self) -> list[Thing]:
        return [row for row in self.rows() if row["minor"] < 0]

    def periods(self) -> list[str]:
        """Every transfer is its payer's own."""
        return [row["id"] for row in self.rows() if row["minor"] > 0 and row["_gift"] != "nobody's"]

    def asked_back(self) -> list[tuple[str, int]]:
        """What was carried out: under which request, how much."""
        carried = [row for row in self.rows() if row["_refund"] and row["minor"] < 0]
        keys = dict(RefundRequest.objects.values_list("provider_id", "pk"))
        return [(str(keys.get(row["_refund"], row["_refund"])), -row["minor"]) for row in carried]

    # What payers and the treasurer do. Each answers whether there was anything to do.

    def pay(self, ref: str = "") -> bool:
        """The newest gift that was begun, as its form says."""
        ref, minor = self._newest(ref)
        return bool(ref) and bool(self._book(minor, self._as_written(ref), gift=ref))

    def pay_half(self) -> bool:
        ref, minor = self._newest()
        return bool(ref) and bool(self._book(minor // 2 or 1, self._as_written(ref), gift=ref))

    def pay_twice(self) -> bool:
        return self.pay() and self.pay()

    def pay_slowly(self) -> bool:
        """With a slip in the reference, or without any: a person has to say whose it is."""
        ref, minor = self._newest()
        slips = (ref[:-1], ref[:6] + ref[7:], f"{ref[:8]}X{ref[8:]}", "for the newspaper", "")
        return bool(ref) and bool(self._book(minor, self.dice.choice(slips), gift=ref))

    def mark(self) -> bool:
        """Somebody gives who began nothing here."""
        return bool(self._book(self.dice.randrange(1, 9_000), "Keep going!", gift="anew"))

    def leave(self) -> bool:
        """Money that is no gift."""
        return bool(self._book(self.dice.choice([2000, -2000, -300, 777]), "Invoice 4711", gift="nobody's"))

    def give_back(self) -> bool:
        """The bank's own button: back goes what came, by the payer's reference."""
        came = [row for row in self.rows() if row["minor"] > 0 and row["_gift"].startswith("RF")]
        if not came or any(row["minor"] < 0 and row["_gift"] == came[-1]["_gift"] for row in self.rows()):
            return False
        gift = came[-1]["_gift"]
        return bool(self._book(-came[-1]["minor"], self._as_written(gift), gift=gift))

    def fail_refund(self) -> bool:
        """The payer's account is closed: what went back comes again, by the reference that it bore."""
        sent = [row for row in self.rows() if row["_refund"] and row["minor"] < 0]
        if not sent or any(row["_refund"] == sent[-1]["_refund"] and row["minor"] > 0 for row in self.rows()):
            return False
        last = sent[-1]
        return bool(self._book(-last["minor"], last["_refund"], gift=last["_gift"], refund=last["_refund"]))

    def carry_out(self, refund: str, amount: Money, *, text: str = "") -> None:
        """The treasurer transfers it; with another text, should they forget the reference."""
        asked = RefundRequest.objects.filter(provider_id=refund).first()
        self._book(-amount.minor, text or refund, gift=asked.ref if asked else "", refund=refund)

    def placed(self, one: Unclear) -> None:
        """What the treasurer says of a transfer: they know the payer."""
        (row,) = [row for row in self.rows() if one.payer == row["payer"]] or [None]
        if row is None:  # what went out has no payer
            self._placed_back(one)
        elif row["_gift"] == "nobody's":
            actions.set_aside(movement=one.id, by="t")
        elif row["_gift"] == "anew":
            actions.place_anew(movement=one.id, by="t")
        else:
            actions.place(movement=one.id, ref=row["_refund"] or row["_gift"], by="t")

    def _placed_back(self, one: Unclear) -> None:
        refunds = {row["_refund"] for row in self.rows() if row["text"] == one.text and row["_refund"]}
        likely = [other.ref for other in one.likely if other.ref in refunds]
        if likely:
            actions.place(movement=one.id, ref=likely[0], by="t")
        else:
            actions.set_aside(movement=one.id, by="t")

    def rest(self) -> None:
        """Nothing more comes by itself."""

    def _newest(self, ref: str = "") -> tuple[str, int]:
        known = Reference.objects.filter(provider=self.code).select_related("contribution").order_by("-pk")
        found = (known.filter(ref=ref) if ref else known.exclude(ref="")).first()
        return (found.ref, found.contribution.amount_minor) if found else ("", 0)

    def _as_written(self, ref: str) -> str:
        """However people write it."""
        spaced = " ".join(ref[at : at + 4] for at in range(0, len(ref), 4))
        return self.dice.choice([ref, spaced, spaced.lower(), f"Gift {spaced}, thank you", ref.replace("0", "O")])

    def _book(self, minor: int, text: str, *, gift: str, refund: str = "", nameless: bool = False) -> Thing:
        """`nameless`: the bank gives the row no reference of its own."""
        with self.store.work():
            number = 0 if nameless else len(self.store.find("row"))
            row = move(self.store, minor, text, payer=f"A Reader {number}", structured=text.startswith("RF"))
            return self.store.change(row, _gift=gift, _refund=refund, _nameless=nameless)


class Brought:
    """The statements that were brought to a provider without a till."""

    def __init__(self) -> None:
        self.rows: list[Movement] = []

    def bring(self, rows: list[Movement]) -> None:
        known = {row.id for row in self.rows}
        self.rows += [row for row in rows if row.ref and row.id not in known]

    def of(self, ref: str) -> list[Movement]:
        return [row for row in self.rows if row.ref == ref]

    def after(self, cursor: str) -> tuple[list[Movement], str]:
        page = self.rows[int(cursor or 0) :][:3]
        return page, str(int(cursor or 0) + len(page))


class BankAlone(BankSide):
    """A bank without a newsroom: whatever is booked is brought to `provider` at once."""

    provider: StatementReader

    def __init__(self, store: Store, door: Door) -> None:
        super().__init__(store, door)
        self.brought = Brought()

    def pay(self, ref: str = "") -> bool:
        self._book(500, self._as_written(ref), gift=ref)
        return self._bring()

    def carry_out(self, refund: str, amount: Money, *, text: str = "") -> None:
        self._book(-amount.minor, refund, gift="", refund=refund)
        self._bring()

    def _bring(self) -> bool:
        self.brought.bring(self.provider.read_statement(self.all_news()[0][1]))
        return True


@contextmanager
def bank_side(kind: type[BankSide] = BankSide) -> Iterator[Any]:
    store = Store(":memory:")
    with listening(Bank(store, currency=CURRENCY)) as door:
        yield kind(store, door)

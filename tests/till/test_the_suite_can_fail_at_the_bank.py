"""The same at a bank: each planted fault turns a story red, and without one all are green."""

from collections import Counter
from dataclasses import replace
from uuid import uuid4

import pytest

from tamizdat.providers.bank_transfer import camt, provider
from tamizdat.providers.bank_transfer.provider import BankTransfer
from tamizdat.providers.brought import references
from tamizdat.providers.brought.reading import GiftAccount
from tamizdat.support import actions, queries
from tamizdat.support.brought import known, placing, taking
from tamizdat.support.rules.contract import Cadence
from tests.sides.bank import SPOILT, bank_side
from tests.till.planted import CanFail, Planted, nothing, wrapped
from tests.till.stories import Till


def every_row_is_new(_real, alike, seen):
    return uuid4().hex


def rows_alike_are_one(real, alike, seen):
    return real(alike, Counter())


def debits_came(real, *said):
    return abs(real(*said))


def to_the_cent(real, amount, ours):
    found = real(amount, ours)
    return replace(found, minor=found.minor // 100 * 100)


def anybodys(real, raw, ours):
    return real(raw.replace(b"DE89370400440532013000", ours.iban.encode()), ours)


def any_currency(real, raw, ours):
    return real(raw.replace(b'Ccy="CHF"', b'Ccy="USD"'), ours)


def without_check_digits(_real, digits, body):
    return f"RF{digits}{body[: references.GIFT]}", ""


def promised_only(real, self, row):
    """A second transfer of a gift is not booked."""
    return None if self.charges else real(self, row)


def refunds_come_again(real, self, row):
    return real(self, replace(row, refund=""))


def one_reference_for_all(real, charge, key):
    return real(charge, "")


def twice_is_once(real, self, row):
    return None if row.refund in self.refunds else real(self, row)


def everything_unnamed_is_passed_over(real, said_of, rows, **more):
    return real(said_of, [row for row in rows if row.ref], **more)


def the_likeliest(real, row, waiting):
    """The person is shown what is not theirs first."""
    return replace(real(row, waiting), likely=())


ALL = (
    Planted("a statement brought twice is booked twice", wrapped(camt, "_id", every_row_is_new)),
    Planted("two transfers alike are one", wrapped(camt, "_id", rows_alike_are_one)),
    Planted("what left came", wrapped(camt, "_signed", debits_came)),
    Planted("cents are forgotten", wrapped(camt, "_minor", to_the_cent)),
    Planted("another account's statement will do", wrapped(provider.camt, "movements", anybodys)),
    Planted("another currency will do", wrapped(provider.camt, "movements", any_currency)),
    Planted("a statement with a row missing will do", wrapped(camt, "_weigh", nothing)),
    Planted("check digits are not checked", wrapped(references, "_named", without_check_digits)),
    Planted("a further transfer of a gift is not booked", wrapped(GiftAccount, "_came", promised_only)),
    Planted("a refund that came again is a gift", wrapped(GiftAccount, "_came", refunds_come_again)),
    Planted("two refunds are called the same", wrapped(references, "of_refund", one_reference_for_all)),
    Planted("a refund transferred twice is booked once", wrapped(GiftAccount, "_went_back", twice_is_once)),
    Planted("refunds are ignored", wrapped(GiftAccount, "_went_back", nothing)),
    Planted("what names no gift is passed over", wrapped(taking, "take", everything_unnamed_is_passed_over)),
    Planted("what a person placed is not told on", wrapped(known.Known, "after", lambda real, self, cursor: (
        [row for row in real(self, cursor)[0] if not cursor], real(self, cursor)[1]
    ))),
    Planted("a refund is not transferred by anybody's leave", wrapped(BankTransfer, "refund", nothing)),
    Planted("nobody is shown what it may be", wrapped(placing, "_unclear", the_likeliest)),
)  # fmt: skip


def it_comes_in_odd_ways(till: Till) -> None:
    ref = till.give(Cadence.ONCE, minor=2050)
    for _ in range(2):  # as much on the same day, and the bank gives it no name
        till.side._book(2050, ref, gift=ref, nameless=True)
    till.bring(till.side.all_news())
    till.hear("twice")
    till.side.mark()
    till.side.leave()
    till.hear("backwards")
    till.settle()
    till.agrees("it comes in odd ways")


def some_goes_back(till: Till) -> None:
    till.give(Cadence.ONCE, minor=2050)
    till.side.pay()
    till.hear("as told")
    till.refund(350)
    till.refund(350)
    for one in till.desk():
        till.side.carry_out(one.ref, one.amount)
    till.hear("twice")
    assert sum(-row["minor"] for row in till.side.returned()) == 700
    till.side.fail_refund()
    till.hear("as told")
    (paid,) = queries.gift(till.gifts[0]).payments
    assert paid.refunded.minor == 350
    till.settle()
    till.agrees("some goes back")


def it_goes_back_twice(till: Till) -> None:
    till.give(Cadence.ONCE)
    till.side.pay()
    till.hear("as told")
    till.refund(300)
    for one in till.desk():
        till.side.carry_out(one.ref, one.amount)
        till.side.carry_out(one.ref, one.amount)
    till.hear("as told")
    assert till.side.balance()["USD"] == till.booked()


def the_wrong_files_come(till: Till) -> None:
    for kind in SPOILT:
        till.give(Cadence.ONCE)
        till.side.strike("statement", kind)
        till.side.pay()
        ((_, raw),) = till.side.news()
        with pytest.raises(actions.BadStatement):
            actions.take_statement(provider=till.side.code, raw=raw, by="t")
    till.settle()
    till.agrees("the wrong files come")


def they_write_wrongly(till: Till) -> None:
    for _ in range(4):
        till.give(Cadence.ONCE)
        till.side.pay_slowly()
        till.hear("as told")
        till.attend()
        till.hear_again()
    assert till.booked() == till.side.balance()["USD"]
    till.settle()
    till.agrees("they write wrongly")


def they_forget_the_reference(till: Till) -> None:
    till.give(Cadence.ONCE)
    till.side.pay()
    till.hear("as told")
    till.refund(300)
    for one in till.desk():
        till.side.carry_out(one.ref, one.amount, text="money back")
    till.hear("as told")
    till.attend()
    till.settle()
    till.agrees("they forget the reference")


STORIES = (
    it_comes_in_odd_ways, some_goes_back, it_goes_back_twice, the_wrong_files_come, they_write_wrongly,
    they_forget_the_reference,
)  # fmt: skip


class TestAtTheBank(CanFail):
    faults, stories, opened = ALL, STORIES, staticmethod(bank_side)

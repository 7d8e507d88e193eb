"""A transfer's way through the till: what names a gift is booked once, what does not waits for a person, and what is to
go back is transferred by hand."""

import random
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission

from tamizdat.ledger import queries as ledger
from tamizdat.letters import actions as post
from tamizdat.letters.queries import training_letters
from tamizdat.money import Money
from tamizdat.providers.bank_transfer.account import Account
from tamizdat.providers.bank_transfer.provider import BankTransfer
from tamizdat.support import actions
from tamizdat.support import queries as support
from tamizdat.support.models import Contribution, Movement, PayersWords, RefundRequest
from tamizdat.support.rules.contract import Cadence
from tests.guide import DOCS
from tests.sides.bank import bank_side
from tests.till.stories import Till

BANK = "bank_transfer"


@pytest.fixture
def till(open_till):
    with bank_side() as side:
        yield Till(open_till(side), random.Random(7))


def begun(till, minor=2000, **more):
    found = actions.begin(
        amount=Money(minor, "USD"), cadence=Cadence.ONCE, provider=BANK, source="", language="en", **more
    )
    till.gifts.append(found.contribution)
    return found


def payments(gift):
    return [payment.gross.minor for payment in support.gift(gift).payments]


def test_the_reader_is_told_account_amount_and_reference(till):
    gift = begun(till)
    steps = dict(gift.next.steps)
    assert (steps["Recipient"], steps["Amount"]) == ("The Test Gazette", "20.00 USD")
    assert steps["IBAN"].replace(" ", "") == "XX48TAMIZDAT00000001"
    assert steps["Reference"].replace(" ", "") == gift.next.ref == support.gift(gift.contribution).ref


def test_it_is_written_to_who_left_an_address_with_the_private_address(till, tmp_path):
    (tmp_path / "letters.key").write_text("5a" * 32)
    gift = begun(till, address="ada@reader.example")
    post.deliver_due(now=till.now)
    (letter,) = training_letters()
    assert all(f"{label}: {value}" in letter.text for label, value in gift.next.steps)
    assert "/support/my/" in letter.text


def test_a_statement_brought_five_times_books_each_transfer_once(till):
    gift = begun(till)
    for _ in range(2):
        till.side.pay(gift.next.ref)
    for _ in range(5):
        till.bring(till.side.all_news())
        till.work()
    assert payments(gift.contribution) == [2000, 2000]
    till.agrees("five times")


def test_what_names_no_gift_waits_with_what_it_may_be(till):
    near, same = begun(till, 3100), begun(till, 2000)
    till.side._book(2000, f"gift {near.next.ref[:-1]}", gift=near.next.ref)
    till.bring(till.side.news())
    (one,) = support.unclear()
    assert (one.amount, one.payer) == (Money(2000, "USD"), "A Reader 0")
    assert b"Reader" not in bytes(PayersWords.objects.get().sealed_payer)
    assert [other.ref for other in one.likely] == [near.next.ref, same.next.ref]
    actions.place(movement=one.id, ref=f"  {near.next.ref[:8].lower()} {near.next.ref[8:]} ", by="treasurer")
    till.work()
    assert (payments(near.contribution), payments(same.contribution)) == ([2000], [])
    assert (support.unclear(), PayersWords.objects.count()) == ([], 0)


def test_who_gave_without_having_begun_is_booked_as_a_gift_of_its_own(till):
    till.side.mark()
    till.bring(till.side.news())
    (one,) = support.unclear()
    actions.place_anew(movement=one.id, by="treasurer")
    till.work()
    (gift,) = support.find_gifts()
    assert [payment.gross for payment in gift.payments] == [one.amount]
    with pytest.raises(LookupError):
        actions.place_anew(movement=one.id, by="treasurer")


def test_what_is_no_gift_is_set_aside_and_comes_no_more(till):
    till.side._book(777, "invoice", gift="nobody's")
    for _ in range(2):
        till.bring(till.side.all_news())
        for one in support.unclear():
            actions.set_aside(movement=one.id, by="treasurer")
    assert (support.unclear(), PayersWords.objects.count(), Movement.objects.count()) == ([], 0, 1)
    assert not ledger.balance(f"assets:{BANK}", "USD")


def test_a_transfer_is_not_placed_twice_nor_with_a_gift_that_is_none(till):
    gift = begun(till)
    till.side._book(2000, "", gift=gift.next.ref)
    till.bring(till.side.news())
    (one,) = support.unclear()
    for wrong in ("RF00", "", "RF18539007547034"):
        with pytest.raises(actions.NotPlaced, match="letter by letter"):
            actions.place(movement=one.id, ref=wrong, by="treasurer")
    actions.place(movement=one.id, ref=gift.next.ref, by="treasurer")
    with pytest.raises(LookupError):
        actions.place(movement=one.id, ref=gift.next.ref, by="treasurer")


def test_other_peoples_payments_are_not_kept(till):
    till.side._book(-90_000, "rent", gift="nobody's")
    till.bring(till.side.news())
    assert not Movement.objects.exists()


def refunded(till, minor=None):
    """A gift that came, and a refund of it that was decided."""
    gift = begun(till)
    till.side.pay(gift.next.ref)
    till.hear("as told")
    till.refund(minor)
    return gift


def test_a_refund_waits_for_weeks_until_somebody_transfers_it(till):
    gift = refunded(till, 500)
    for _ in range(30):
        till.days += 1
        till.work()
    assert support.damaged() == []
    (one,) = support.to_transfer()
    assert (one.amount, one.gift) == (Money(500, "USD"), gift.next.ref)
    till.side.carry_out(one.ref, one.amount)
    till.hear("twice")
    assert support.to_transfer() == []
    assert support.gift(gift.contribution).payments[0].refunded == Money(500, "USD")
    till.agrees("by hand")


def test_a_refund_transferred_without_its_reference_is_asked_about_and_not_made_twice(till):
    refunded(till)
    (one,) = support.to_transfer()
    till.side.carry_out(one.ref, one.amount, text="money back")
    till.bring(till.side.all_news())
    (asked,) = support.unclear()
    assert [other.ref for other in asked.likely] == [one.ref]
    actions.place(movement=asked.id, ref=one.ref, by="treasurer")
    till.work()
    assert (support.to_transfer(), RefundRequest.objects.get().due_at) == ([], None)
    till.agrees("without its reference")


def test_a_refund_that_the_payers_bank_sends_back_is_booked_back(till):
    gift = refunded(till)
    till.attend()
    till.bring(till.side.all_news())
    till.work()
    till.attend()
    till.side.fail_refund()
    till.hear("as told")
    assert not support.gift(gift.contribution).payments[0].refunded
    till.agrees("sent back")


def test_what_payers_wrote_is_forgotten_after_sixty_days(till):
    till.side.mark()
    till.bring(till.side.news())
    assert actions.forget_unpaid(till.now + timedelta(days=59)) == 0
    assert actions.forget_unpaid(till.now + timedelta(days=61)) == 1
    (one,) = support.unclear()
    assert (one.payer, one.text) == ("", "")


def test_who_looks_after_the_money_is_written_to_when_nobody_brings_a_statement(till, tmp_path):
    (tmp_path / "letters.key").write_text("5a" * 32)
    treasurer = get_user_model().objects.create_user("treasurer", email="treasurer@desk.example")
    treasurer.user_permissions.set(Permission.objects.filter(codename="refund_payment"))
    begun(till)
    assert [actions.ring(till.now + timedelta(days=days)) for days in (3, 5, 6)] == [0, 1, 0]
    post.deliver_due(now=till.now)
    (letter,) = training_letters()
    assert "no statement was brought since" in letter.text and "tamizdat reconcile" not in letter.text
    Contribution.objects.update(created_at=till.now - timedelta(days=5))
    (complaint,) = support.self_checks()
    assert complaint.startswith("bank_transfer: 1 gifts wait for a transfer and no statement was brought since")
    assert "gifts wait for a transfer and no statement was brought since" in (DOCS / "bank_transfer.md").read_text()
    till.side.pay()
    till.hear("as told")
    assert support.self_checks() == []


def test_a_file_that_is_no_statement_leaves_nothing(till):
    for raw in (b"", b"<html/>", till.side._statement([])[:-30]):
        with pytest.raises(actions.BadStatement):
            actions.take_statement(provider=BANK, raw=raw, by="t")
    assert not Movement.objects.exists()


def test_a_company_that_tells_by_itself_takes_no_statement(training, settings, tmp_path):
    settings.KEYS = tmp_path
    (tmp_path / "practice.key").write_text("key")
    with pytest.raises(actions.UnknownCompany, match="needs no statement"):
        actions.take_statement(provider="practice", raw=b"", by="t")


def test_a_gift_in_euros_has_a_code_for_the_banks_app():
    """By the published form, EPC069-12."""
    ours = Account(holder="Die Zeitung", iban="DE89370400440532013000", currency="EUR", bic="COBADEFFXXX")
    code = BankTransfer(ours, None)._code("RF18539007547034", Money(1250, "EUR")).split("\n")
    assert code[:8] == ["BCD", "002", "1", "SCT", ours.bic, ours.holder, ours.iban, "EUR12.50"]
    assert code[9] == "RF18539007547034"

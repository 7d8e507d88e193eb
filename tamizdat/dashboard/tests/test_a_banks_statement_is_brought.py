"""A treasurer brings the bank's statement, says whose a transfer is, and transfers back what was decided."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from tamizdat.money import Money
from tamizdat.support import actions, queries
from tamizdat.support.rules.contract import Cadence
from tests.sides.bank import bank_side

BANK = reverse("desk:bank")


@pytest.fixture
def side(training, settings, tmp_path):
    """A newsroom that takes bank transfers, and its bank."""
    with bank_side() as side:
        settings.KEYS = tmp_path
        (tmp_path / "bank_transfer.toml").write_text(side.settings())
        giving = replace(settings.NEWSROOM.giving, providers=("bank_transfer",))
        settings.NEWSROOM = replace(settings.NEWSROOM, giving=giving)
        yield side


@pytest.fixture
def gift(side):
    return actions.begin(
        amount=Money(2000, "USD"), cadence=Cadence.ONCE, provider="bank_transfer", source="", language="en"
    )


def bring(treasurer, raw):
    return treasurer.post(BANK, {"file": SimpleUploadedFile("statement.xml", raw)}, follow=True).text


def test_what_names_a_gift_is_booked(treasurer, side, gift):
    side.pay(gift.next.ref)
    page = bring(treasurer, side.all_news()[0][1])
    assert "1 rows, 1 of them new. 1 name what is ours and are booked." in page
    assert "Every transfer has been placed." in page
    assert "1 rows, 0 of them new." in bring(treasurer, side.all_news()[0][1])
    actions.process_due_events(timezone.now())
    assert queries.gift(gift.contribution).payments


@pytest.mark.parametrize("raw", [b"", b"<html/>", b"not a file of a bank"])
def test_another_file_is_refused_beside_the_field(treasurer, side, raw):
    page = bring(treasurer, raw)
    assert "It is no" in page or "This file is empty" in page
    assert "Traceback" not in page


def test_a_transfer_that_names_no_gift_is_placed_by_a_choice_or_by_what_is_typed(treasurer, side, gift):
    side._book(2000, "for the paper", gift=gift.next.ref)
    page = bring(treasurer, side.all_news()[0][1])
    assert "from A Reader 0" in page and "“for the paper”" in page and gift.next.ref in page
    (one,) = queries.unclear()
    address = reverse("desk:place", args=[one.id])
    assert "letter by letter" in treasurer.post(address, {"typed": "RF00 1234"}, follow=True).text
    assert "Noted; books" in treasurer.post(address, {"ref": gift.next.ref}, follow=True).text
    assert "Somebody has said" in treasurer.post(address, {"ref": "none"}, follow=True).text
    assert "A Reader 0" not in treasurer.get(BANK).text


def test_it_may_be_a_gift_of_its_own_or_none(treasurer, side):
    side._book(700, "hello", gift="anew")
    side._book(900, "invoice", gift="nobody's")
    bring(treasurer, side.all_news()[0][1])
    for one, ref in zip(queries.unclear(), ("new", "none"), strict=True):
        treasurer.post(reverse("desk:place", args=[one.id]), {"ref": ref})
    assert queries.unclear() == []
    assert [found.amount for found in queries.find_gifts()] == [Money(700, "USD")]


def test_a_refund_is_transferred_by_one_person_alone(treasurer, side, gift):
    side.pay(gift.next.ref)
    bring(treasurer, side.all_news()[0][1])
    actions.process_due_events(timezone.now())
    (paid,) = queries.gift(gift.contribution).payments
    actions.refund(payment=paid.id, by="another", reason="asked", key=str(uuid4()))
    (one,) = queries.to_transfer()
    assert one.ref in treasurer.get(BANK).text
    address = reverse("desk:carried_out", args=[one.ref])
    assert "The next statement will tell" in treasurer.post(address, follow=True).text
    assert "Somebody had transferred it already" in treasurer.post(address, follow=True).text
    assert "I have transferred it" not in treasurer.get(BANK).text


def test_who_may_not_is_not_let_in(client, django_user_model, side):
    client.force_login(django_user_model.objects.create_user("journalist", password="x"))
    assert client.get(BANK).status_code == 302


def test_a_machine_may_bring_it(side, gift, tmp_path, capsys):
    side.pay(gift.next.ref)
    (tmp_path / "statement.xml").write_bytes(side.all_news()[0][1])
    call_command("statement", str(tmp_path / "statement.xml"))
    assert capsys.readouterr().out == "1 rows, 1 new, 1 booked.\n"
    (tmp_path / "statement.xml").write_bytes(b"<html/>")
    with pytest.raises(CommandError, match="It is no CAMT"):
        call_command("statement", str(tmp_path / "statement.xml"))

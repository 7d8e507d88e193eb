"""A gift in cash or by cheque is written down with a picture, found, handed back, and its giver forgotten."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tamizdat.ledger import queries as ledger
from tamizdat.letters.models import Letter
from tamizdat.money import Money
from tamizdat.newsroom import queries as newsroom
from tamizdat.support import actions, queries
from tamizdat.support.models import Evidence, Movement

OFFLINE = reverse("desk:offline")
PICTURE = b"\x89PNG\r\n\x1a\n a cheque signed by Anna Petrova"


@pytest.fixture
def cash_box(training, settings):
    """A newsroom that takes cash and cheques."""
    giving = replace(settings.NEWSROOM.giving, providers=("offline",))
    settings.NEWSROOM = replace(settings.NEWSROOM, giving=giving)


def write_down(treasurer, *, picture=PICTURE, **otherwise):
    """What the page then says."""
    said = {"key": str(uuid4()), "amount": "40", "day": newsroom.today().isoformat(), "way": "cheque", "address": ""}
    file = {"picture": SimpleUploadedFile("IMG.heic", picture)} if picture is not None else {}
    page = treasurer.post(OFFLINE, said | otherwise | file, follow=True).text
    actions.process_due_events(timezone.now())
    return page


def the_gift():
    (gift,) = queries.find_gifts()
    return gift


def test_it_is_booked_with_its_receipt(treasurer, cash_box):
    assert "is noted; books and receipt follow" in write_down(treasurer, address="anna@reader.example")
    (paid,) = the_gift().payments
    assert (paid.day, paid.paid_at <= timezone.now()) == (newsroom.today(), True)
    assert (paid.gross, paid.fee, paid.provider) == (Money(4000, "USD"), Money(0, "USD"), "offline")
    assert ledger.balance("assets:offline", "USD") == Money(4000, "USD")
    assert Letter.objects.filter(kind="receipt").count() == 1
    actions.reconcile(timezone.now())
    assert not queries.differences()
    assert not queries.self_checks()


def test_a_form_that_is_sent_twice_is_one_gift(treasurer, cash_box):
    key = str(uuid4())
    for _ in range(2):
        write_down(treasurer, key=key)
    assert len(the_gift().payments) == 1
    assert ledger.balance("assets:offline", "USD") == Money(4000, "USD")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"picture": b"MZ not a picture"}, "It is no picture that can be kept"),
        ({"picture": b"\xff\xd8\xff" + bytes(5_000_000)}, "It has more than 5 MB"),
        ({"picture": b""}, "This file is empty"),
        ({"picture": None}, "Choose a picture."),
        ({"amount": "0"}, "Write an amount of more than nothing."),
        ({"day": "2999-01-01"}, "This day has not come yet."),
        ({"day": "soon"}, "Write the day like 2026-11-23."),
        ({"way": "gold"}, "is not one of the available choices"),
        ({"address": "anna"}, "Enter a valid email address."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_its_field(treasurer, cash_box, wrong, said):
    page = write_down(treasurer, **wrong)
    assert said in page
    assert not Movement.objects.exists()
    assert not queries.find_gifts()


def test_the_picture_is_kept_sealed_and_shown_to_who_may_see_it(treasurer, editor, cash_box):
    write_down(treasurer)
    assert b"Petrova" not in bytes(Evidence.objects.get().sealed)
    page = treasurer.get(reverse("desk:gift", args=[the_gift().id])).text
    (slip,) = queries.slips_of(the_gift())
    address = reverse("desk:evidence", args=[slip.id])
    assert f"by cheque, taken in by {slip.by}" in page
    assert address in page
    answer = treasurer.get(address)
    assert (answer.content, answer["Content-Type"]) == (PICTURE, "image/png")
    assert answer["Content-Disposition"].startswith("attachment")
    assert editor.get(address).status_code == 302


def test_the_picture_goes_with_its_giver(treasurer, cash_box):
    write_down(treasurer, address="anna@reader.example")
    gift = the_gift()
    actions.forget_supporter(contribution=gift.id)
    assert not Evidence.objects.exists()
    (slip,) = queries.slips_of(gift)
    assert not slip.has_evidence
    assert treasurer.get(reverse("desk:evidence", args=[slip.id])).status_code == 404
    assert "picture has been erased" in treasurer.get(reverse("desk:gift", args=[gift.id])).text
    assert ledger.balance("assets:offline", "USD") == Money(4000, "USD")


def test_what_is_given_back_is_handed_back_once(treasurer, cash_box):
    write_down(treasurer)
    gift = the_gift()
    refund = reverse("desk:refund", args=[gift.id, gift.payments[0].id])
    asked = treasurer.post(refund, {"key": str(uuid4()), "amount": "15", "reason": "asked for it"}, follow=True).text
    assert "Now hand it back, and say so under Money, Cash and cheques." in asked
    assert "asked for it" not in treasurer.get(reverse("desk:bank")).text
    (waiting,) = queries.to_hand_back()
    treasurer.post(reverse("desk:carried_out", args=[waiting.ref]))  # that is for transfers
    back = reverse("desk:gave_back", args=[waiting.ref])
    assert back in treasurer.get(OFFLINE).text
    assert ledger.balance("assets:offline", "USD") == Money(4000, "USD")
    assert "Noted; the books follow" in treasurer.post(back, follow=True).text
    actions.process_due_events(timezone.now())
    assert ledger.balance("assets:offline", "USD") == Money(2500, "USD")
    assert not queries.to_hand_back()
    assert "already" in treasurer.post(back, follow=True).text
    actions.process_due_events(timezone.now())
    assert ledger.balance("assets:offline", "USD") == Money(2500, "USD")
    actions.reconcile(timezone.now())
    assert not queries.differences()


def test_one_whose_process_died_in_between_waits_where_the_bank_is_asked_about(treasurer, cash_box, monkeypatch):
    monkeypatch.setattr("tamizdat.support.brought.placing.found", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_down(treasurer)
    monkeypatch.undo()
    (waiting,) = queries.unclear()
    actions.place_anew(movement=waiting.id, by="t")
    actions.process_due_events(timezone.now())
    assert len(the_gift().payments) == 1


def test_no_reader_is_offered_it_and_the_menu_has_it(treasurer, cash_box, client):
    assert "offline" not in client.get("/support/").text
    assert "is written down at the desk: a reader cannot choose it" in queries.why_no_methods()
    assert OFFLINE in treasurer.get("/desk/").text


def test_where_it_is_not_switched_on_the_page_says_so(treasurer, training):
    assert "are not switched on in newsroom.toml" in write_down(treasurer)
    assert not Movement.objects.exists()
    assert OFFLINE not in treasurer.get("/desk/").text

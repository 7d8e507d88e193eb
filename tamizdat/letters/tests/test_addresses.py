from datetime import timedelta
from itertools import chain

import pytest
from django.db import connection
from django.utils import timezone

from tamizdat.letters import actions, queries, seals
from tamizdat.letters.models import Address, Erasure, Letter
from tamizdat.letters.rules import LEASE, BadAddress, Outcome
from tamizdat.letters.tests.conftest import ADDRESS


@pytest.mark.parametrize(
    "typed",
    [
        "", "   ", "reader", "reader@", "@example.org", "a b@example.org", "a@b@c", "a@example",
        "a@example..org", "читатель@example.org", "a@example.org\nBcc: b@example.org",
        "a@example.org, b@example.org", "a" * 250 + "@a.org", "a@" + "b" * 64 + ".org",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_with_a_remedy_that_does_not_repeat_it(db, typed):
    with pytest.raises(BadAddress) as refusal:
        actions.remember_address(address=typed, language="en")
    assert str(refusal.value).endswith(".")
    assert not typed.strip() or typed not in str(refusal.value)
    assert not Address.objects.exists()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Reader@Example.ORG ", "Reader@example.org"),
        ("a.b+c@xn--e1afmkfd.xn--p1ai", "a.b+c@xn--e1afmkfd.xn--p1ai"),
        ("reader@пример.рф", "reader@xn--e1afmkfd.xn--p1ai"),
    ],
)
def test_an_address_is_kept_as_mail_servers_know_it(db, typed, kept):
    recipient = actions.remember_address(address=typed, language="ru")
    assert seals.open_address(Address.objects.get(recipient=recipient).sealed) == kept


def test_the_database_holds_no_address_and_all_seals_have_one_length(db):
    for number, address in enumerate((ADDRESS, "a@b.example", "canary" + "x" * 200 + "@example.org")):
        reader = actions.remember_address(address=address, language="en")
        actions.send("test", to=reader, key=f"{number}", context={"secret": "canary"})
    with connection.cursor() as cursor:
        tables = [t for t in connection.introspection.table_names(cursor) if t.startswith(("letters_", "django_tasks"))]
        rows = []
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            rows += cursor.fetchall()
    cells = b"".join(bytes(c) if isinstance(c, bytes | memoryview) else str(c).encode() for c in chain(*rows))
    assert b"canary" not in cells.lower()
    assert b"b.example" not in cells
    assert len({len(a.sealed) for a in Address.objects.all()}) == 1


def test_the_same_address_is_found_again_whatever_its_case(db, reader):
    again = actions.remember_address(address="reader.canary@EXAMPLE.org", language="ru")
    other = actions.remember_address(address="other@example.org", language="en")
    assert queries.same_address(reader) == {reader, again}
    assert queries.same_address(other) == {other}


def test_two_recipients_of_one_address_are_sealed_unlike(reader):
    actions.remember_address(address=ADDRESS, language="en")
    one, two = Address.objects.all()
    assert bytes(one.sealed) != bytes(two.sealed)


def test_an_erased_recipient_has_no_address_and_gets_no_letter(training, reader):
    actions.send("test", to=reader, key="a", context={})
    actions.erase(recipient=reader)
    actions.erase(recipient=reader)
    assert not Address.objects.exists()
    assert Erasure.objects.count() == 1
    assert Letter.objects.get().outcome == Outcome.DROPPED
    assert actions.send("test", to=reader, key="b", context={}) is False
    assert actions.deliver_due(now=timezone.now()) == 0
    assert queries.same_address(reader) == {reader}


def test_an_erasure_while_a_letter_is_in_hand_leaves_nothing_behind(training, reader):
    actions.send("test", to=reader, key="a", context={})
    Letter.claim(Letter.objects.get().id, now=timezone.now())
    actions.erase(recipient=reader)
    assert actions.deliver_due(now=timezone.now() + LEASE + timedelta(1)) == 0
    assert Letter.objects.get().leased_until is None

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from tamizdat.ledger import actions, queries
from tamizdat.ledger.models import Entry, Posting
from tamizdat.ledger.rules.entries import KeyReused, Line
from tamizdat.ledger.tests.books import DAY, entry, gift, posting, usd
from tamizdat.months import Month


def test_the_same_key_twice_is_one_entry(db):
    assert gift() == gift()
    assert (Entry.objects.count(), Posting.objects.count()) == (1, 2)


def test_the_order_of_lines_does_not_matter(db):
    lines = [Line("income:gifts", usd(-500)), Line("assets:practice", usd(500))]
    assert actions.post(key="gift", on=DAY, what="again", lines=lines) == gift()


def test_the_day_of_the_first_stands(db):
    gift(on=date(2026, 11, 30))
    gift(on=date(2026, 12, 1))
    assert queries.raised(Month(2026, 11), "USD") == usd(500)


def test_the_same_key_with_other_lines_is_refused_with_a_remedy(db):
    gift(minor=500)
    with pytest.raises(KeyReused, match="use a new key"):
        gift(minor=501)
    assert queries.raised(Month(2026, 11), "USD") == usd(500)


def test_a_refused_key_leaves_the_callers_transaction_usable(db):
    with transaction.atomic():
        gift("one")
        gift("one")
        gift("two")
    assert Entry.objects.count() == 2


def in_threads(count: int, work) -> list:
    """Each in its own connection, all at once."""
    barrier = Barrier(count)

    def one(number: int):
        try:
            connection.ensure_connection()
            barrier.wait()
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def test_many_connections_with_one_key_book_once(committed_db):
    ids = in_threads(6, lambda number: gift())
    assert len(set(ids)) == 1
    assert (Entry.objects.count(), Posting.objects.count()) == (1, 2)
    assert queries.self_checks() == []


def test_many_connections_with_their_own_keys_lose_nothing(committed_db):
    in_threads(4, lambda number: [gift(f"{number}-{turn}") for turn in range(10)])
    assert queries.raised(Month(2026, 11), "USD") == usd(40 * 500)
    assert queries.self_checks() == []


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.parametrize("amounts", [(1,), (1, -1)])
def test_posting_into_an_entry_that_another_connection_is_sealing_is_refused(committed_db, amounts):
    new = uuid4()
    intruder_wrote, sealed = Barrier(2), Barrier(2)

    def seal() -> None:
        with transaction.atomic():
            run(posting(new, 500), posting(new, -500))
            intruder_wrote.wait()
            run(entry(new))
        sealed.wait()

    def intrude() -> None:
        with transaction.atomic():
            run(*(posting(new, amount) for amount in amounts))
            intruder_wrote.wait()
            sealed.wait()

    with pytest.raises(IntegrityError):
        in_threads(2, lambda number: (seal, intrude)[number]())
    assert Posting.objects.filter(entry=new).count() == 2
    assert queries.self_checks() == []


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def test_ids_are_what_is_returned(db):
    assert isinstance(gift(), UUID)
    assert queries.entry_id("gift") == gift()

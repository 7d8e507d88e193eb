from datetime import date
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from tamizdat.ledger import actions, queries
from tamizdat.ledger.models import Entry, Posting
from tamizdat.ledger.tests.books import cost, cost_end, entry, gift, numbered, posting, refused, usd
from tamizdat.months import Month

pytestmark = pytest.mark.django_db
sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite can be asked this")
postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL can be asked this")

TABLES = ("ledger_entry", "ledger_posting", "ledger_cost", "ledger_costend", "ledger_monthclose")


@pytest.fixture
def books() -> UUID:
    cost = actions.add_cost(names={"en": "Server"}, amount=usd(4000), first=Month(2026, 1), by="Ada")
    actions.end_cost(cost=cost, last=Month(2026, 6), by="Ada")
    actions.close_month(month=Month(2026, 5), today=date(2026, 6, 3), by="Ada")
    return gift()


def test_what_is_written_as_the_application_writes_it_is_accepted(db):
    new = uuid4()
    assert not refused(posting(new, 500), posting(new, -500), entry(new))


@pytest.mark.parametrize("table", TABLES)
def test_delete_at_once(books, table):
    with (
        pytest.raises(IntegrityError, match="append only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM {table}")


@postgresql
@pytest.mark.parametrize("table", TABLES)
def test_truncate(books, table):
    assert refused(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize(
    "change",
    [
        "ledger_entry SET what = 'something else'",
        "ledger_entry SET posting_count = 3",
        "ledger_posting SET amount_minor = amount_minor * 2",
        "ledger_posting SET account = 'expenses:fees'",
        "ledger_cost SET amount_minor = 1",
        "ledger_costend SET last = '2030-01-01'",
    ],
)
def test_update(books, change):
    assert refused(f"UPDATE {change}")


def test_a_posting_into_a_sealed_entry(books):
    assert refused(posting(books, 1))


def test_a_posting_into_a_sealed_entry_at_once_and_not_only_at_commit(books):
    with pytest.raises(IntegrityError, match="sealed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(posting(books, 1))


def test_a_balanced_pair_into_a_sealed_entry(books):
    assert refused(posting(books, 1), posting(books, -1))


def test_an_entry_that_does_not_sum_to_zero():
    new = uuid4()
    assert refused(posting(new, 500), posting(new, -499), entry(new))


def test_an_entry_that_sums_to_zero_only_across_currencies():
    new = uuid4()
    assert refused(posting(new, 500), posting(new, -500, currency="EUR"), entry(new))


@pytest.mark.parametrize("count", [0, 1, 2])
def test_an_entry_with_one_leg(count):
    new = uuid4()
    assert refused(posting(new, 500), entry(new, count=count))


@pytest.mark.parametrize("count", [0, 2])
def test_an_entry_with_none(count):
    assert refused(entry(uuid4(), count=count))


def test_an_entry_that_miscounts_its_postings():
    new = uuid4()
    assert refused(posting(new, 500), posting(new, -500), entry(new, count=3))


def test_postings_dated_elsewhere_than_their_entry():
    new = uuid4()
    assert refused(posting(new, 500), posting(new, -500, on="2026-10-31"), entry(new))


def test_a_posting_without_an_entry_when_it_is_committed():
    assert refused(posting(uuid4(), 500))


@pytest.mark.parametrize("amounts", [("'five'", "'six'"), ("NULL", "NULL"), ("0", "0"), ("1e30", "-1e30")])
def test_amounts_that_are_no_whole_numbers_though_they_sum_to_zero(amounts):
    new = uuid4()
    assert refused(*(posting(new, amount) for amount in amounts), entry(new))


@sqlite
def test_fractions_of_a_cent_where_the_column_would_take_them():
    new = uuid4()
    assert refused(posting(new, 5.5), posting(new, -5.5), entry(new))


@pytest.mark.parametrize("account", ["gifts", "income", "", "robbery:bank"])
def test_an_account_of_no_kind(account):
    new = uuid4()
    assert refused(posting(new, 500), posting(new, -500, account=account), entry(new))


def test_a_currency_that_is_no_code():
    new = uuid4()
    assert refused(posting(new, 5, currency="US"), posting(new, -5, currency="US"), entry(new))


def test_a_key_used_twice(books):
    new = uuid4()
    assert refused(posting(new, 500), posting(new, -500), entry(new, key="gift"))


def test_a_second_reversal_of_one_entry(books):
    actions.reverse(key="back", of="gift", on=Entry.objects.get().on, what="by mistake")
    new = uuid4()
    seal = entry(new).replace("posting_count", "posting_count, reverses_id").replace(" 2, ", f" 2, '{books.hex}', ")
    assert refused(posting(new, 500), posting(new, -500), seal)


def test_a_cost_of_nothing_or_less():
    assert refused(cost(uuid4(), amount=0))
    assert refused(cost(uuid4(), amount=-100))


def test_deleting_a_cost_that_nothing_else_points_at():
    actions.add_cost(names={"en": "Server"}, amount=usd(4000), first=Month(2026, 1), by="Ada")
    assert refused("DELETE FROM ledger_cost")


@sqlite
def test_replacing_a_posting_by_its_id(books):
    known = Posting.objects.filter(entry=books).first()
    new = uuid4()
    assert refused(posting(new, 7, id=known.id.hex).replace("INSERT", "INSERT OR REPLACE"))
    assert refused(posting(new, 7, id=known.id.hex).replace("INSERT", "REPLACE"))


@sqlite
@pytest.mark.parametrize("row", ["(SELECT max(rowid) FROM ledger_posting)", "1", "-1", "0"])
def test_replacing_a_posting_by_its_hidden_row_number(books, row):
    new = uuid4()
    sql = numbered(posting(new, 7), row).replace("INSERT", "INSERT OR REPLACE")
    other = posting(new, -7)
    assert refused(sql, other, entry(new))


@sqlite
def test_replacing_an_entry_by_its_id_keeps_its_words(books):
    assert refused(entry(books, key="gift").replace("INSERT", "INSERT OR REPLACE"))


@sqlite
def test_replacing_an_entry_by_its_key(books):
    new = uuid4()
    seal = entry(new, key="gift").replace("INSERT", "INSERT OR REPLACE")
    assert refused(posting(new, 1), posting(new, -1), seal)


@sqlite
def test_a_row_number_that_would_blind_the_guard_against_replacing(books):
    new = uuid4()
    assert refused(posting(new, 1), posting(new, -1), numbered(entry(new), -1))
    assert refused(numbered(cost(new), -1))
    assert refused(cost(new), numbered(cost_end(new), -1))
    assert not refused(cost(new), cost_end(new))


@sqlite
@pytest.mark.parametrize("table", ["ledger_cost", "ledger_costend"])
def test_replacing_a_cost_or_its_end(books, table):
    assert refused(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")


def test_an_upsert(books):
    new = uuid4()
    assert refused(
        posting(new, 1),
        posting(new, -1),
        entry(new, key="gift") + " ON CONFLICT (key) DO UPDATE SET what = 'x'",
    )


@sqlite
def test_a_date_that_is_no_day():
    new = uuid4()
    legs = [posting(new, amount, on="some day") for amount in (5, -5)]
    assert refused(*legs, entry(new, on="some day"))


def test_none_of_this_leaves_a_trace(books):
    refused(posting(books, 1))
    refused("DELETE FROM ledger_posting")
    assert queries.raised(Month(2026, 11), "USD") == usd(500)
    assert queries.self_checks() == []


def test_nor_does_the_orm_have_a_way_round(books):
    seal = Entry.objects.get()
    seal.what = "something else"
    for attempt in (seal.save, Posting.objects.all().delete, lambda: Posting.objects.update(currency="EUR")):
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()

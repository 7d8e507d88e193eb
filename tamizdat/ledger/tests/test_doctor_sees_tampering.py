"""Somebody with the database's own powers takes the guards away; the books still tell."""

from datetime import date

import pytest
from django.db import connection

from tamizdat.ledger import actions, queries, triggers
from tamizdat.ledger.rules.entries import Line
from tamizdat.ledger.tests.books import gift, posting, usd


@pytest.fixture
def owner(committed_db):
    """Runs SQL as somebody who may do anything, on a database that has one gift."""
    gift()

    def run(*statements: str) -> str:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
        return " ".join(queries.self_checks())

    return run


def unguarded(*statements: str) -> list[str]:
    if connection.vendor == "postgresql":
        return [
            "SET session_replication_role = replica",
            *statements,
            "SET session_replication_role = DEFAULT",
        ]
    names = [name for name in triggers.SQLITE if "posting" in name or "entry" in name]
    return [f"DROP TRIGGER {name}" for name in names] + ["PRAGMA foreign_keys = OFF", *statements]


def test_untouched_books_are_sound(owner):
    assert owner() == ""


def test_a_dropped_trigger_is_missed(owner):
    table = " ON ledger_entry" if connection.vendor == "postgresql" else ""
    assert "ledger_entry_seals" in owner(f"DROP TRIGGER ledger_entry_seals{table}")


def test_an_altered_guard_is_noticed(owner):
    if connection.vendor == "postgresql":
        said = owner(
            "CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RETURN NULL; END $$"
        )
        assert "ledger_refuse" in said
    else:
        said = owner(
            "DROP TRIGGER ledger_entry_is_never_updated",
            "CREATE TRIGGER ledger_entry_is_never_updated BEFORE UPDATE ON ledger_entry BEGIN SELECT 1; END",
        )
        assert "ledger_entry_is_never_updated" in said


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite cannot switch a trigger off")
def test_a_trigger_switched_off_is_missed(owner):
    said = owner("ALTER TABLE ledger_posting DISABLE TRIGGER ledger_posting_is_in_time")
    assert "ledger_posting_is_in_time" in said


def test_an_edited_amount_no_longer_sums_to_zero(owner):
    change = "UPDATE ledger_posting SET amount_minor = 600 WHERE account LIKE 'assets:%'"
    assert "Entries that do not sum to zero: 1" in owner(*unguarded(change))


def test_an_entry_in_two_currencies_has_to_sum_to_zero_in_each(owner):
    change = "UPDATE ledger_posting SET currency = 'EUR' WHERE account LIKE 'assets:%'"
    assert "Entries that do not sum to zero: 1" in owner(*unguarded(change))


def test_a_deleted_posting_is_counted(owner):
    assert "fewer postings than were sealed" in owner(*unguarded("DELETE FROM ledger_posting"))


def test_a_moved_date_is_seen(owner):
    change = "UPDATE ledger_posting SET \"on\" = '2026-01-01'"
    assert "Entries with postings dated on another day: 1" in owner(*unguarded(change))


def test_a_deleted_entry_leaves_orphans(owner):
    said = owner(*unguarded("DELETE FROM ledger_entry"))
    assert "Postings that belong to no entry: 2" in said
    if connection.vendor == "sqlite":
        assert "Rows of ledger_posting that point at a row that does not exist: 2" in said


def test_a_balanced_pair_slipped_into_a_sealed_entry_is_counted(owner):
    sealed = queries.entry_id("gift")
    assert "more or fewer postings" in owner(*unguarded(posting(sealed, 5), posting(sealed, -5)))


def test_the_guards_can_be_taken_off_and_put_back_by_a_migration(committed_db):
    gift()
    for step, standing in ((triggers.disarm, False), (triggers.arm, True)):
        with connection.schema_editor() as editor:
            step(None, editor)
        assert (triggers.missing(connection) == []) is standing
    lines = [Line("assets:bank", usd(1)), Line("income:gifts", usd(-1))]
    actions.post(key="after", on=date(2026, 11, 6), what="still open", lines=lines)
    assert queries.self_checks() == []

import pytest
from django.db import Error, connection, transaction

from tamizdat.newsroom import actions, queries
from tamizdat.newsroom.models import Stamp
from tamizdat.newsroom.rules import Kind

pytestmark = pytest.mark.django_db


def refused(sql: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except Error:
        return True
    return False


def test_an_unstamped_newsroom_counts_as_live():
    assert queries.kind() is Kind.LIVE


def test_the_same_kind_twice_is_harmless(training):
    actions.found(kind=Kind.TRAINING)
    assert queries.is_training()


def test_another_kind_is_refused_with_a_remedy(training):
    with pytest.raises(actions.AlreadyFounded, match="tamizdat new"):
        actions.found(kind=Kind.LIVE)
    assert queries.is_training()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE newsroom_stamp SET kind = 'live'",
        "DELETE FROM newsroom_stamp",
        "INSERT INTO newsroom_stamp VALUES (2, 'live', '2026-01-01')",
    ],
)
def test_raw_sql_is_refused_too(training, sql):
    assert refused(sql)
    assert Stamp.objects.get().kind == "training"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="REPLACE is SQLite's")
def test_a_replacing_insert_is_refused(training):
    assert refused("INSERT OR REPLACE INTO newsroom_stamp VALUES (1, 'live', '2026-01-01')")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="TRUNCATE is PostgreSQL's")
def test_truncate_is_refused(training):
    assert refused("TRUNCATE newsroom_stamp")


def test_an_unknown_kind_is_refused(db):
    assert refused("INSERT INTO newsroom_stamp VALUES (1, 'rehearsal', '2026-01-01')")

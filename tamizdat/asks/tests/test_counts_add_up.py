"""Sums in the database: right however many add at once, and no more rows than the paper has asks."""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import DatabaseError, connections

from tamizdat.asks.counting import add_counts
from tamizdat.asks.models import Tally
from tamizdat.asks.queries import sources
from tamizdat.asks.rules.counting import EVENTS, Counted
from tamizdat.asks.tally_queries import tallies, totals

DAY = date(2026, 11, 26)
SEED = 20261126
HANDS, ROUNDS = 2, 25
FORGED = 10_000


def some(chance: random.Random) -> Counter[Counted]:
    """A flush: a few events of known sources on two days."""
    known = sorted(sources())
    drawn = [
        Counted(DAY + timedelta(chance.randrange(2)), chance.choice(known), chance.choice(EVENTS)) for _ in range(40)
    ]
    return Counter({one: chance.choice((1, 10)) for one in drawn})


@pytest.mark.usefixtures("committed_db")
def test_two_that_flush_at_the_same_time_add_up():
    flushes = [[some(random.Random(f"{SEED} {hand} {number}")) for number in range(ROUNDS)] for hand in range(HANDS)]
    start = Barrier(HANDS)

    def flush(mine):
        start.wait()
        try:
            for counts in mine:
                add_counts(counts)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(HANDS) as hands:
        list(hands.map(flush, flushes))
    expected = sum((counts for mine in flushes for counts in mine), Counter())
    assert tallies() == expected


@pytest.mark.django_db
def test_a_flood_of_forged_names_leaves_no_more_rows_than_there_are_asks():
    chance = random.Random(SEED)
    letters = "abcdefghijklmnopqrstuvwxyz0123456789-."
    names = ["".join(chance.choices(letters, k=12)) for _ in range(FORGED)]
    forged = {Counted(DAY, f"notice/{name}", chance.choice(EVENTS)): 1 for name in names}
    true = {Counted(DAY, source, event): 3 for source in sources() for event in EVENTS}
    for _ in range(2):
        add_counts({**forged, **true})
    assert len(forged) > FORGED * 0.99
    assert Tally.objects.count() == len(sources()) * len(EVENTS)
    assert set(tallies().values()) == {6}


@pytest.mark.django_db
def test_a_flush_is_added_whole_or_not_at_all(monkeypatch):
    counts = {Counted(DAY, source, "seen"): 10 for source in sources()}
    add_counts(counts)
    update, done = type(Tally.objects.all()).update, []

    def fail_late(rows, **values):
        done.append(1)
        if len(done) == len(counts):
            raise DatabaseError("the disk is full")
        return update(rows, **values)

    monkeypatch.setattr(type(Tally.objects.all()), "update", fail_late)
    with pytest.raises(DatabaseError):
        add_counts(counts)
    assert tallies() == counts


@pytest.mark.django_db
def test_sums_are_read_between_two_days():
    for number in range(4):
        add_counts({Counted(DAY + timedelta(number), "notice/plain", "seen"): 10**number})
    add_counts({Counted(DAY, "appeal/plain", "click"): 5})
    second, third = DAY + timedelta(1), DAY + timedelta(2)
    assert [n for n in tallies(first=second, last=third).values()] == [10, 100]
    assert totals(first=second, last=third) == {"notice/plain": {"seen": 110}}
    assert totals() == {"appeal/plain": {"click": 5}, "notice/plain": {"seen": 1111}}
    assert next(iter(tallies())) == Counted(DAY, "appeal/plain", "click")

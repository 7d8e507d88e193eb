"""Limits hold for a corner of the network, for ten minutes, and are written nowhere."""

from datetime import UTC, datetime, timedelta

from tamizdat.support.guard.throttle import Throttle

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_neighbours_share_a_limit_and_strangers_do_not():
    throttle = Throttle(most=2)
    assert [throttle.is_too_many(f"203.0.113.{last}", NOON) for last in (1, 2, 3)] == [False, False, True]
    assert not throttle.is_too_many("198.51.100.1", NOON)
    assert [throttle.is_too_many(f"2001:db8:1:{last}::1", NOON) for last in (1, 2, 3)] == [False, False, True]


def test_the_limit_ends_after_ten_minutes():
    throttle = Throttle(most=0)
    assert throttle.is_too_many("203.0.113.1", NOON)
    throttle.most = 1
    assert not throttle.is_too_many("203.0.113.1", NOON + timedelta(minutes=10))


def test_no_address_is_kept_in_memory():
    throttle = Throttle(most=2)
    throttle.is_too_many("203.0.113.1", NOON)
    assert "203" not in repr(list(throttle._counts))


def test_clients_without_an_address_share_one_corner():
    throttle = Throttle(most=1)
    assert [throttle.is_too_many(name, NOON) for name in ("", "unix:")] == [False, True]

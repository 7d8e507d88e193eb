"""The worker looks at once when it is rung, and in its own time when it is not."""

import time

from tamizdat.bakery import actions as bakery
from tamizdat.server import bell
from tamizdat.server.bell import Bell


def test_a_ring_ends_the_wait(tmp_path):
    with Bell(tmp_path / "bell") as worker:
        bell.ring(tmp_path / "bell")
        started = time.monotonic()
        worker.wait(5)
        assert time.monotonic() - started < 1


def test_a_ring_is_heard_once(tmp_path):
    with Bell(tmp_path / "bell") as worker:
        bell.ring(tmp_path / "bell")
        bell.ring(tmp_path / "bell")
        worker.wait(5)
        started = time.monotonic()
        worker.wait(0.05)
        assert time.monotonic() - started >= 0.05


def test_nobody_listening_is_no_error(tmp_path):
    bell.ring(tmp_path / "bell")
    with Bell(tmp_path / "bell"):
        pass
    bell.ring(tmp_path / "bell")


def test_a_thousand_rings_do_not_hold_up_the_ringer(tmp_path):
    with Bell(tmp_path / "bell") as worker:
        for _ in range(100_000):
            worker.ring()
        worker.wait(1)


def test_a_publication_rings_when_its_work_is_there_to_be_seen(
    db, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.DATA = tmp_path
    with Bell(tmp_path / "bell") as worker:
        with django_capture_on_commit_callbacks(execute=True):
            bakery.touch(paths={"/news/storm/"})
            started = time.monotonic()
            worker.wait(0.05)
            assert time.monotonic() - started >= 0.05
        started = time.monotonic()
        worker.wait(5)
        assert time.monotonic() - started < 1

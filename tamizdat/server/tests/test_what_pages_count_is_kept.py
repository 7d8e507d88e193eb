"""Sums in the web process: heard without a database, kept by a thread of their own, held when that fails."""

from collections import Counter

import pytest

from tamizdat.server import counting
from tamizdat.server.counting import MOST_NAMES, Counts
from tamizdat.server.messages import Request

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
SEEN = "/counts/notice/plain/seen/{}"


class Books:
    """Where it is kept; it refuses as often as it is told to."""

    def __init__(self):
        self.n, self.refusals, self.flushes = Counter(), 0, 0

    def keep(self, counts):
        if self.refusals:
            self.refusals -= 1
            raise OSError("the disk is full")
        self.flushes += 1
        for one, n in counts.items():
            self.n[f"{one.source} {one.event}"] += n


@pytest.fixture
def books():
    return Books()


@pytest.fixture
def counts(books, monkeypatch):
    monkeypatch.setattr(counting, "FLUSH_SECONDS", 60.0)
    monkeypatch.setattr(counting.time, "sleep", lambda seconds: None)
    made = Counts(books.keep)
    yield made
    made.close()


def post(path, query="", **headers):
    said = {"user-agent": BROWSER, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return Request("POST", path, query, said.get)


def test_it_is_added_up_and_kept_at_once(counts, books):
    for _ in range(3):
        counts.hear(post(SEEN.format(10)))
    counts.hear(post("/counts/appeal/plain/click/1"))
    assert not books.n
    counts.flush()
    assert books.n == {"notice/plain seen": 30, "appeal/plain click": 1}
    assert books.flushes == 1


@pytest.mark.parametrize(
    "refused",
    [
        post(SEEN.format(1), sec_gpc="1"),
        post(SEEN.format(1), user_agent="Googlebot/2.1"),
        post(SEEN.format(1), user_agent=""),
        post(SEEN.format(1), "who=me"),
        post(SEEN.format(2)),
        post("/counts/"),
    ],
    ids=["privacy", "bot", "nobody", "a question", "no number of ours", "nothing"],
)
def test_what_asks_for_privacy_or_is_no_reader_is_not_counted(counts, books, refused):
    counts.hear(refused)
    counts.flush()
    assert not books.n and not books.flushes


def test_what_could_not_be_kept_is_kept_with_the_next(counts, books):
    books.refusals = 2
    counts.hear(post(SEEN.format(10)))
    assert not counts.flush()
    counts.hear(post(SEEN.format(1)))
    assert not counts.flush()
    assert counts.flush()
    assert books.n == {"notice/plain seen": 11}


def test_a_failure_is_said_once(counts, books, caplog):
    books.refusals = 3
    counts.hear(post(SEEN.format(1)))
    for _ in range(3):
        counts.flush()
    assert len(caplog.records) == 1


def test_names_made_up_take_no_more_memory_than_so_many(counts, books):
    counts.hear(post(SEEN.format(1)))
    for number in range(MOST_NAMES * 3):
        counts.hear(post(f"/counts/notice/forged-{number}/seen/1"))
    assert len(counts.sums) == MOST_NAMES
    counts.hear(post(SEEN.format(10)))
    counts.flush()
    assert books.n["notice/plain seen"] == 11


def test_closing_keeps_the_rest_and_tries_more_than_once(counts, books):
    books.refusals = 2
    counts.hear(post(SEEN.format(10)))
    counts.close()
    assert books.n == {"notice/plain seen": 10}


def test_it_is_kept_by_itself_every_moment(books, monkeypatch):
    monkeypatch.setattr(counting, "FLUSH_SECONDS", 0.01)
    made = Counts(books.keep)
    made.hear(post(SEEN.format(1)))
    made.is_closing.wait(0.5)
    assert books.n == {"notice/plain seen": 1}
    made.close()

"""Counting while the newsroom ends, dies or is lied to: what was answered is kept, and nothing else is."""

import os
import random
import re
import signal
import string
import time

import pytest

from tamizdat.asks.rules.counting import EVENTS
from tamizdat.asks.rules.sources import SOURCES
from tamizdat.server.counting import FLUSH_SECONDS
from tamizdat.server.tests.test_serving_survives import family
from tests.faults.counting import ADDRESS, BROWSER, SEEN, TELLERS, Telling
from tests.newsrooms import DATABASES, founded, has_postgresql, status, wait_until
from tests.soak import SEED, record, tries

pytestmark = pytest.mark.timeout(1800)

ENDS, SHOWINGS = tries(soak=10, test=1), tries(soak=10_000, test=1_000)
KILLS = tries(soak=10, test=1)
FORGED = tries(soak=100_000, test=3_000)
# A flush is written, and the machine is shared.
A_BIT_SECONDS = 1.0
KINDS = {"sqlite": {"integer", "date", "varchar(60)", "varchar(10)", "bigint unsigned"},
         "postgresql": {"bigint", "date", "character varying"}}  # fmt: skip
COLUMNS = {
    "sqlite": "SELECT name, lower(type) FROM pragma_table_info('asks_tally')",
    "postgresql": "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'asks_tally'",
}


@pytest.fixture(scope="module", params=DATABASES)
def newsroom(request, tmp_path_factory):
    if request.param == "postgresql" and not has_postgresql():
        pytest.skip("no PostgreSQL on 127.0.0.1:5432")
    with founded(tmp_path_factory.mktemp("counted"), request.param) as made:
        yield made


def database(newsroom) -> str:
    return "postgresql" if newsroom.database_url else "sqlite"


def kept(newsroom) -> int:
    ((n,),) = newsroom.rows("SELECT coalesce(sum(n), 0) FROM asks_tally")
    return int(n)


def test_whoever_is_told_to_stop_keeps_all_that_was_answered(newsroom):
    chance, answered, unanswered = random.Random(f"{SEED} {database(newsroom)}"), [], 0
    for _ in range(ENDS):
        before, middle = kept(newsroom), chance.uniform(0.2, 0.8) * SHOWINGS
        with newsroom.serving("--no-work", opens="/support/"):
            pages = Telling(newsroom.address)
            pages.begin([SEEN] * SHOWINGS)
            wait_until(lambda pages=pages, middle=middle: len(pages.answered) > middle, "the middle")
            newsroom.process.terminate()
            said = pages.finish()
            newsroom.process.wait(30)
        assert middle < said < SHOWINGS, "it ended in the middle"
        # What was heard when the line broke may be kept without having been answered.
        assert said <= kept(newsroom) - before <= said + TELLERS
        answered.append(said)
        unanswered += kept(newsroom) - before - said
    record(
        f"told to stop while counting, {database(newsroom)}", n=ENDS, seed=SEED, answered=answered, lost=0,
        kept_without_an_answer=unanswered,
    )  # fmt: skip


def test_whoever_is_killed_loses_no_more_than_was_said_since_the_last_flush(newsroom):
    chance, lost, could_be_lost = random.Random(f"{SEED} {database(newsroom)}"), [], []
    with newsroom.serving("--no-work", opens="/support/"):
        for _ in range(KILLS):
            before, pages = kept(newsroom), Telling(newsroom.address)
            pages.begin([SEEN] * 1_000_000)
            time.sleep(FLUSH_SECONDS * chance.uniform(1.5, 3))
            web, moment = family(newsroom)["web"], time.monotonic()
            os.kill(web, signal.SIGKILL)
            said = pages.finish()
            wait_until(lambda: status(newsroom.address + "/support/") == 200, "another web process", seconds=60)
            there = kept(newsroom) - before
            safe = pages.before(moment - FLUSH_SECONDS - A_BIT_SECONDS)
            assert 0 < safe <= there <= said + TELLERS
            lost.append(max(said - there, 0))
            could_be_lost.append(said - safe)
    record(
        f"killed while counting, {database(newsroom)}", n=KILLS, seed=SEED, lost=lost, could_be_lost=could_be_lost
    )  # fmt: skip


def forged(number: int) -> list[str]:
    """Names of the right form, then paths of the wrong one."""
    chance = random.Random(SEED)
    names = ["".join(chance.choices(string.ascii_lowercase + string.digits + "-.", k=20)) for _ in range(number)]
    wrong = ("/counts/notice/{}/gave/1", "/counts/{}/seen/1", "/counts/notice/plain/seen/{}", "/counts/{}" + "x" * 2000)
    right = [f"/counts/notice/{name}/{chance.choice(EVENTS)}/10" for name in names]
    return right + [chance.choice(wrong).format(name) for name in names[: number // 4]]


def test_a_flood_of_names_made_up_leaves_nothing_but_what_is_known(newsroom):
    before, paths = kept(newsroom), forged(FORGED)
    with newsroom.serving("--no-work", opens="/support/"):
        memory = resident(family(newsroom)["web"])
        pages = Telling(newsroom.address)
        pages.begin(paths, pace=0)
        assert pages.finish() == len(paths), "nobody learns from an answer what is known"
        time.sleep(FLUSH_SECONDS + A_BIT_SECONDS)
        grown = resident(family(newsroom)["web"]) - memory
        known = Telling(newsroom.address)
        known.begin([SEEN] * TELLERS)
        known.finish()
    assert kept(newsroom) - before == TELLERS
    rows = newsroom.rows("SELECT source, event FROM asks_tally")
    assert {source for source, _ in rows} <= SOURCES
    assert len(rows) == len(set(rows)) <= len(SOURCES) * len(EVENTS), "all of it was today, unless it was midnight"
    record(
        f"counts made up, {database(newsroom)}", n=len(paths), seed=SEED, rows_added=0, memory_grown_kilobytes=grown
    )  # fmt: skip


def resident(process: int) -> int:
    """Kilobytes of memory."""
    with open(f"/proc/{process}/status") as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


def test_what_is_kept_is_a_day_a_source_an_event_and_a_number(newsroom):
    columns = dict(newsroom.rows(COLUMNS[database(newsroom)]))
    assert columns.keys() == {"id", "day", "source", "event", "n"}
    assert set(columns.values()) == KINDS[database(newsroom)]
    for day, source, event, n in newsroom.rows("SELECT day, source, event, n FROM asks_tally"):
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", str(day))
        assert source in SOURCES and event in EVENTS and n > 0


def test_nobody_who_was_counted_is_known_afterwards(newsroom):
    for file in filter(lambda path: path.is_file(), newsroom.home.rglob("*")):
        for known in (ADDRESS, BROWSER):
            assert known.encode() not in file.read_bytes(), file.name

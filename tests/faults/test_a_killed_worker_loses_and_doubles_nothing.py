"""Every event five times in random order, a worker killed in every round: once is once."""

import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.faults import killing
from tests.newsrooms import DATABASES, founded, has_postgresql, wait_until
from tests.soak import SEED, record, tries

pytestmark = pytest.mark.timeout(1800)  # some of it is waiting for leases to run out

ROUNDS = tries(soak=200, test=20)
# What a killed worker was doing with a company is leased for two minutes; the minute tick then takes it up.
SETTLED_SECONDS = 240
TABLES = ["support_attempt", "support_event", "letters_letter"]
OPEN = " UNION ALL ".join(f"SELECT 1 FROM {table} WHERE leased_until IS NOT NULL" for table in TABLES)
UNSENT = "SELECT 1 FROM letters_letter WHERE ended_at IS NULL"


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """Both newsrooms play at the same time, so that the waiting at the end is only done once."""
    databases = [name for name in DATABASES if name == "sqlite" or has_postgresql()]
    folders = {name: tmp_path_factory.mktemp(name) for name in databases}
    with ThreadPoolExecutor() as pool:
        games = {name: pool.submit(play, folders[name], name) for name in databases}
    return {name: game.result() for name, game in games.items()}


@pytest.fixture(params=DATABASES)
def books(request, played):
    if request.param not in played:
        pytest.skip("no PostgreSQL on 127.0.0.1:5432")
    return played[request.param]


def play(folder, database):
    with founded(folder, database) as newsroom, newsroom.serving("--no-work", opens="/support/"):
        with killing.hands(newsroom) as workers:
            giving = killing.Giving(newsroom, random.Random(f"{SEED} {database}"))
            begun = time.monotonic()
            for number in range(ROUNDS):
                giving.round(number, workers)
            seconds = time.monotonic() - begun
            wait_until(lambda: is_settled(newsroom), "everything to be settled", seconds=SETTLED_SECONDS)
            waited = time.monotonic() - begun - seconds
        found = look(newsroom)
    record(
        f"killed workers, {database}", n=ROUNDS, seed=SEED, kills=len(workers.killed),
        deliveries=ROUNDS * killing.DELIVERIES, seconds_a_round=round(seconds / ROUNDS, 2),
        seconds_until_settled=round(waited, 1), letters_sent_again=sum(found["times"]) - len(found["times"]),
    )  # fmt: skip
    return found


def is_settled(newsroom):
    payments = newsroom.rows("SELECT count(*) FROM support_payment")[0][0]
    return payments >= ROUNDS and not newsroom.rows(OPEN) and not newsroom.rows(UNSENT)


def look(newsroom):
    doctor = newsroom.run("doctor", check=False)
    return {
        "payments": newsroom.rows("SELECT contribution_id FROM support_payment"),
        "gifts": newsroom.rows("SELECT id FROM support_contribution"),
        "entries": newsroom.rows("SELECT key FROM ledger_entry"),
        "letters": newsroom.rows("SELECT key, outcome FROM letters_letter"),
        "kept": [to for (to,) in newsroom.rows('SELECT "to" FROM letters_trainingletter')],
        "times": [times for (times,) in newsroom.rows("SELECT times FROM letters_trainingletter")],
        "events": newsroom.rows("SELECT event_id FROM support_event"),
        "held": newsroom.rows(OPEN),
        "doctor": (doctor.returncode, doctor.stdout),
    }


def test_every_gift_has_one_payment(books):
    assert Counter(books["payments"]) == Counter(books["gifts"])
    assert len(books["payments"]) == ROUNDS


def test_every_payment_has_one_entry(books):
    assert len(books["entries"]) == len(set(books["entries"])) == ROUNDS


def test_every_payment_has_one_receipt(books):
    assert len(books["letters"]) == ROUNDS
    assert {outcome for _key, outcome in books["letters"]} == {"sent"}


def test_a_letter_comes_once_or_again_under_the_same_message_id(books):
    assert sorted(books["kept"]) == sorted(killing.address(number) for number in range(ROUNDS))
    assert all(times <= 2 for times in books["times"])


def test_five_deliveries_are_one_event(books):
    assert len(books["events"]) == len(set(books["events"]))


def test_nothing_is_held_by_the_dead(books):
    assert not books["held"]


def test_doctor_finds_nothing(books):
    assert books["doctor"][0] == 0, books["doctor"][1]

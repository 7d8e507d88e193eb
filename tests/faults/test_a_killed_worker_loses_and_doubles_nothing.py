"""Every event five times in random order, a worker killed again and again: once is once."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from tamizdat.letters.rules import LEASE as LONGEST_LEASE
from tests.faults.giving import DELIVERIES, Giving, address
from tests.faults.killing import EVENT, LETTER, hands
from tests.newsrooms import DATABASES, UNFINISHED, founded, has_postgresql, wait_until
from tests.soak import IS_SOAK, SEED, record, tries

pytestmark = pytest.mark.timeout(7200)

GIFTS, KILLS = tries(soak=1_000, test=10), tries(soak=500, test=10)
# What a dead worker had in hand waits for its lease and then for the minute tick. `make soak` waits as long as
# that takes; in `make test` the clocks of the last workers are ahead instead.
AHEAD, PATIENCE_SECONDS = (timedelta(), 900) if IS_SOAK else (LONGEST_LEASE, 120)

LEASED = " UNION ALL ".join(
    f"SELECT 1 FROM {table} WHERE leased_until IS NOT NULL"
    for table in ("support_event", "support_attempt", "letters_letter")
)
UNSENT = "SELECT 1 FROM letters_letter WHERE ended_at IS NULL"
HELD = f"{LEASED} UNION ALL SELECT 1 FROM server_workerlease UNION ALL SELECT 1 FROM server_tick WHERE holder_id <> ''"


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """Both newsrooms play at the same time, so that the waiting is only done once."""
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
        giving = Giving(newsroom, f"{SEED} {database}")
        with hands(newsroom) as workers:
            wait_until(lambda: not newsroom.rows(UNFINISHED), "what founding left to do", seconds=60)
            begun = time.monotonic()
            for number in range(GIFTS):
                giving.round(number, workers, kills=number % (GIFTS // KILLS) == 0)
        played = time.monotonic()
        with hands(newsroom, ahead=AHEAD):
            wait_until(lambda: is_settled(newsroom), "everything to be settled", seconds=PATIENCE_SECONDS)
        settled = time.monotonic()
        found = look(newsroom, giving, workers.kills)
    record(
        f"killed workers, {database}", n=KILLS, seed=SEED, gifts=GIFTS,
        deliveries=giving.delivered.total(), interrupted=Counter(kill.task for kill in workers.kills),
        leases_left=sum(kill.is_leased for kill in workers.kills), letters_sent_again=found["again"],
        seconds_a_round=round((played - begun) / GIFTS, 2), seconds_until_settled=round(settled - played, 1),
    )  # fmt: skip
    return found


def is_settled(newsroom):
    return not any(newsroom.rows(sql) for sql in (LEASED, UNFINISHED, UNSENT))


def look(newsroom, giving, kills):
    def column(sql):
        return sorted(value for (value,) in newsroom.rows(sql))

    doctor = newsroom.run("doctor", check=False)
    return {
        "charges": sorted(line["ref"] for line in giving.company.lines() if line["kind"] == "charge"),
        "payments": column("SELECT provider_id FROM support_payment"),
        "gifts paid": column("SELECT contribution_id FROM support_payment"),
        "gifts": column("SELECT id FROM support_contribution"),
        "entries": column("SELECT key FROM ledger_entry"),
        "receipts": column("SELECT key FROM letters_letter WHERE kind = 'receipt' AND outcome = 'sent'"),
        "letters": column("SELECT message_id FROM letters_letter"),
        "kept": column("SELECT message_id FROM letters_trainingletter"),
        "readers": column('SELECT "to" FROM letters_trainingletter'),
        "again": sum(column("SELECT times - 1 FROM letters_trainingletter")),
        "told": sorted(event["id"] for event in giving.company.events()),
        "delivered": giving.delivered,
        "events": column("SELECT event_id FROM support_event"),
        "held": newsroom.rows(HELD),
        "doctor": (doctor.returncode, doctor.stdout),
        "kills": kills,
    }


def test_every_event_came_five_times_and_is_stored_once(books):
    assert books["delivered"] == dict.fromkeys(books["told"], DELIVERIES)
    assert books["events"] == books["told"]


def test_so_many_workers_died_many_of_them_at_work(books):
    tasks = Counter(kill.task for kill in books["kills"])
    assert len(books["kills"]) == KILLS
    # How many depends on the machine; the figures are recorded.
    assert tasks[EVENT] or tasks[LETTER]
    assert tasks["idle"] < KILLS
    assert any(kill.is_leased for kill in books["kills"])


def test_every_charge_is_one_payment_of_one_gift(books):
    assert len(books["charges"]) == GIFTS
    assert books["payments"] == books["charges"]
    assert books["gifts paid"] == books["gifts"]


def test_every_payment_has_one_entry_and_one_receipt(books):
    assert books["entries"] == [f"payment:practice:{payment}" for payment in books["payments"]]
    assert books["receipts"] == books["entries"]


def test_a_letter_comes_once_or_again_under_the_same_message_id(books):
    assert books["readers"] == sorted(address(number) for number in range(GIFTS))
    assert books["kept"] == books["letters"]
    assert books["again"] <= sum(kill.task != EVENT for kill in books["kills"])


def test_nothing_is_held_by_the_dead(books):
    assert not books["held"]


def test_doctor_finds_nothing(books):
    assert books["doctor"][0] == 0, books["doctor"][1]

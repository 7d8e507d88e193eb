"""What nobody should send is answered in words, with the right status; nothing is kept, one line is logged."""

import json
import random
import secrets
import string
import time
from datetime import UTC, datetime, timedelta

import pytest

from tamizdat.sandbox.company.signing import signature
from tests.newsrooms import wait_until
from tests.soak import SEED, record, tries
from tests.wire import Reader

SENDER = "127.0.7.9"
ELSEWHERE = "203.0.113.77"
TYPED = "someone.private@reader.example"
# What a newsroom writes by itself while nothing happens: who works, since when, the minute's duties, and the paper
# that is baked when one of them has taken a figure.
OWN_LIFE = {"server_workerlease", "server_duty", "server_tick", "django_tasks_database_dbtaskresult", "django_session"}
OWN_LIFE |= {"asks_takenfigure", "bakery_touch", "bakery_underway", "bakery_recipe", "bakery_build", "bakery_bakedfile"}
TABLES = {
    True: "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'",
    False: "SELECT name FROM sqlite_master WHERE type = 'table'",
}


def counts(newsroom):
    """How many rows every table has."""
    names = [name for (name,) in newsroom.rows(TABLES[bool(newsroom.database_url)]) if name not in OWN_LIFE]
    return sorted(newsroom.rows(" UNION ALL ".join(f"SELECT '{name}', count(*) FROM \"{name}\"" for name in names)))


@pytest.fixture(scope="module")
def quiet(newsroom):
    """The newsroom, when it has done what a new one does: laid out its search index, taken a first figure."""
    before: list[tuple] = []

    def is_quiet():
        nonlocal before
        last, before = before, counts(newsroom)
        time.sleep(2)
        newsroom.wait_until_idle()
        return last == before

    wait_until(is_quiet, "the newsroom to have nothing to do", seconds=60)
    return newsroom


@pytest.fixture
def sender(quiet):
    return Reader(quiet.address, source=SENDER)


@pytest.fixture
def refused(newsroom):
    """Do it; it is answered as expected, nothing is kept, and one line is logged that names nobody."""

    def check(do, *, status, words):
        kept, logged = counts(newsroom), len(newsroom.log)
        answer = do()
        assert answer.status == status, answer.text
        for each in words:
            assert each in answer.text, answer.text
        assert "Traceback" not in answer.text
        assert counts(newsroom) == kept
        wait_until(lambda: newsroom.log[logged:].endswith("\n"), "a line in the log")
        lines = newsroom.log[logged:].splitlines()
        assert len(lines) == 1, lines
        for private in (SENDER, ELSEWHERE, TYPED, "127.0.0.1"):
            assert private not in lines[0]

    return check


@pytest.mark.parametrize("amount", ["0", "-5", "−5", "1e9", "five", "1000000000"])
def test_an_amount_that_is_none(refused, sender, amount):
    refused(
        lambda: sender.fill(
            "/support/?cadence=monthly", amount="other", other=amount, method="practice", address=TYPED
        ),
        status=422,
        words=["Another amount", f'value="{amount}"', f'value="{TYPED}"'],
    )


def test_a_past_date(refused, sender):
    past = datetime.now(UTC).date() - timedelta(days=1)
    refused(
        lambda: sender.fill("/remind/", when="date", on=str(past), by="letter", address=TYPED),
        status=422,
        words=["date", f'value="{TYPED}"'],
    )


@pytest.mark.parametrize("path", ["/support/", "/remind/"])
def test_a_form_of_ten_megabytes(refused, sender, path):
    refused(lambda: sender.post(path, address="x" * 10_000_000), status=413, words=["Nothing was stored"])


def test_a_wrong_login(refused, sender):
    def log_in():
        form = sender.get("/desk/login/").text
        token = form.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        return sender.post("/desk/login/", username=TYPED, password="wrong", csrfmiddlewaretoken=token)

    refused(log_in, status=200, words=["Your username and password didn"])


def event(key: str, *, at: int) -> tuple[bytes, dict[str, str]]:
    raw = json.dumps({"id": "evt_forged", "type": "payment.succeeded", "amount_minor": 100_000}).encode()
    return raw, {"Practice-Signature": signature(key, raw, at=at), "X-Forwarded-For": ELSEWHERE}


@pytest.mark.parametrize("how", ["forged", "stale", "unsigned", "no company"])
def test_a_forged_event(refused, sender, newsroom, how):
    key = (newsroom.home / "keys" / "practice.key").read_text().strip()
    now = int(time.time())
    raw, headers = event(key if how == "stale" else secrets.token_hex(32), at=now - 7_200 if how == "stale" else now)
    path = "/events/nobody/" if how == "no company" else "/events/practice/"
    headers = {} if how == "unsigned" else headers
    refused(
        lambda: sender.ask("POST", path, raw, headers), status=404 if how == "no company" else 400, words=["refused"]
    )


def test_wrong_private_addresses_open_nothing(sender, newsroom):
    chance, n = random.Random(SEED), tries(soak=1000, test=100)
    sender.fill("/support/?cadence=once", amount="other", other="7", method="practice", address=TYPED)
    kept, logged, began = counts(newsroom), len(newsroom.log), time.monotonic()
    for _ in range(n):
        key = "".join(chance.choices(string.ascii_letters + string.digits + "-_", k=22))
        answer = sender.get(f"/support/my/{key}/")
        assert answer.status == 404
        assert "Nothing is kept at this address" in answer.text
        assert key not in newsroom.log[logged:]
    seconds = time.monotonic() - began
    assert counts(newsroom) == kept
    lines = newsroom.log[logged:].splitlines()
    assert len(lines) == n
    assert not [line for line in lines if SENDER in line]
    record("wrong private addresses", n=n, seed=SEED, milliseconds_a_try=round(seconds / n * 1000, 1))

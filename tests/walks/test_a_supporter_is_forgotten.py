"""Whoever asks to be forgotten stands nowhere any more: no table, no file, no log, no later backup, no export."""

import re
import sqlite3
from contextlib import closing

import pytest

from tests.newsrooms import letters, wait_until
from tests.sides.stripe_process import newsroom_with_stripe
from tests.wire import Reader

ADDRESS = "forget.me.please@reader.example"
EMAIL_AT_STRIPE = "typed.at.the.company@reader.example"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    with newsroom_with_stripe(tmp_path_factory.mktemp("forgotten")) as served:
        yield served


def give(newsroom, company):
    """A monthly gift and a reminder with one address; the private page's path, once its receipt has come."""
    reader = Reader(newsroom.address, "127.0.9.1")
    sent = reader.fill("/support/?cadence=monthly", amount="other", other="7", method="stripe", address=ADDRESS)
    session = sent.headers["location"].rstrip("/").rsplit("/", 1)[1]
    company.client.do("pay", session, email=EMAIL_AT_STRIPE)
    wait_until(lambda: "/support/my/" in letters(newsroom, ADDRESS), "the receipt")
    return re.search(r"(/support/my/\S+)", letters(newsroom, ADDRESS))[1]


def postings(newsroom):
    return newsroom.run("postings").stdout


def test_nothing_of_them_is_left_and_the_books_stay(place, tmp_path):
    newsroom, company = place
    path = give(newsroom, company)
    newsroom.wait_until_idle()
    before = postings(newsroom)
    sealed = [bytes(row) for (row,) in newsroom.rows("SELECT sealed FROM letters_address")]
    assert sealed

    reader = Reader(newsroom.address, "127.0.9.1")
    assert reader.fill(f"{path}forget/").status == 303
    wait_until(lambda: newsroom.rows("SELECT 1 FROM support_forgetting WHERE told_at IS NULL") == [], "the company")
    newsroom.wait_until_idle()
    # The training mailbox stands for the reader's own: what was sent is theirs.
    with closing(sqlite3.connect(newsroom.home / "data" / "paper.sqlite3", timeout=30)) as file, file:
        file.execute("PRAGMA secure_delete=ON")
        file.execute("DELETE FROM letters_trainingletter")

    assert postings(newsroom) == before
    assert newsroom.rows("SELECT 1 FROM letters_address") == []
    assert newsroom.rows("SELECT 1 FROM support_contribution WHERE recipient IS NOT NULL") == []
    (customer,) = company.client.find("customer")
    assert (customer["email"], customer["deleted"]) == (None, True)
    (subscription,) = company.client.find("subscription")
    assert subscription["status"] == "canceled"

    done = newsroom.run("backup", str(tmp_path / "backup"), check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    files = [file for file in (tmp_path / "backup").rglob("*") if file.is_file()]
    assert any(file.suffix == ".sqlite3" for file in files)
    for file in files:
        held = file.read_bytes()
        for private in (ADDRESS.encode(), EMAIL_AT_STRIPE.encode(), *sealed):
            assert private not in held, file
    for private in (ADDRESS, EMAIL_AT_STRIPE):
        assert private not in newsroom.log
        for export in ("postings", "journal", "tallies"):
            assert private not in newsroom.run(export).stdout
    doctor = newsroom.run("doctor", check=False)
    assert doctor.returncode == 0, doctor.stdout

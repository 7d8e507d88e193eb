"""Card testing: thousands of tries beside honest givers. The tries stay outside, and every honest gift goes through."""

import html
import itertools
import random
import re
import time
from dataclasses import dataclass

import pytest
from django.test import Client
from django.utils import timezone

from tamizdat.support import actions
from tamizdat.support.guard import shield
from tamizdat.support.guard.throttle import Throttle
from tamizdat.support.models import Contribution, SpentWork
from tamizdat.support.rules import work
from tamizdat.support.tests.company import SIGNED
from tests.soak import SEED, record, tries

HIDDEN = re.compile(r'<input type="hidden" name="([a-z]+)" value="([^"]*)"')
RIDDLE = re.compile(r'data-riddle="([^"]+)" data-bits="(\d+)"')
THIEVES = [f"203.{n // 250}.{n % 250}.7" for n in range(500)]
HOTEL = "198.51.100.1"  # the address that twenty honest givers share: a VPN's, or our own onion's


@pytest.fixture(autouse=True)
def real_money(edge, live, monkeypatch):
    edge.is_pretend = False
    monkeypatch.setattr(shield, "_corners", Throttle(most=20))
    monkeypatch.setattr(shield, "_refused", Throttle(most=shield.STUBBORN))
    monkeypatch.setattr(shield, "_siege", shield.Siege(shield._LONG_AGO))


def solve(page):
    """The answer that the page's script would find; "" where it asks for none."""
    found = RIDDLE.search(page)
    if not found:
        return ""
    riddle, bits = found[1], int(found[2])
    return next(str(n) for n in itertools.count() if work.is_solved(riddle, str(n), bits))


@dataclass
class Giver:
    """Somebody with a browser: reads the form, does its sum if it has one, and sends it."""

    address: str

    def send(self, page, **changes):
        hidden = {name: html.unescape(value) for name, value in HIDDEN.findall(page)}
        said = {"cadence": "once", "amount": "5.00", "method": "practice", **hidden, "answer": solve(page), **changes}
        return Client().post("/support/", said, REMOTE_ADDR=self.address)

    def give(self, company):
        """Whether the gift was paid."""
        answer = self.send(Client().get("/support/", REMOTE_ADDR=self.address).text)
        if answer.status_code == 429:  # the form had no sum yet; now it has one and goes by itself
            answer = self.send(answer.text)
        if answer.status_code != 303:
            return False
        ref = answer["Location"].rpartition("/")[2]
        company.pay(ref)
        actions.receive_event(provider="practice", headers=SIGNED, raw=company.event(ref))
        actions.process_due_events(timezone.now())
        return True


def test_thousands_of_tries_stay_outside_and_every_honest_gift_goes_through(edge, monkeypatch):
    n = tries(soak=5_000, test=300)
    monkeypatch.setattr(work, "FEWEST_BITS", work.FEWEST_BITS if n == 5_000 else 8)
    dice = random.Random(SEED)
    honest = [Giver(HOTEL) for _ in range(20)] + [Giver(f"192.0.2.{n}") for n in range(30)]
    turns = [("thief", THIEVES[number % 500]) for number in range(n)] + [("giver", giver) for giver in honest]
    dice.shuffle(turns)
    paid, used = 0, {}
    for who, what in turns:
        if who == "giver":
            paid += what.give(edge)
        else:
            steal(Giver(what), dice, used)
    reached = edge.count("start") - 50
    record("card testing", n=n, seed=SEED, reached=reached, honest_paid=paid, addresses=500)
    assert paid == 50
    assert reached <= 20


def steal(thief, dice, used):
    """A try of a stolen card: with no sum, with a guessed one, or with one that was good once."""
    kind = dice.choice(("nothing", "guessed", "used"))
    page = Client().get("/support/", REMOTE_ADDR=thief.address).text if kind != "nothing" else ""
    hidden = {name: html.unescape(value) for name, value in HIDDEN.findall(page)}
    if kind == "used" and RIDDLE.search(page):
        if not used:
            used.update(hidden, answer=solve(page))
        hidden |= {"riddle": used["riddle"], "answer": used["answer"]}
    elif kind == "guessed":
        hidden["answer"] = str(dice.randrange(10**6))
    said = {"cadence": "once", "amount": "5.00", "method": "practice", "form": str(dice.randbytes(16).hex()), **hidden}
    Client().post("/support/", said, REMOTE_ADDR=thief.address)


def test_who_does_every_sum_finds_payments_at_rest(edge, monkeypatch):
    """A thief with computers to spare pays for each try, more for each doubling; and there is an end to it."""
    monkeypatch.setattr(work, "FEWEST_BITS", 4)
    monkeypatch.setattr(shield, "MOST", 40)
    thief = Giver(THIEVES[0])
    answers = [thief.send(Client().get("/support/").text) for _ in range(60)]
    assert edge.count("start") <= 40
    assert "payments rest for some minutes" in answers[-1].text


def test_a_sum_is_twice_as_hard_for_each_doubling_up_to_what_a_telephone_can_do():
    assert [work.bits(unpaid, 12) for unpaid in (0, 12, 24, 100, 10_000)] == [16, 16, 17, 19, 20]


def test_in_quiet_times_nobody_is_asked_for_anything(edge):
    page = Client().get("/support/").text
    assert "work" not in page and "script" not in page
    assert all(Giver(f"192.0.2.{n}").give(edge) for n in range(shield.QUIET))
    assert not SpentWork.objects.exists()


def begin_many():
    for number in range(shield.QUIET):
        Giver(f"192.0.2.{number}").send(Client().get("/support/").text)


def test_one_sum_opens_one_payment(edge):
    begin_many()
    page = Client().get("/support/").text
    answer = solve(page)
    assert Giver(HOTEL).send(page, answer=answer).status_code == 303
    assert Giver(HOTEL).send(page, answer=answer).status_code == 303  # a double click: the same gift
    assert Giver(HOTEL).send(page, answer=answer, amount="10.00").status_code == 429
    assert Contribution.objects.count() == shield.QUIET + 1


def test_a_sum_is_good_for_ten_minutes(edge, monkeypatch):
    begin_many()
    page = Client().get("/support/").text
    answer, now = solve(page), time.time()
    monkeypatch.setattr(time, "time", lambda: now + 601)
    assert Giver(HOTEL).send(page, answer=answer).status_code == 429


def test_while_it_goes_on_the_shield_stays_up_although_the_first_tries_are_long_ago(edge):
    begin_many()
    for address in THIEVES[: shield.STUBBORN + 1]:
        Giver(address).send("", form="00000000-0000-4000-8000-000000000000")
    Contribution.objects.update(created_at=timezone.now() - shield.WINDOW)
    assert shield.unpaid(timezone.now()) == 0
    assert Giver(HOTEL).send("", form="00000000-0000-4000-8000-000000000000").status_code == 429


def test_used_sums_are_forgotten_and_name_nobody(edge, later):
    begin_many()
    Giver(HOTEL).send(Client().get("/support/").text)
    assert {field.name for field in SpentWork._meta.get_fields()} == {"id", "riddle", "spent_at"}
    assert actions.forget_keys(later(30)) == 1
    assert not SpentWork.objects.exists()


def test_without_script_the_form_says_why_and_what_to_do(edge):
    begin_many()
    page = Client().get("/support/").text
    assert "<noscript>" in page and "with script switched on" in page

"""Stripe on a test clock, in the browser: cards that fail, mend and end; money that goes back in parts and is disputed.

Ledger, figure, letters, the supporter's page and the till say the same at every turn.
"""

import json
import re
import urllib.request
from dataclasses import dataclass

import pytest

from tamizdat.sandbox.stripe.client import Client
from tests import browser
from tests.newsrooms import Newsroom, letters, wait_until
from tests.sides.stripe_process import newsroom_with_stripe
from tests.walks import desk

DAY = 86_400
FEE = 45  # 2.9 % of $5.00 and 30 cents


@dataclass
class Place:
    newsroom: Newsroom
    stripe: Client

    def balance(self) -> int:
        """What our books hold at Stripe, in cents."""
        ((sum,),) = self.newsroom.rows("SELECT sum(amount_minor) FROM ledger_posting WHERE account = 'assets:stripe'")
        return int(sum or 0)

    def agrees(self) -> bool:
        return self.balance() == self.stripe.balance().get("usd", 0)

    def later(self, days: int) -> None:
        self.stripe.advance(to=self.stripe.now() + days * DAY)

    def raised(self) -> int:
        with urllib.request.urlopen(self.newsroom.address + "/ticker.json", timeout=5) as answer:
            return json.load(answer).get("raised", 0)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    with newsroom_with_stripe(tmp_path_factory.mktemp("card")) as (newsroom, company):
        yield Place(newsroom, company.client)


@pytest.fixture
def page(chromium):
    context = browser.reader(chromium, java_script_enabled=False)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def treasurer(chromium, place):
    context = browser.reader(chromium, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(30_000)
    page = context.new_page()
    desk.log_in(page, place.newsroom, login="admin", password=place.newsroom.password)
    yield page
    context.close()


def give(page, place, reader, cadence="monthly"):
    """A gift of five dollars by card; the private address."""
    page.goto(f"{place.newsroom.address}/support/?cadence={cadence}&amount=5")
    page.get_by_label("E-mail address").fill(reader)
    page.get_by_role("button", name="Continue to payment").click()
    page.get_by_role("button", name="Pay", exact=True).click()
    page.get_by_role("heading", name="Thank you").wait_for()
    return page.locator("code.address").inner_text()


def says(page, private, words):
    """Whether the supporter's page says it."""
    page.goto(private)
    return words in page.locator("main").inner_text()


def fail(place, days=31):
    """The newest gift's card finds no money any more, and its renewal comes."""
    place.stripe.do("fail-next", place.stripe.find("subscription")[0]["id"])
    place.later(days)


def test_a_gift_rests_for_a_month_and_goes_on_with_another_amount(page, place, treasurer):
    # First of all: the company's clock still goes with ours, by which a pause is counted.
    reader = "rests@reader.example"
    private = give(page, place, reader)
    page.goto(private)
    page.get_by_label("Another amount").fill("7")
    page.get_by_role("button", name="Change the amount").click()
    page.get_by_role("button", name="For 30 days").click()
    assert says(page, private, "$7 a month") and says(page, private, "Your gift is paused until")
    treasurer.goto(f"{place.newsroom.address}/desk/gifts/")
    treasurer.locator("table.listing a").first.click()
    assert "Paused until" in treasurer.locator("main").inner_text()

    before = place.balance()
    place.later(29)
    place.later(1)
    wait_until(lambda: says(page, private, "Your gift is running"), "the pause to end")
    assert place.agrees() and letters(place.newsroom, reader).count("Receipt") == 1
    assert page.locator("main li").count() == 1
    place.later(31)
    wait_until(lambda: page.reload() and page.locator("main li").count() == 2, "the next payment")
    assert "$7, receipt" in page.locator("main").inner_text()
    assert place.agrees() and place.balance() > before


def test_a_card_fails_three_times_is_mended_and_heals(page, place):
    reader = "mends@reader.example"
    private = give(page, place, reader)
    for number, days in ((1, 31), (2, 4), (3, 6)):
        fail(place, days) if number == 1 else place.later(days)
        wait_until(
            lambda number=number: letters(place.newsroom, reader).count("could not take your gift") == number,
            f"letter {number} about the card",
        )
        assert says(page, private, "could not take the last payment")
    assert "This was the third try." in letters(place.newsroom, reader)

    mend = re.findall(r"http\S+/support/mend/\S+", letters(place.newsroom, reader))[-1]
    page.goto(mend)
    page.get_by_role("button", name="Continue to payment").click()
    page.get_by_role("button", name="Pay by another card").click()
    wait_until(lambda: says(page, private, "Your gift is running"), "the gift to heal")
    assert page.locator("main li").count() == 2
    wait_until(place.agrees, "the books to hold what is at Stripe")
    page.goto(mend)
    page.get_by_role("button", name="Continue to the payment company").click()
    page.get_by_role("button", name="Use another card").click()
    page.get_by_role("heading", name="Thank you").wait_for()
    page.goto(private)
    page.get_by_role("button", name="Stop this gift").click()
    wait_until(lambda: says(page, private, "This gift stopped on"), "the gift to stop")
    page.goto(mend)
    assert "There is nothing to mend" in page.locator("main").inner_text()


def test_a_card_that_fails_for_good_ends_the_gift(page, place):
    reader = "for.good@reader.example"  # no part of another reader's: letters are found by a part
    private = give(page, place, reader)
    fail(place)
    place.later(30)
    wait_until(lambda: says(page, private, "This gift stopped on"), "the gift to end")
    wait_until(lambda: "has stopped" in letters(place.newsroom, reader), "a letter about the end")
    assert letters(place.newsroom, reader).count("could not take your gift") <= 3
    wait_until(place.agrees, "the books to hold what is at Stripe")


def test_parts_go_back_and_a_dispute_is_lost(page, place, treasurer):
    reader = "back@reader.example"
    private = give(page, place, reader, cadence="once")
    before = place.balance()
    for part, left in (("2", "$3"), ("1.50", "$1.50")):
        treasurer.goto(f"{place.newsroom.address}/desk/gifts/")
        treasurer.locator("table.listing a").first.click()
        treasurer.get_by_role("link", name="Give back…").click()
        treasurer.get_by_label("Amount").fill(part)
        treasurer.get_by_label("Reason").fill("Asked by letter")
        treasurer.get_by_role("button", name="Give it back").click()
        treasurer.get_by_text("is given back").wait_for()
        treasurer.get_by_role("link", name="Give back…").click()
        assert f"{left} of it is left" in treasurer.locator("main").inner_text()
    assert place.balance() == before - 350 and place.agrees()
    assert says(page, private, "$3.50 given back")
    wait_until(lambda: letters(place.newsroom, reader).count("We gave back") == 2, "two letters")

    charge = place.stripe.find("charge")[0]
    place.stripe.do("dispute", charge["id"])
    wait_until(lambda: place.balance() == before - 500 - 1500, "the dispute to be booked")
    treasurer.goto(f"{place.newsroom.address}/desk/gifts/")
    treasurer.locator("table.listing a").first.click()
    assert "disputed: answer the company by" in treasurer.locator("main").inner_text()
    place.stripe.do("close-dispute", place.stripe.find("dispute")[0]["id"], is_won=False)

    def is_closed():
        treasurer.reload()
        return "disputed" not in treasurer.locator("main").inner_text()

    wait_until(is_closed, "the dispute to be closed on the desk")
    assert place.agrees()
    ((taken,),) = place.newsroom.rows("SELECT sum(amount_minor) FROM ledger_posting WHERE account = 'income:disputes'")
    assert taken == 150


def test_at_the_end_all_agree(place):
    place.newsroom.wait_until_idle()
    assert place.newsroom.run("reconcile", check=False).stdout.count("not been delivered") == 1
    found = place.newsroom.run("doctor", check=False)
    assert found.returncode == 0, found.stdout
    month = place.newsroom.shell(
        "from tamizdat.ledger import queries; from tamizdat.months import Month; "
        "from tamizdat.newsroom import queries as n; print(queries.raised(Month.of(n.today()), 'USD').minor)"
    )
    wait_until(lambda: place.raised() == int(month), "the figure to follow the books")

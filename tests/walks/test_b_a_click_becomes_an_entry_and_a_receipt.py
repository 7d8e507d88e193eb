"""Walk B: ask → giving → company → signed event → payment, entry, receipt → figure."""

import json
import re
import urllib.request

import pytest

from tests.newsrooms import letters, wait_until
from tests.walks import keyboard


def ticker(newsroom):
    with urllib.request.urlopen(newsroom.address + "/ticker.json", timeout=5) as answer:
        return json.load(answer)


def give(page, newsroom, address):
    page.goto(f"{newsroom.address}/support/?source=appeal/plain&cadence=monthly&amount=5")
    page.get_by_label("E-mail address").fill(address)
    page.get_by_role("button", name="Continue to payment").click()
    page.get_by_role("button", name="Approve").click()
    page.get_by_role("heading", name="Thank you").wait_for()
    return page.locator("code.address").inner_text()


def test_a_monthly_gift_is_booked_thanked_shown_and_stopped(page, newsroom):
    before = ticker(newsroom).get("raised", 0)
    address = f"giver-{id(page)}@reader.example"
    private = give(page, newsroom, address)

    fee = 45  # 2.9 % of $5.00 and 30 cents
    wait_until(lambda: ticker(newsroom).get("raised", 0) == before + 500 - fee, "the figure to follow the books")
    wait_until(lambda: private in letters(newsroom, address), "a receipt with the private address")

    page.goto(private)
    assert "$5 a month" in page.locator("main").inner_text()
    page.get_by_role("button", name="Stop this gift").click()
    page.wait_for_load_state()
    assert page.get_by_role("button", name="Stop this gift").count() == 0
    assert newsroom.run("doctor", check=False).returncode == 0, newsroom.run("doctor", check=False).stdout


@pytest.mark.parametrize("page", ["script"], indirect=True)
def test_whoever_gave_is_not_asked_on_the_way_back(page, newsroom):
    private = give(page, newsroom, f"back-{id(page)}@reader.example")
    page.get_by_role("link", name="Back to the paper").click()
    page.wait_for_url(newsroom.address + "/")
    assert page.locator("[data-ask]:visible:not(.always)").count() == 0
    assert page.evaluate("JSON.parse(localStorage.tamizdat).gave") == "recurring"

    page.goto(private)
    page.get_by_role("button", name="Stop this gift").click()
    page.get_by_role("button", name="Stop this gift").wait_for(state="detached")
    page.get_by_role("link", name="Back to the paper").click()
    page.wait_for_url(newsroom.address + "/")
    assert page.evaluate("JSON.parse(localStorage.tamizdat).gave") == "lapsed"


def test_the_private_address_is_shown_once(page, newsroom):
    private = give(page, newsroom, f"once-{id(page)}@reader.example")
    page.reload()
    assert private not in page.content()
    assert re.search(r"shown here already", page.content())


def test_a_gift_is_given_and_stopped_by_keyboard_alone(page, newsroom):
    address = f"keys-{id(page)}@reader.example"
    page.goto(newsroom.address + "/")
    keyboard.press(page, page.get_by_role("link", name="Support us").first)
    page.wait_for_url("**/support/**")
    keyboard.choose(page, page.get_by_label("$10 a month"))
    keyboard.type_into(page, page.get_by_label("E-mail address"), address)
    keyboard.press(page, page.get_by_role("button", name="Continue to payment"))
    page.get_by_role("button", name="Approve").wait_for()
    keyboard.press(page, page.get_by_role("button", name="Approve"))
    page.get_by_role("heading", name="Thank you").wait_for()
    wait_until(lambda: "/support/my/" in letters(newsroom, address), "the receipt")

    page.goto(page.locator("code.address").inner_text())
    assert "$10 a month" in page.locator("main").inner_text()
    keyboard.press(page, page.get_by_role("button", name="Stop this gift"))
    page.wait_for_load_state()
    page.get_by_role("button", name="Stop this gift").wait_for(state="detached")


def test_a_declined_gift_takes_nothing(page, newsroom):
    page.goto(f"{newsroom.address}/support/?amount=5&cadence=once&source=appeal/plain")
    page.get_by_label("Another amount", exact=True).check()
    page.get_by_label("Another amount, in USD").fill("7")
    page.get_by_role("button", name="Continue to payment").click()
    page.get_by_role("button", name="Decline").click()
    page.wait_for_url("**/thanks/**")
    wait_until(
        lambda: page.reload() and page.get_by_role("heading", name="Nothing was taken").count(),
        "the company's word",
    )

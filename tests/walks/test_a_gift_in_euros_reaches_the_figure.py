"""A newsroom counts in dollars and a reader gives in euros: form, books, the rate that is brought, the figure."""

import json
import urllib.request
from datetime import UTC, datetime

import pytest

from tests import browser
from tests.newsrooms import founded, wait_until
from tests.pages.usable import unreached, violations
from tests.walks import desk

EUROS = """
[giving.also.EUR]
minimum = "3"
suggested = {once = ["10", "25"], monthly = ["3", "6"], annual = ["30", "60"]}
"""


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory):
    with founded(tmp_path_factory.mktemp("euros"), extra=EUROS) as made, made.serving():
        yield made


def test_a_gift_in_euros_goes_all_its_way(chromium, newsroom):
    page = browser.reader(chromium, java_script_enabled=False).new_page()
    page.goto(newsroom.address + "/support/?cadence=monthly&source=appeal/plain")
    page.get_by_role("navigation", name="Currency").get_by_role("link", name="Euro").click()
    assert page.get_by_role("link", name="Monthly").get_attribute("aria-current") == "true"
    page.get_by_label("€6 a month").check()
    page.get_by_role("button", name="Continue to payment").click()
    page.get_by_role("button", name="Approve").click()
    page.get_by_role("heading", name="Thank you").wait_for()
    page.goto(page.locator("code.address").inner_text())
    assert "€6" in page.inner_text("main") and page.get_by_label("Another amount, in EUR").is_visible()
    wait_until(lambda: ticker(newsroom).get("supporters") == 1, "the gift to be booked")
    assert ticker(newsroom)["raised"] == 0
    wait_until(lambda: "Euro: no rate is known" in costs(page, newsroom), "the page of costs to say so")
    assert "No rate of EUR is known" in newsroom.run("doctor", check=False).stdout

    treasurer = browser.reader(chromium, viewport={"width": 1280, "height": 900}).new_page()
    desk.log_in(treasurer, newsroom)
    treasurer.goto(newsroom.address + "/desk/rates/")
    assert violations(treasurer) == [] and unreached(treasurer, "#main") == []
    day = f"{datetime.now(UTC):%d %B %Y}"
    rates = {"name": "eurofxref.csv", "mimeType": "text/csv", "buffer": f"Date, USD, \n{day}, 1.5000, \n".encode()}
    treasurer.get_by_label("Reference rates").set_input_files(rates)
    treasurer.get_by_role("button", name="Bring it").click()
    treasurer.get_by_text("1 rates are new").wait_for()
    kept = kept_of_six_euros(newsroom)
    wait_until(lambda: ticker(newsroom)["raised"] == round(kept * 1.5), f"{kept} euro cents to count so")
    wait_until(lambda: "no rate is known" not in costs(page, newsroom), "the page of costs to say so")
    doctor = newsroom.run("doctor", check=False)
    assert doctor.returncode == 0, doctor.stdout


def ticker(newsroom) -> dict:
    with urllib.request.urlopen(newsroom.address + "/ticker.json", timeout=5) as answer:
        return json.load(answer)


def costs(page, newsroom) -> str:
    page.goto(newsroom.address + "/costs/")
    page.reload()
    return page.inner_text("main")


def kept_of_six_euros(newsroom) -> int:
    """What the company did not keep of it, as the books have it."""
    rows = newsroom.rows("SELECT amount_minor, currency FROM ledger_posting WHERE account = 'assets:practice'")
    ((minor, currency),) = rows
    assert currency == "EUR" and 500 < minor < 600
    return minor

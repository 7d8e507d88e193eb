"""A payment refunded, two gifts stopped, a cost changed: everything shown equals a sum made from the export."""

import csv
import json
import re
import urllib.request
from datetime import UTC, datetime

import pytest

from tests import browser
from tests.newsrooms import wait_until
from tests.walks import desk

COUNTED = re.compile(r"income:.*|expenses:fees")
TREASURER = """
from django.contrib.auth.models import Group, User
user = User.objects.create_user('{login}', '{login}@gazette.example', '{password}')
user.groups.add(Group.objects.get(name='Treasurers'))
"""
COSTS = """
from tamizdat.ledger import queries
from tamizdat.months import Month
print(*[f'{c.amount.minor} {c.first} {c.last or "9999-12"}' for c in queries.all_costs()], sep='\\n')
"""


@pytest.fixture(scope="module")
def treasurer(chromium, newsroom):
    """A treasurer's browser, signed in; not an administrator's."""
    login, password = "tess", "a long word for the desk"
    newsroom.shell(TREASURER.format(login=login, password=password))
    context = browser.reader(chromium, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(30_000)
    page = context.new_page()
    desk.log_in(page, newsroom, login=login, password=password)
    yield page
    context.close()


def test_every_change_reaches_gap_costs_page_and_figure(treasurer, chromium, newsroom):
    reading = browser.reader(chromium, java_script_enabled=False).new_page()
    supporters = ticker(newsroom).get("supporters", 0)
    private = give(reading, newsroom, amount="41", cadence="monthly")
    give(reading, newsroom, amount="43", cadence="monthly")
    give(reading, newsroom, amount="47", cadence="once")
    wait_until(lambda: ticker(newsroom).get("supporters") == supporters + 3, "three gifts to be booked")
    agree(newsroom, reading)
    before = raised(newsroom)

    open_gift(treasurer, newsroom, amount="47")
    treasurer.get_by_role("link", name="Give back…").click()
    treasurer.get_by_label("Reason").fill("given twice by mistake")
    treasurer.get_by_role("button", name="Give it back").click()
    treasurer.get_by_text("is given back").wait_for()
    assert raised(newsroom) == before - 4700
    agree(newsroom, reading)

    open_gift(treasurer, newsroom, amount="43")
    treasurer.get_by_role("link", name="Stop this gift…").click()
    treasurer.get_by_label("Reason").fill("asked for by letter")
    treasurer.get_by_role("button", name="Stop this gift").click()
    treasurer.get_by_text("The gift is stopped").wait_for()

    reading.goto(private)
    reading.get_by_role("button", name="Stop this gift").click()
    reading.wait_for_load_state()
    assert reading.get_by_role("button", name="Stop this gift").count() == 0
    assert raised(newsroom) == before - 4700
    agree(newsroom, reading)

    old = need(newsroom)
    change_the_cost(treasurer, newsroom, "9876.54")
    assert need(newsroom) == 987654 != old
    agree(newsroom, reading)
    doctor = newsroom.run("doctor", check=False)
    assert doctor.returncode == 0, doctor.stdout


def give(page, newsroom, *, amount: str, cadence: str) -> str:
    """The private address of a fresh gift."""
    page.goto(f"{newsroom.address}/support/?source=appeal/plain&cadence={cadence}")
    page.get_by_label("Another amount", exact=True).check()
    page.get_by_label("Another amount, in USD").fill(amount)
    page.get_by_role("button", name="Continue to payment").click()
    page.get_by_role("button", name="Approve").click()
    page.get_by_role("heading", name="Thank you").wait_for()
    return page.locator("code.address").inner_text()


def open_gift(page, newsroom, *, amount: str) -> None:
    """Found as the desk finds it for who lost the private address: by its amount."""
    page.goto(f"{newsroom.address}/desk/gifts/")
    page.get_by_label("Amount").fill(amount)
    page.get_by_role("button", name="Find").click()
    page.locator("table.listing tbody a").first.click()
    page.get_by_role("heading", name="Payments").wait_for()


def change_the_cost(page, newsroom, amount: str) -> None:
    page.goto(f"{newsroom.address}/desk/costs/")
    page.get_by_role("link", name="Change…").click()
    page.get_by_label("New amount a month").fill(amount)
    page.get_by_role("button", name="Change", exact=True).click()
    page.get_by_text("The costs are changed").wait_for()


def raised(newsroom) -> int:
    """This month's raised, summed here from what `tamizdat postings` exports."""
    rows = csv.DictReader(newsroom.run("postings").stdout.splitlines())
    counted = (row for row in rows if row["month"] == this_month() and COUNTED.fullmatch(row["account"]))
    return -sum(int(row["amount_minor"]) for row in counted)


def need(newsroom) -> int:
    """This month's need, summed here from every cost and its months."""
    costs = [line.split(" ") for line in newsroom.shell(COSTS).splitlines()]
    return sum(int(minor) for minor, first, last in costs if first <= this_month() <= last)


def this_month() -> str:
    return datetime.now(UTC).date().isoformat()[:7]


def ticker(newsroom) -> dict:
    with urllib.request.urlopen(newsroom.address + "/ticker.json", timeout=5) as answer:
        return json.load(answer)


def agree(newsroom, page) -> None:
    """Ticker, front page, costs page and the page of giving say what the export adds up to."""
    sums = {"need": need(newsroom), "raised": raised(newsroom)}
    sums["gap"] = max(0, sums["need"] - sums["raised"])
    wait_until(lambda: sums.items() <= ticker(newsroom).items(), f"the ticker to say {sums}")
    for path in ("/", "/costs/", "/support/"):
        wait_until(lambda path=path: says(page, newsroom, path, sums), f"{path} to say {sums}")


def says(page, newsroom, path: str, sums: dict[str, int]) -> bool:
    page.goto(newsroom.address + path)
    page.reload()  # a browser may show a page again for a minute before it asks
    text = page.inner_text("main")
    return all(dollars(sums[name]) in text for name in ("need", "raised"))


def dollars(minor: int) -> str:
    """As an English reader sees it: whole dollars without cents."""
    return f"${minor // 100:,}" + (f".{minor % 100:02}" if minor % 100 else "")

"""axe finds nothing on any kind of page: light, dark, right-to-left."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests import browser
from tests.newsrooms import wait_until

LANGUAGES = ["", "/ru", "/ar"]


def violations(page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]


def an_article(page, demo, prefix: str) -> str:
    page.goto(f"{demo.address}{prefix}/")
    return page.locator(".front .cards a").first.evaluate("link => link.href")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("prefix", LANGUAGES)
def test_the_paper_and_its_forms(demo, chromium, prefix, scheme):
    page = browser.reader(chromium, color_scheme=scheme).new_page()
    article = an_article(page, demo, prefix)
    paths = [
        "/",
        "/news/",
        "/costs/",
        "/privacy/",
        "/support/?cadence=monthly&amount=5",
        "/remind/",
        "/nowhere/",
    ]
    for url in [article, *(demo.address + prefix + path for path in paths)]:
        page.goto(url)
        assert violations(page) == [], url


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_thanks_and_the_private_page(demo, chromium, scheme):
    page = browser.reader(chromium, color_scheme=scheme).new_page()
    page.goto(demo.address + "/support/?cadence=monthly&amount=5&source=appeal/plain")
    page.get_by_role("button", name="Continue to payment").click()
    page.get_by_role("button", name="Approve").click()
    page.get_by_role("heading", name="Thank you").wait_for()
    assert violations(page) == []
    page.goto(page.locator("code.address").inner_text())
    wait_until(lambda: page.reload() and page.get_by_role("heading", name="Payments").count(), "the payment")
    assert violations(page) == []

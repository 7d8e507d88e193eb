"""axe finds nothing on any kind of page: light, dark, right-to-left; and the keyboard gets everywhere."""

import pytest

from tests import browser
from tests.newsrooms import wait_until
from tests.pages.usable import unreached, violations

LANGUAGES = ["", "/ru", "/ar"]
KINDS = {
    "front": "/",
    "section": "/news/",
    "authors": "/authors/",
    "author": "/authors/marta-kallasvee/",
    "topic": "/topics/harbour/",
    "month": "/2026/11/",
    "plain": "/privacy/",
    "costs": "/costs/",
    "missing": "/nowhere/",
    "giving": "/support/?cadence=monthly&amount=5",
    "reminding": "/remind/",
}


def an_article(page, demo, prefix: str) -> str:
    page.goto(f"{demo.address}{prefix}/")
    return page.locator(".front .cards a").first.evaluate("link => link.href")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("prefix", LANGUAGES)
def test_the_paper_and_its_forms(demo, chromium, prefix, scheme):
    page = browser.reader(chromium, color_scheme=scheme).new_page()
    article = an_article(page, demo, prefix)
    for url in [article, *(demo.address + prefix + path for path in KINDS.values())]:
        page.goto(url)
        assert violations(page) == [], url
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, url


@pytest.mark.parametrize("kind", ["article", *KINDS])
def test_the_keyboard_gets_everywhere(demo, chromium, kind):
    page = browser.reader(chromium).new_page()
    page.goto(demo.address + KINDS[kind] if kind in KINDS else an_article(page, demo, ""))
    page.keyboard.press("Tab")
    assert page.evaluate(
        "document.activeElement.matches('.skip') && document.activeElement.getBoundingClientRect().x > 0"
    )
    assert unreached(page, "body") == []
    page.locator(".skip").first.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


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
    page.locator("a[href^='receipts/']").first.click()
    page.get_by_role("heading", name="Receipt").wait_for()
    assert violations(page) == [] and page.evaluate("document.documentElement.scrollWidth") <= 360

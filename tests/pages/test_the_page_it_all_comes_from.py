"""An article shows every line of the product's page, as a reader sees it."""

import re

import pytest

from tests import browser


@pytest.fixture(scope="module")
def page(demo, chromium):
    page = browser.reader(chromium, viewport={"width": 1280, "height": 900}, java_script_enabled=False).new_page()
    page.goto(demo.address + "/news/")
    page.locator(".list li a").first.click()
    return page


@pytest.mark.parametrize(
    "words",
    [
        r"Enjoying ad-free content\? Since July 1, 2024, we have disabled all ads\.",
        r"This commitment costs us \$10,000 a month\. Your support can help us fill the gap\.",
        r"Support us",
        r"Our journalism is banned in Russia",
        r"we have a small favor to ask",
        r"Your support, no matter how small, .* monthly starting from just \$2\.",
        r"It’s quick to set up: three steps and no account\.",
        r"Ways to pay: \S+",
        r"Not ready to support today\? Remind me later\.",
        r"\$[\d,.]+ raised",
        r"of \$10,000 this month",
        r"Read more",
    ],
)
def test_the_article_says(page, words):
    assert re.search(words, page.inner_text("body"), re.IGNORECASE), words


def test_the_article_has_headline_standfirst_byline_date_and_body(page):
    for part in (
        "article h1",
        "article .standfirst",
        "article .byline a",
        "article .byline time",
        "article > p",
    ):
        assert page.locator(part).first.is_visible(), part


def test_four_articles_are_recommended_and_none_is_this_one(page):
    paths = [link.get_attribute("href") for link in page.locator(".more h3 a").all()]
    assert len(paths) == len(set(paths)) == 4
    assert page.locator("h1").inner_text() not in page.locator(".more").inner_text()


def test_three_amounts_lead_straight_into_giving(page):
    amounts = page.locator(".appeal .choices a")
    assert amounts.count() == 4
    amounts.nth(1).click()
    assert page.get_by_label("$5 a month").is_checked()
    page.go_back()

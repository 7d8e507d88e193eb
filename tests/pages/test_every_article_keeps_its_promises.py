"""Every demo article in every language: nothing watched, nothing fetched, small, still."""

import re
import urllib.request

import pytest

from tests import browser

BUDGET_BYTES = 11_000
ARTICLE = re.compile(r"<loc>(\S+?/(?:news|investigations|life-and-letters)/[^/]*[a-z][^/]*/)</loc>")


@pytest.fixture(scope="module")
def articles(demo):
    parts = re.findall(r"<loc>(\S+)</loc>", read(demo.address + "/sitemap.xml"))
    found = [url for part in parts for url in ARTICLE.findall(read(part))]
    assert len(found) >= 44 and any("/ru/" in url for url in found) and any("/ar/" in url for url in found)
    return found


def read(url: str) -> str:
    with urllib.request.urlopen(url) as answer:
        return answer.read().decode()


def weight(url: str, encoding: str) -> int:
    request = urllib.request.Request(url, headers={"Accept-Encoding": encoding})
    with urllib.request.urlopen(request) as answer:
        head = sum(len(name) + len(value) + 4 for name, value in answer.headers.items())
        assert answer.headers["Content-Encoding"] == encoding
        assert "Set-Cookie" not in answer.headers
        return head + len("HTTP/1.1 200 OK\r\n\r\n") + len(answer.read())


def test_no_article_weighs_more_than_eleven_thousand_bytes(articles):
    heaviest = max((weight(url, encoding), url, encoding) for url in articles for encoding in ("br", "gzip"))
    assert heaviest[0] <= BUDGET_BYTES, heaviest


def test_reading_sets_no_cookie_asks_no_other_host_and_moves_nothing(articles, demo, chromium):
    context = browser.reader(chromium)
    context.add_init_script(browser.LAYOUT_SHIFT)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    for url in articles:
        page.goto(url, wait_until="load")
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        page.wait_for_timeout(30)
        assert page.evaluate("layoutShift") == 0, url
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, url
    assert context.cookies() == []
    others = [url for url in asked if not url.startswith((demo.address, "data:"))]
    assert others == []
    extra = {url for url in asked if url.startswith(demo.address)} - set(articles)
    assert all("/pictures/" in url for url in extra), extra


@pytest.mark.parametrize("said", ["notice", "asks"])
def test_nothing_moves_in_any_article_once_enough_was_said(articles, chromium, said):
    context = browser.reader(chromium)
    context.add_init_script(browser.LAYOUT_SHIFT)
    page = context.new_page()
    page.goto(articles[0])
    page.evaluate(f"""localStorage.tamizdat = '{{"version": 1, "quiet": {{"{said}": "9999-01-01"}}}}'""")
    for url in articles:
        page.goto(url, wait_until="load")
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        page.wait_for_timeout(30)
        assert not page.locator(".notice").is_visible(), url
        assert page.evaluate("layoutShift") == 0, url


@pytest.fixture
def english(articles):
    return next(url for url in articles if "/ru/" not in url and "/ar/" not in url)


@pytest.mark.parametrize(("control", "at_once"), [("Hide", ".notice"), ("I already support", ".appeal .choices")])
def test_a_reload_after_saying_enough_moves_nothing_and_asks_nothing(english, chromium, control, at_once):
    context = browser.reader(chromium)
    context.add_init_script(browser.LAYOUT_SHIFT)
    page = context.new_page()
    page.goto(english)
    page.get_by_text(control, exact=True).click()
    assert not page.locator(at_once).is_visible()
    page.reload()
    page.wait_for_load_state()
    assert page.evaluate("layoutShift") == 0
    assert not page.locator(".notice").is_visible()
    assert page.locator(".appeal").is_visible() == (control == "Hide")


@pytest.mark.parametrize("kept", ["{", "null", '{"version": 3, "quiet": {}}', '{"version": 1, "quiet": 7}'])
def test_state_that_cannot_be_read_means_silence(english, chromium, kept):
    context = browser.reader(chromium)
    context.add_init_script(f"localStorage.setItem('tamizdat', {kept!r})")
    page = context.new_page()
    page.goto(english)
    assert not page.locator(".notice").is_visible()
    assert not page.locator(".appeal").is_visible()


def test_choosing_later_keeps_this_device_quiet_and_leads_to_the_reminder(english, chromium):
    page = browser.reader(chromium).new_page()
    page.goto(english)
    page.get_by_text("Not ready to support today? Remind me later.").click()
    page.get_by_role("button", name="Remind me").click()
    page.wait_for_url("**/remind/?*")
    assert "source=appeal%2Fplain" in page.url
    page.goto(english)
    assert not page.locator(".appeal").is_visible()

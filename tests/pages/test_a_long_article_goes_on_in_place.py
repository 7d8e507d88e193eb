"""A reader goes on in a long article: by a link without script, in place with it, on a mirror under a prefix."""

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from random import Random

import pytest
from axe_playwright_python.sync_playwright import Axe

from tamizdat.bakery.renderer import Renderer
from tamizdat.bakery.rules import file_name
from tamizdat.bakery.tests.test_a_page_keeps_to_its_budget import article
from tests import browser
from tests.pages.asking import asking

WORDS = {"en": 2400, "ar": 1600}
LABEL = {"en": "Part {} of 3", "ar": "الجزء {} من 3"}


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def mirror(tmp_path_factory):
    """The address of a mirror under a prefix that holds one long article a language."""
    folder = tmp_path_factory.mktemp("mirror")
    renderer = Renderer(asking())
    for language in LABEL:
        for sheet in article(Random(3), language, WORDS[language]):
            file = folder / "copy" / file_name(sheet.path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(renderer.render(sheet))
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/copy"
    server.shutdown()


@pytest.fixture(params=LABEL)
def language(request):
    return request.param


@pytest.fixture
def first(mirror, language):
    return f"{mirror}/{language}/news/a-storm-over-the-harbour/"


@pytest.fixture
def page(chromium):
    context = browser.reader(chromium)
    context.add_init_script(browser.LAYOUT_SHIFT)
    yield context.new_page()
    context.close()


def paragraphs(page):
    return page.locator("article > p:not([class])").all_inner_texts()


def slowly(route):
    threading.Event().wait(0.8)  # longer than a browser takes a shift for the answer to a click
    route.continue_()


def test_without_script_links_lead_through_it(chromium, first, language):
    page = browser.reader(chromium, java_script_enabled=False).new_page()
    page.goto(first)
    read = paragraphs(page)
    for number in (2, 3):
        assert page.locator(".appeal, .more").count() == 0
        page.locator("a[rel=next]").click()
        assert page.url == f"{first}{number}/"
        assert page.locator(".part").inner_text() == LABEL[language].format(number)
        read += paragraphs(page)
    assert len(read) == len(set(read)) > 20
    assert page.locator("a[rel=next]").count() == 0
    assert page.locator(".appeal").is_visible() and page.locator(".more").is_visible()
    page.locator("a[rel=prev]").click()
    assert page.url == f"{first}2/"
    page.locator("h1 a").click()
    assert page.url == first


def test_with_script_it_goes_on_in_its_place_and_nothing_moves(page, first, language):
    page.goto(first)
    page.route("**/[23]/", slowly)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    before, read = paragraphs(page), page.locator("article > p:not([class])")
    page.locator("a[rel=next]").scroll_into_view_if_needed()
    assert asked == []
    for number in (2, 3):
        top = page.evaluate("scrollY")
        page.locator("a[rel=next]").click()
        page.locator(".part", has_text=LABEL[language].format(number)).wait_for()
        assert page.evaluate("document.activeElement.innerText") == LABEL[language].format(number)
        assert page.evaluate("scrollY") >= top
        page.locator("a[rel=next]").scroll_into_view_if_needed() if number == 2 else None
    assert asked == [f"{first}2/", f"{first}3/"]
    assert read.all_inner_texts()[: len(before)] == before
    assert len(set(read.all_inner_texts())) == read.count() > 20
    assert page.locator("a[rel=next], a[rel=prev], .way").count() == 0
    assert page.locator("article > .appeal").is_visible()
    assert page.locator("article + .more").is_visible()
    assert page.url == first
    assert page.evaluate("layoutShift") == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert Axe().run(page).violations_count == 0


def test_what_came_leads_where_it_led_on_its_own_page(page, first):
    page.goto(first)
    leads = "links => links.map(link => link.href)"
    for number in (2, 3):
        page.locator("a[rel=next]").click()
        page.locator(".part").nth(number - 2).wait_for()
    here = page.locator("main").locator(".topics a, .more a, .appeal a").evaluate_all(leads)
    page.goto(f"{first}3/")
    assert here == page.locator("main").locator(".topics a, .more a, .appeal a").evaluate_all(leads)
    assert len(here) > 8


def test_an_ask_that_came_with_the_last_part_can_be_silenced(page, first, language):
    page.goto(first)
    for number in (2, 3):
        page.locator("a[rel=next]").click()
        page.locator(".part").nth(number - 2).wait_for()
    page.locator("label[for^=already]").click()
    assert not page.locator(".appeal .choices").is_visible()
    page.goto(f"{first}3/")
    assert not page.locator(".appeal").is_visible()


def test_the_keyboard_alone_goes_on(page, first, language):
    page.goto(first)
    page.locator("a[rel=next]").focus()
    page.keyboard.press("Enter")
    page.locator(".part").wait_for()
    assert page.evaluate("document.activeElement.innerText") == LABEL[language].format(2)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.rel") == "next"


@pytest.mark.parametrize("failure", ["no answer", "an error", "another page"])
def test_whatever_fails_the_link_leads_there(page, first, failure):
    def fail(route):
        if route.request.resource_type != "fetch":
            route.continue_()
        elif failure == "no answer":
            route.abort()
        else:
            route.fulfill(status=500 if failure == "an error" else 200, body="<p>Sorry.</p>")

    page.route("**/2/", fail)
    page.goto(first)
    page.locator("a[rel=next]").click()
    page.wait_for_url(f"{first}2/")
    assert page.locator(".part").is_visible()


def test_a_new_tab_is_the_readers_choice(page, first):
    page.goto(first)
    with page.context.expect_page() as opened:
        page.locator("a[rel=next]").click(modifiers=["Control"])
    assert opened.value.url == f"{first}2/"
    assert page.locator(".part").count() == 0


def test_only_pages_that_go_on_may_fetch(page, first):
    for number, allowed in ((1, True), (2, True), (3, False)):
        page.goto(first if number == 1 else f"{first}{number}/")
        policy = page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
        assert ("connect-src 'self'" in policy) == allowed

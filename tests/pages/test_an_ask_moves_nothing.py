"""Whatever asks whom on which page: nothing moves under the reader's eyes, on a telephone or a wide screen."""

from collections import Counter
from random import Random

import pytest

from bench.prose import paragraphs
from tamizdat.asks.rules.placements import Placement
from tamizdat.bakery.renderer import Renderer
from tamizdat.bakery.tests.test_a_page_keeps_to_its_budget import article
from tests import browser
from tests.pages.asking import HOME, asking
from tests.pages.at_random import a_reader, an_ask, manners
from tests.pages.test_the_device_decides import sheet
from tests.soak import SEED, record, tries

ADDRESS = f"http://{HOME}/"
SHIFT = "new Promise(done => requestAnimationFrame(() => setTimeout(() => done(layoutShift), 30)))"


def texts(random: Random):
    """Wordings of any length, in the languages of the pages."""

    def said(name: str) -> dict[str, str]:
        words = random.choice((5, 20, 60))
        there = {code: f"<p>{paragraphs(random, code, words)[0]}</p>" for code in ("en", "ru", "ar")}
        return {"html": there.pop("en"), **there}

    return said


def a_sheet(random: Random):
    if random.random() < 0.2:
        return sheet(Placement.TICKER)
    return random.choice(article(random, random.choice(("en", "ru", "ar", "zh")), random.choice((300, 1200, 2500))))


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_whoever_is_asked_by_whatever(chromium, width):
    n, random, verdicts, moved = tries(soak=200, test=20), Random(SEED), Counter(), []
    for number in range(n):
        asks = [an_ask(random, one, texts(random)) for one in range(random.randrange(1, 6))]
        how = manners(random)
        html = Renderer(asking(*asks, silent_in=how.silent_in, dark=how.dark)).render(a_sheet(random))
        _, device = a_reader(random)
        page = opened(chromium, html, width, device)
        for down in range(0, page.evaluate("document.body.scrollHeight"), 700):
            page.evaluate(f"scrollTo(0, {down})")
        if shift := page.evaluate(SHIFT):
            moved.append((number, shift, page.evaluate("moved")))
        said = page.evaluate("document.documentElement.dataset.asks")
        verdicts.update(one.split(" ")[-1] for one in said.split("; "))
        page.context.close()
    record(f"layout shift at {width} px", n=n, seed=SEED, moved=len(moved), verdicts=dict(verdicts))
    assert moved == []
    assert verdicts["asks"] > n / 2


def opened(chromium, html: bytes, width: int, device: dict[str, object]):
    context = browser.reader(
        chromium, viewport={"width": width, "height": 800}, timezone_id=device["zone"], locale="en-GB"
    )
    context.set_default_timeout(10_000)
    context.add_init_script(browser.LAYOUT_SHIFT)
    if device["kept"] is not None:
        context.add_init_script(f"localStorage.tamizdat ??= {device['kept']!r}")
    page = context.new_page()
    page.clock.set_fixed_time(device["now"])
    page.route("**/*", lambda route: _answer(route, html))
    page.goto(ADDRESS)
    return page


def _answer(route, html: bytes) -> None:
    if route.request.resource_type == "document":
        route.fulfill(body=html, content_type="text/html; charset=utf-8")
    else:
        route.abort()


def test_what_comes_late_is_found_out(chromium):
    html = Renderer(asking()).render(sheet(Placement.NOTICE))
    page = opened(chromium, html, 360, {"zone": "Europe/Riga", "kept": None, "now": 1_795_000_000_000})
    assert page.evaluate(SHIFT) == 0
    page.evaluate("document.querySelector('main').before(document.querySelector('h1').cloneNode(true))")
    assert page.evaluate(SHIFT) > 0
    page.context.close()

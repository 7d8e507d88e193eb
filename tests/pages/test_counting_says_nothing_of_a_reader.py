"""What leaves a device when it counts: the same bytes whoever reads, and nothing where nobody wants to be counted."""

import json
import math
from datetime import date
from random import Random

import pytest

from tamizdat.asks.rules.asks import Ask
from tamizdat.asks.rules.counting import counted
from tamizdat.asks.rules.placements import Placement
from tamizdat.bakery.renderer import Renderer
from tamizdat.bakery.tests.test_a_page_keeps_to_its_budget import article
from tamizdat.newsroom import queries as newsroom
from tests import browser
from tests.newsrooms import wait_until
from tests.pages.asking import HOME, asking, variant
from tests.pages.listening import listening, path
from tests.soak import SEED, record, tries

SHOWINGS = tries(soak=10_000, test=1_000)
QUIET_MILLISECONDS = 1500  # a showing counts after a second
WINTER = "notice/winter.warm"
WORDS = '<p>These are <a href="/support/">the words</a>.</p>'
# Many tellings at once are refused by the browser itself.
SHOW = """async ({seed, times, ask}) => {
  Math.random = () => {
    seed = seed + 0x6D2B79F5 | 0;
    let t = Math.imul(seed ^ seed >>> 15, 1 | seed);
    t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
    return ((t ^ t >>> 14) >>> 0) / 4294967296;
  };
  const really = window.fetch, place = document.querySelector(`[data-ask="${ask}"]`);
  let sent = [];
  window.fetch = (...said) => { const one = really(...said); sent.push(one); return one; };
  for (let n = 0; n < times; n++) {
    count(place, "seen", deck.sample);
    if (sent.length == 8) { await Promise.all(sent); sent = []; }
  }
  await Promise.all(sent);
}"""
EVERYTHING = """for (const one of document.querySelectorAll("[data-ask]"))
  for (const event of ["seen", "click", "close", "later"]) count(one, event, 1)"""


@pytest.fixture
def world():
    with listening() as found:
        yield found


def rendered(language: str = "en", seed: int = 3, **manners) -> bytes:
    """An article that asks; counts go to the newsroom's own address, as its pages' security policy has it."""
    ask = Ask(key="winter", placement=Placement.NOTICE, variants=(variant("warm", html=WORDS),))
    here = newsroom.configuration().paper.giving_address
    (sheet,) = [one for one in article(Random(seed), language, 950) if one.page.part.is_last][-1:]
    return Renderer(asking(ask, **{"counts_at": here, **manners})).render(sheet)


def opened(chromium, world, address: str, *, state: object = None, gpc: bool = False, **device):
    context = browser.reader(chromium, proxy={"server": f"http://127.0.0.1:{world.port}"}, **device)
    if state is not None:
        context.add_init_script(f"localStorage.tamizdat ??= {json.dumps(state)!r}")
    if gpc:
        context.add_init_script("Object.defineProperty(navigator, 'globalPrivacyControl', {value: true})")
    context.add_cookies([{"name": "known", "value": "by-this", "domain": HOME, "path": "/"}])
    page = context.new_page()
    page.goto(address)
    return page


def told(world, number: int) -> list[bytes]:
    wait_until(lambda: len(world.counts) >= number, f"{number} counts; heard {world.heard}")
    return world.counts


def beside(request: bytes, others: list[bytes]) -> bytes:
    """The request without what this browser says with every page that it asks for."""
    always = set.intersection(*(set(other.lower().split(b"\r\n")) for other in others)) - {b""}
    return b"\r\n".join(line for line in request.split(b"\r\n") if line.lower() not in always)


READERS = [
    {"locale": "en-GB", "timezone_id": "Europe/Riga", "viewport": {"width": 1280, "height": 800}},
    {
        "locale": "ar-EG", "timezone_id": "Asia/Almaty", "viewport": {"width": 360, "height": 800}, "has_touch": True,
        "color_scheme": "dark",
        "state": {
            "version": 2, "quiet": {"gave": "2020-01-01"}, "gave": "lapsed", "first": "2019-01-01",
            "seen": {"notice": ["2020-01-01"]}, "dice": {"winter": 0.7}, "reads": {"2026-01-01": {"all": 9}},
        },
    },
]  # fmt: skip


def test_two_readers_who_share_nothing_send_the_same_bytes(chromium, world):
    world.pages = {"/news/gale/": rendered(), "/ar/news/asifa/?from=a-friend": rendered("ar", 7)}
    sent = []
    for reader, address in zip(READERS, world.pages, strict=True):
        world.heard.clear()
        page = opened(chromium, world, f"http://{HOME}{address}", **reader)
        told(world, 1)
        pages = [request for request in world.heard if path(request) == address]
        page.locator(f'[data-ask="{WINTER}"] [data-quiet]').first.evaluate("one => one.click()")
        told(world, 2)
        page.locator(f'[data-ask="{WINTER}"] a[href]').first.evaluate("one => one.click()")
        sent.append([beside(request, pages) for request in told(world, 3)])
        page.context.close()
    assert sent[0] == sent[1]
    assert [path(request) for request in sent[0]] == [
        f"/counts/{WINTER}/{said}" for said in ("seen/1", "close/1", "click/1")
    ]
    for request in sent[0]:
        head, _, body = request.lower().partition(b"\r\n\r\n")
        assert head.startswith(b"post ") and b"content-length: 0" in head and not body
        assert not any(word in head for word in (b"cookie", b"referer", b"gale", b"asifa", b"friend"))


AT_HOME = f"http://{HOME}/"
NOT_COUNTED = {
    "a mirror": {"address": "http://mirror.example/"},
    "a mirror that looks like home": {"address": f"http://{HOME}.mirror.example/"},
    "onion": {"address": f"http://{'a' * 56}.onion/"},
    "global privacy control": {"address": AT_HOME, "gpc": True},
    "messages hidden": {"address": AT_HOME, "state": {"version": 2, "quiet": {}, "hidden": True}},
}


@pytest.mark.parametrize("case", ["at home", *NOT_COUNTED])
def test_nothing_is_sent_but_from_home_and_by_whoever_does_not_mind(chromium, world, case):
    world.pages = {"/": rendered()}
    page = opened(chromium, world, **NOT_COUNTED.get(case, {"address": AT_HOME}))
    page.wait_for_timeout(QUIET_MILLISECONDS)
    page.evaluate(EVERYTHING)
    page.wait_for_timeout(QUIET_MILLISECONDS / 3)
    assert page.locator(f'[data-ask="{WINTER}"]').count() == 1
    assert bool(world.counts) == (case == "at home")
    page.context.close()


@pytest.mark.parametrize("sample", [1, 10])
def test_showings_add_up_exactly_or_within_what_chance_explains(chromium, world, sample):
    world.pages = {"/": rendered(sample=sample)}
    # Its own showing is one that was not scripted: this reader's device has shown enough today.
    page = opened(chromium, world, AT_HOME, state={"version": 2, "quiet": {"asks": "9999-12-31"}})
    page.evaluate(SHOW, {"seed": SEED, "times": SHOWINGS, "ask": WINTER})
    said = [counted(path(request), day=date.min) for request in world.counts]
    page.context.close()
    assert None not in said
    assert {(one.source, one.event, times) for one, times in said} == {(WINTER, "seen", sample)}
    total = sum(times for _, times in said)
    deviation = math.sqrt(SHOWINGS * (sample - 1))
    record(f"showings counted, 1 in {sample}", n=SHOWINGS, seed=SEED, counted=total, deviation=round(deviation, 1))
    assert abs(total - SHOWINGS) <= 3 * deviation

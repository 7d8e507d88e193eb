"""Every condition at every placement, as a device decides it: asked, or refused by the name of the condition."""

import json
from dataclasses import dataclass, field, replace
from functools import cache
from random import Random

import pytest

from tamizdat.articles.rules.sheets import Card, Front, Kind, Link, Masthead, Sheet
from tamizdat.asks.rules.asks import Ask
from tamizdat.asks.rules.placements import Placement
from tamizdat.bakery.renderer import Renderer
from tamizdat.bakery.tests.test_a_page_keeps_to_its_budget import NOW, article
from tests import browser
from tests.newsrooms import wait_until
from tests.pages.asking import HOME, TODAY, asking, variant

ADDRESS = f"http://{HOME}"
ABOUT = "/en/topic/topic-number-1/"


@dataclass(frozen=True)
class Reader:
    """A device: what it remembers, where it is, what it is."""

    state: object = None
    zone: str = "Europe/Riga"
    locale: str = "en-GB"
    width: int = 1280
    hour: int = 12
    gpc: bool = False
    hash: str = ""


def remembering(**state: object) -> Reader:
    return Reader({"version": 2, "quiet": {}, **state})


def quiet(**days: str) -> Reader:
    return remembering(quiet=days)


def read(*counts: int, what: str = "all") -> Reader:
    """Articles read on the latest days, yesterday first."""
    days = {f"2026-11-{25 - back:02}": {what: count} for back, count in enumerate(counts)}
    return remembering(reads=days)


@dataclass(frozen=True)
class Case:
    refusal: str
    refused: Reader
    asked: Reader = Reader()
    audience: tuple[tuple[str, object], ...] = ()
    manners: dict[str, object] = field(default_factory=dict)


def span(least: int | None = None, most: int | None = None) -> dict[str, int | None]:
    return {"least": least, "most": most}


def reads(least: int, topic: str = "") -> tuple[tuple[str, object], ...]:
    return (("reads", {**span(least), "days": 30, "topic": topic}),)


CASES = [
    Case("hidden", remembering(hidden=True)),
    Case("later", quiet(asks="2026-11-27"), quiet(asks="2026-11-26")),
    Case("gave", quiet(gave="2026-12-20"), quiet(gave="2026-11-20")),
    Case("gave", quiet(gave="9999-12-31")),
    Case("dark", Reader(), manners={"dark": ((TODAY, TODAY),)}, asked=None),
    Case("listed", Reader(zone="Europe/Moscow"), manners={"silent_in": ("RU",)}),
    Case("listed", Reader(zone="UTC", locale="ru-RU"), manners={"silent_in": ("RU",)}),
    Case("country", Reader(), Reader(zone="Asia/Almaty"), (("country", ["KZ"]),)),
    Case("elsewhere", Reader(zone="Asia/Almaty"), Reader(), (("elsewhere", ["KZ"]),)),
    Case("reads", read(1, 2), read(2, 3), reads(5)),
    Case("reads", read(9), read(5, what=ABOUT), reads(5, ABOUT)),
    Case("visit", remembering(first="2026-11-26"), remembering(first="2026-11-25"), (("visit", "back"),)),
    Case("visit", remembering(first="2026-11-25"), Reader(), (("visit", "first"),)),
    Case("weeks", remembering(first="2026-11-18"), remembering(first="2026-11-01"), (("weeks", span(2)),)),
    Case("supporter", Reader(), remembering(gave="lapsed"), (("supporter", ["lapsed", "once"]),)),
    Case("device", Reader(), Reader(width=360), (("device", "phone"),)),
    Case("device", Reader(width=360), Reader(), (("device", "desk"),)),
    Case("privacy", Reader(gpc=True), Reader(), (("privacy", "off"),)),
    Case("hours", Reader(hour=7), Reader(hour=20), (("hours", span(8, 20)),)),
    Case("hours", Reader(hour=12), Reader(hour=23), (("hours", span(22, 5)),)),
]


def ask(placement: Placement, audience: tuple[tuple[str, object], ...] = ()) -> Ask:
    return Ask(key="winter", placement=placement, audience=audience, variants=(variant("warm"),), paragraph=2)


@cache
def sheet(placement: Placement) -> Sheet:
    """A page on which such an ask can stand."""
    if placement != Placement.TICKER:
        (only,) = [one for one in article(Random(3), "en", 950) if one.page.part.is_last][-1:]
        return only
    lead = Card(
        path="/en/news/storm/", language="en", headline="Storm", kicker="", standfirst="A storm.", published=NOW
    )
    return Sheet(
        path="/en/",
        kind=Kind.FRONT,
        language="en",
        page=Front(tagline="", lead=lead, seconds=(), strips=(), months=(), years=()),
        masthead=Masthead(front="/en/", sections=(Link("News", "/en/news/"),)),
    )


def opened(chromium, html: bytes, reader: Reader):
    """The page on that device, decided."""
    context = browser.reader(
        chromium, viewport={"width": reader.width, "height": 800}, timezone_id=reader.zone, locale=reader.locale
    )
    context.add_init_script(browser.LAYOUT_SHIFT)
    kept = reader.state if isinstance(reader.state, str) else reader.state and json.dumps(reader.state)
    if kept is not None:
        context.add_init_script(f"localStorage.tamizdat ??= {kept!r}")
    if reader.gpc:
        context.add_init_script("Object.defineProperty(navigator, 'globalPrivacyControl', {value: true})")
    page = context.new_page()
    page.clock.set_fixed_time(f"2026-11-26T{reader.hour:02}:00:00{'+02:00' if reader.zone == 'Europe/Riga' else ''}")
    page.route(
        "**/*", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8") if ADDRESS in
        route.request.url and route.request.resource_type == "document" else route.abort()
    )  # fmt: skip
    page.goto(f"{ADDRESS}/{reader.hash}")
    return page


def remembered(page) -> dict[str, object]:
    return json.loads(page.evaluate("localStorage.tamizdat ?? '{\"seen\": {}}'"))


def verdicts(page) -> dict[str, str]:
    said = page.evaluate("document.documentElement.dataset.asks")
    return dict(one.split(" ") for one in said.split("; ") if " " in one)


@pytest.mark.parametrize("placement", list(Placement))
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.refusal)
def test_a_device_asks_or_names_what_refused(chromium, case, placement):
    rendered = Renderer(asking(ask(placement, case.audience), **case.manners)).render(sheet(placement))
    for reader, verdict in ((case.refused, case.refusal), (case.asked, "asks")):
        if reader is None:
            continue
        page = opened(chromium, rendered, reader)
        assert verdicts(page)[f"{placement}/winter"] == verdict, reader
        place = page.locator(f'[data-ask="{placement}/winter.warm"]')
        assert place.is_visible() == (verdict == "asks"), reader
        page.context.close()


@pytest.mark.parametrize("kept", ["{", "null", '{"version": 3, "quiet": {}}', '{"version": 1, "quiet": 7}', "7"])
def test_a_state_that_cannot_be_read_means_silence_and_is_left_alone(chromium, kept):
    for placement in Placement:
        page = opened(chromium, Renderer(asking(ask(placement))).render(sheet(placement)), Reader(kept))
        assert page.evaluate("document.documentElement.dataset.asks") == "unreadable"
        assert page.locator("[data-ask]:not(.always):visible").count() == 0
        assert page.evaluate("localStorage.tamizdat") == kept
        page.context.close()


def test_of_those_before_or_in_the_text_one_stands(chromium):
    asks = [ask(placement) for placement in (Placement.NOTICE, Placement.INLINE, Placement.BAR, Placement.APPEAL)]
    page = opened(chromium, Renderer(asking(*asks)).render(sheet(Placement.APPEAL)), Reader())
    said = verdicts(page)
    assert sorted(said.values()) == ["another"] * 4 + ["asks"] * 2
    assert said["appeal/winter"] == "asks"
    page.context.close()


def test_a_showing_is_remembered_after_a_second_and_four_are_enough(chromium):
    rendered = Renderer(asking(ask(Placement.NOTICE), most_a_day=9)).render(sheet(Placement.NOTICE))
    page = opened(chromium, rendered, Reader())
    for often in range(1, 5):
        wait_until(lambda n=often: len(remembered(page)["seen"].get("notice", ())) == n, "the showing to be kept")
        page.reload()
    assert verdicts(page)["notice/winter"] == "often"
    page.context.close()


def test_a_reader_keeps_the_wording_that_was_drawn(chromium):
    two = Ask(key="winter", placement=Placement.NOTICE, variants=(variant("warm"), variant("cold")), hold_out=20)
    rendered = Renderer(asking(two)).render(sheet(Placement.NOTICE))
    for drawn, name in ((0.1, "warm"), (0.5, "cold"), (0.9, "none")):
        page = opened(chromium, rendered, remembering(dice={"winter": drawn}))
        for other in ("warm", "cold", "none"):
            assert page.locator(f'[data-ask="notice/winter.{other}"]:visible').count() == (other == name != "none")
        page.context.close()


def test_a_text_with_a_figure_says_it_and_without_one_is_not_shown(chromium):
    words = "<p>You have read {{ articles_read }} articles.</p>"
    told = Ask(key="winter", placement=Placement.NOTICE, variants=(variant("warm", html=words),))
    rendered = Renderer(asking(told)).render(sheet(Placement.NOTICE))
    page = opened(chromium, rendered, read(6, 5))
    figure = "getComputedStyle(document.querySelector('[data-fill]'), '::before').content"
    assert page.evaluate(figure) == '"12"', "with the one that is being read"
    page.context.close()
    page = opened(chromium, rendered, remembering(uncounted=True))
    assert verdicts(page) == {"notice/winter": "unfilled", "notice/plain": "asks", "appeal/plain": "asks"}
    page.context.close()


def test_a_text_names_the_country_of_the_device_in_the_language_of_the_page(chromium):
    words = "<p>You read us in {{ country }}.</p>"
    told = Ask(
        key="winter",
        placement=Placement.NOTICE,
        audience=(("country", ["KZ", "UA"]),),
        variants=(variant("warm", html=words, ru="<p>{{ country }}</p>"),),
    )
    at = sheet(Placement.NOTICE)
    for language, zone, name in (("en", "Asia/Almaty", "Kazakhstan"), ("ru", "Europe/Kiev", "Украина")):
        rendered = Renderer(asking(told)).render(replace(at, language=language))
        page = opened(chromium, rendered, Reader(zone=zone))
        content = "getComputedStyle(document.querySelector('[data-fill]'), '::before').content"
        assert page.evaluate(content) == f'"{name}"'
        page.context.close()
    page = opened(chromium, rendered, Reader(zone="America/New_York"))
    assert verdicts(page)["notice/winter"] == "country"
    page.context.close()


@pytest.mark.parametrize(
    ("told", "kept", "until"),
    [("once", "once", "2027-02-24"), ("monthly", "recurring", "9999-12-31"), ("annual", "recurring", "9999-12-31")],
)
def test_whoever_comes_back_from_giving_is_not_asked(chromium, told, kept, until):
    rendered = Renderer(asking(ask(Placement.TICKER))).render(sheet(Placement.TICKER))
    page = opened(chromium, rendered, Reader(hash=f"#gave-{told}"))
    assert set(verdicts(page).values()) == {"gave"}
    assert (remembered(page)["gave"], remembered(page)["quiet"]["gave"]) == (kept, until)
    assert page.url == f"{ADDRESS}/", "an address that is passed on says nothing of who gave"
    page.context.close()


def test_whoever_has_stopped_giving_may_be_asked_as_such_ninety_days_later(chromium):
    rendered = Renderer(asking(ask(Placement.TICKER, (("supporter", ["lapsed"]),)))).render(sheet(Placement.TICKER))
    page = opened(chromium, rendered, Reader(hash="#gave-stopped"))
    assert verdicts(page)["ticker/winter"] == "gave"
    page.clock.set_fixed_time("2027-02-24T12:00:00")
    page.reload()
    assert verdicts(page)["ticker/winter"] == "asks"
    page.context.close()

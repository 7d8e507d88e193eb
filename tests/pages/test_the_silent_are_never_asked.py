"""Random readers on random pages with random asks: whoever is to be left alone is asked by nothing, anywhere."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from tamizdat.asks.rules.asks import Ask, Manners
from tamizdat.asks.rules.audiences import Place
from tamizdat.asks.rules.decks import deal
from tamizdat.asks.rules.placements import Placement
from tamizdat.reader.environment import inlined
from tests.pages.asking import MANNERS, TODAY, variant
from tests.soak import SEED, record, tries

READERS_OF_A_PAGE = 50
ABOUT = ("/news/", "/topics/floods/", "/authors/mira/")
ZONES = {"Europe/Riga": "LV", "Europe/Moscow": "RU", "Asia/Almaty": "KZ", "America/New_York": "US"}
# Read as a function, so that thousands of devices are made of one browser; only the device around it is made up.
DECIDE = """([script, deck, readers]) => {
  const decide = new Function("document", "localStorage", "navigator", "location", "history", "matchMedia", "Intl",
    "Date", "addEventListener", script);
  return readers.map((reader) => {
    const document = { documentElement: { dataset: {}, lang: "en" }, styleSheets: [{ insertRule() {} }],
      getElementById: () => ({ text: deck }) };
    class Clock extends Date {
      constructor(...when) { super(...(when.length ? when : [reader.now])); }
      static now() { return reader.now; }
      getHours() { return reader.hour; }
    }
    const zone = { ...Intl, DisplayNames: Intl.DisplayNames, NumberFormat: Intl.NumberFormat,
      DateTimeFormat: () => ({ resolvedOptions: () => ({ timeZone: reader.zone }) }) };
    try {
      decide(document, reader.kept == null ? {} : { tamizdat: reader.kept },
        { globalPrivacyControl: reader.gpc, language: "en-GB" }, { hash: "", host: "", pathname: "/" }, history,
        () => ({ matches: reader.isNarrow }), zone, Clock, () => {});
    } catch (error) {
      if (error != "unreadable" && !(error instanceof SyntaxError) && !(error instanceof TypeError)) throw error;
    }
    return document.documentElement.dataset.asks;
  });
}"""
STATES = {
    "hidden": {"hidden": True},
    "later": {"quiet": {"asks": "2026-12-01"}},
    "gave": {"quiet": {"gave": (TODAY + timedelta(days=1)).isoformat()}, "gave": "once"},
    "recurring": {"quiet": {"gave": "9999-12-31"}, "gave": "recurring"},
}
UNREADABLE = ("{", "null", "7", '{"version": 3, "quiet": {}}', '{"version": 2, "quiet": "no"}', '{"version": 2}')


def span(random: Random, top: int) -> dict[str, int | None]:
    least = random.choice((None, random.randrange(top)))
    return {"least": least, "most": random.choice((None, (least or 0) + random.randrange(top)))}


def audience(random: Random) -> tuple[tuple[str, object], ...]:
    conditions = {
        "languages": random.sample(("en", "ru", "ar"), 2),
        "pages": random.sample(("front", "article", "other"), 2),
        "about": [random.choice(ABOUT)],
        "not_about": [random.choice(ABOUT)],
        "age": span(random, 60),
        "length": span(random, 2000),
        "country": random.sample(sorted(ZONES.values()), 2),
        "elsewhere": [random.choice(sorted(ZONES.values()))],
        "reads": {**span(random, 9), "days": 30, "topic": random.choice(("", ABOUT[1]))},
        "visit": random.choice(("first", "back")),
        "weeks": span(random, 20),
        "supporter": random.sample(("new", "once", "lapsed"), 2),
        "device": random.choice(("phone", "desk")),
        "privacy": "off",
        "hours": {"least": random.randrange(24), "most": random.randrange(24)},
    }
    return tuple((name, conditions[name]) for name in random.sample(sorted(conditions), random.choice((0, 1, 1, 2))))


def an_ask(random: Random, number: int) -> Ask:
    return Ask(
        key=f"ask-{number}",
        placement=random.choice(list(Placement)),
        priority=random.randrange(100),
        audience=audience(random),
        variants=tuple(variant(name) for name in ("warm", "cold")[: random.choice((1, 2))]),
        hold_out=random.choice((0, 10)),
        most_showings=random.choice((None, 9)),
    )


def a_place(random: Random) -> Place:
    return Place(
        kind=random.choice(("front", "article", "article", "listing", "plain")),
        language=random.choice(("en", "ru", "ar")),
        about=frozenset(random.sample(ABOUT, 2)),
        published=TODAY - timedelta(days=random.randrange(60)),
        words=random.randrange(100, 3000),
        is_quiet=random.random() < 0.1,
        is_last=random.random() < 0.9,
    )


def manners(random: Random) -> Manners:
    dark = ((TODAY, TODAY + timedelta(days=1)),) if random.random() < 0.1 else ((date(2027, 1, 1), date(2027, 1, 2)),)
    return replace(Manners(**MANNERS), silent_in=("RU",) if random.random() < 0.5 else (), dark=dark)


def a_reader(random: Random) -> tuple[str, dict[str, object]]:
    """Why the reader is left alone, or "", and the device."""
    why = random.choice(("", "", "", *STATES, "unreadable"))
    state = {
        "version": 2,
        "quiet": {random.choice(list(Placement)).value: "2026-11-30"} if random.random() < 0.3 else {},
        "first": (TODAY - timedelta(days=random.randrange(100))).isoformat(),
        "reads": {f"2026-11-{day}": {"all": 3, ABOUT[1]: 1} for day in random.sample(range(10, 26), 4)},
        "seen": {random.choice(list(Placement)).value: ["2026-11-20"] * random.randrange(5)},
        **random.choice(({}, {"gave": "lapsed"}, {"gave": "once"}, {"uncounted": True})),
        **STATES.get(why, {}),
    }
    kept = random.choice(UNREADABLE) if why == "unreadable" else random.choice((None, json.dumps(state)))
    return why if kept is not None else "", {
        "kept": kept,
        "zone": random.choice(list(ZONES)),
        "now": 1000 * int((TODAY - date(1970, 1, 1)).total_seconds()) + 43_200_000,
        "hour": random.randrange(24),
        "gpc": random.random() < 0.3,
        "isNarrow": random.random() < 0.5,
    }


def asked(said: str) -> list[str]:
    """Which asks stand, the masthead's plain link aside, which asks nobody."""
    verdicts = [] if said == "unreadable" else [one.split(" ") for one in said.split("; ") if one]
    return [ask for ask, verdict in verdicts if verdict == "asks" and ask != "header/plain"]


def visits(chromium, n: int, blinded: str = ""):
    """Why a reader is to be left alone, and what asked; `blinded` is a refusal that the script has lost."""
    random, page = Random(SEED), chromium.new_page()
    for _ in range(n // READERS_OF_A_PAGE):
        place, how = a_place(random), manners(random)
        asks = [an_ask(random, number) for number in range(random.randrange(6))]
        deck = deal(asks, place, how, today=TODAY, known={})
        readers = [a_reader(random) for _ in range(READERS_OF_A_PAGE)]
        script = str(inlined(*deck.files)).replace(
            "said.asks=deck", f"delete refusals.{blinded or 'none'};said.asks=deck"
        )
        said = page.evaluate(DECIDE, [script, deck.said, [device for _, device in readers]])
        of_page = "quiet page" if place.is_quiet else "dark" if how.dark[0][0] == TODAY else ""
        for (why, device), verdicts in zip(readers, said, strict=True):
            is_listed = ZONES[device["zone"]] in how.silent_in
            yield why or of_page or ("listed" if is_listed else ""), asked(verdicts)
    page.close()


def test_nobody_who_is_to_be_left_alone_is_asked(chromium):
    n, readers, were_asked = tries(soak=100_000, test=2_000), Counter(), Counter()
    for why, asks in visits(chromium, n):
        readers[why] += 1
        were_asked[why] += bool(asks)
    record("silent readers asked", n=n, seed=SEED, readers=dict(readers), asked=dict(were_asked))
    assert {why for why, times in were_asked.items() if times} == {""}
    assert were_asked[""] > readers[""] / 4, "whoever may be asked is asked, mostly"
    assert set(readers) == {"", *STATES, "unreadable", "quiet page", "dark", "listed"}


@pytest.mark.parametrize("refusal", ["hidden", "later", "gave", "dark", "listed"])
def test_a_script_that_has_lost_a_refusal_is_found_out(chromium, refusal):
    assert any(asks for why, asks in visits(chromium, 2_000, blinded=refusal) if why)

"""Readers, asks and manners at random, for tests that hold for all of them."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from tamizdat.asks.rules.asks import Ask, Manners
from tamizdat.asks.rules.placements import Placement
from tests.pages.asking import MANNERS, TODAY, variant

ABOUT = ("/news/", "/topics/floods/", "/authors/mira/")
ZONES = {"Europe/Riga": "LV", "Europe/Moscow": "RU", "Asia/Almaty": "KZ", "America/New_York": "US"}
Texts = Callable[[str], dict[str, str]]
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


def an_ask(random: Random, number: int, texts: Texts = lambda name: {}) -> Ask:
    return Ask(
        key=f"ask-{number}",
        placement=random.choice(list(Placement)),
        priority=random.randrange(100),
        audience=audience(random),
        variants=tuple(variant(name, **texts(name)) for name in ("warm", "cold")[: random.choice((1, 2))]),
        hold_out=random.choice((0, 10)),
        most_showings=random.choice((None, 9)),
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

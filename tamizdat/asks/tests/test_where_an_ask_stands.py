"""Every condition at every placement, as far as a page decides it; and what a page hands on to the device."""

import json
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any
from zoneinfo import available_timezones

import brotli
import pytest

from tamizdat.asks import blocks
from tamizdat.asks.rules import countries
from tamizdat.asks.rules.asks import Ask, Deck, Manners
from tamizdat.asks.rules.audiences import BAKED, ON_DEVICE, Place
from tamizdat.asks.rules.decks import deal
from tamizdat.asks.rules.placements import Placement
from tamizdat.asks.rules.wordings import Text, Variant
from tamizdat.reader.environment import inlined

TODAY = date(2026, 11, 26)
MANNERS = Manners(
    most_showings=4,
    in_days=30,
    most_a_day=3,
    close_days=14,
    gave_days=90,
    sample=10,
    home="paper.example",
    counts_at="https://give.paper.example",
)
ARTICLE = Place(
    kind="article",
    language="en",
    about=frozenset({"/news/", "/topics/floods/"}),
    published=TODAY - timedelta(days=10),
    words=1200,
)
FRONT = Place(kind="front", language="en")
# Of each condition that a page decides: what suits both pages above, and what suits neither.
BAKED_CASES: dict[str, tuple[Any, Any]] = {
    "languages": (["en", "ru"], ["ar"]),
    "pages": (["front", "article"], ["other"]),
    "about": (["/news/"], ["/sport/"]),
    "not_about": (["/sport/"], ["/news/"]),
    "age": ({"least": 10, "most": 10}, {"least": 11, "most": None}),
    "length": ({"least": 1200, "most": 1200}, {"least": None, "most": 1199}),
}
ON_ARTICLES_ONLY = {"about", "not_about", "age", "length"}
DEVICE_CASES: dict[str, Any] = {
    "country": ["KZ"],
    "elsewhere": ["KZ"],
    "reads": {"least": 5, "most": None, "days": 30, "topic": ""},
    "visit": "back",
    "weeks": {"least": 2, "most": None},
    "supporter": ["new", "lapsed"],
    "device": "phone",
    "privacy": "off",
    "hours": {"least": 8, "most": 20},
}


def variant(name: str = "warm", share: int = 1, **texts: str) -> Variant:
    said = texts or {"en": "<p>Please.</p>"}
    return Variant(name=name, share=share, texts={code: Text(language=code, html=one) for code, one in said.items()})


def ask(placement: Placement, *audience: tuple[str, Any], **values: Any) -> Ask:
    return Ask(**{"key": "winter", "placement": placement, "audience": audience, "variants": (variant(),), **values})


def page(placement: Placement) -> Place:
    return FRONT if placement == Placement.TICKER else ARTICLE


def dealt(*asks: Ask, place: Place = ARTICLE, **manners: Any) -> Deck:
    return deal(asks, place, replace(MANNERS, **manners), today=TODAY, known={})


def entries(deck: Deck) -> dict[str, Any]:
    return {f"{one['at']}/{one['as']}": one for one in json.loads(deck.said)["asks"]}


def test_the_tables_name_every_condition():
    assert set(BAKED_CASES) == set(BAKED)
    assert set(DEVICE_CASES) == set(ON_DEVICE)


@pytest.mark.parametrize("placement", list(Placement))
@pytest.mark.parametrize("name", BAKED)
def test_a_page_that_suits_holds_the_ask_and_another_names_what_refused_it(name: str, placement: Placement) -> None:
    suits, suits_not = BAKED_CASES[name]
    place = page(placement)
    if place is FRONT and name in ON_ARTICLES_ONLY:  # a front page has no section, age or length
        suits, suits_not = (suits_not, None) if name == "not_about" else (None, suits)
    if suits is not None:
        deck = dealt(ask(placement, (name, suits)), place=place)
        assert (f"{placement}/winter" in entries(deck), dict(deck.refused)) == (True, {})
    if suits_not is not None:
        deck = dealt(ask(placement, (name, suits_not)), place=place)
        assert f"{placement}/winter" not in entries(deck)
        assert deck.refused == {f"{placement}/winter": name}


@pytest.mark.parametrize("placement", list(Placement))
@pytest.mark.parametrize("name", ON_DEVICE)
def test_what_a_device_decides_is_handed_on_with_the_script_that_decides_it(name: str, placement: Placement) -> None:
    deck = dealt(ask(placement, (name, DEVICE_CASES[name])), place=page(placement))
    assert name in entries(deck)[f"{placement}/winter"]
    assert name in deck.scripts
    assert not any(one.stands for one in deck.wordings if one.source.endswith("winter.warm")), "not without script"


@pytest.mark.parametrize("placement", list(Placement))
def test_a_quiet_page_and_a_stopped_place_ask_for_nothing(placement: Placement) -> None:
    place = page(placement)
    quiet = dealt(ask(placement), place=replace(place, is_quiet=True))
    assert (quiet.refused, quiet.wordings) == ({f"{placement}/winter": "quiet_page"}, ())
    for stopped in (placement.value, ""):
        deck = dealt(ask(placement), place=place, stopped=frozenset({stopped}))
        assert deck.refused == {f"{placement}/winter": "stopped"}
        assert placement not in {one.placement for one in deck.wordings}


@pytest.mark.parametrize(
    ("placement", "place"),
    [
        (Placement.APPEAL, FRONT),
        (Placement.INLINE, FRONT),
        (Placement.INLINE, replace(ARTICLE, words=899)),
        (Placement.TICKER, ARTICLE),
    ],
)
def test_a_page_without_such_a_place_says_so(placement: Placement, place: Place) -> None:
    assert dealt(ask(placement), place=place).refused == {f"{placement}/winter": "no_place"}


def test_the_higher_priority_comes_first_and_the_shipped_asks_last() -> None:
    deck = dealt(ask(Placement.NOTICE, priority=1, key="low"), ask(Placement.NOTICE, priority=2, key="high"))
    assert [name for name in entries(deck) if name.startswith("notice")] == [
        "notice/high",
        "notice/low",
        "notice/plain",
    ]
    assert [one.source for one in deck.wordings if one.stands] == ["notice/high.warm", "appeal/plain"]


def test_a_language_without_words_of_its_own_has_those_that_were_written_first() -> None:
    there = ask(Placement.NOTICE, variants=(variant(en="<p>Please.</p>", ru="<p>Прошу.</p>"),))
    for language, said in (("ru", "<p>Прошу.</p>"), ("ar", "<p>Please.</p>")):
        deck = dealt(there, place=replace(ARTICLE, language=language))
        assert [one.text.html for one in deck.wordings if one.text] == [said]


def test_a_wording_whose_placeholder_nobody_can_fill_is_not_on_the_page() -> None:
    gap = variant(en="<p>{{ gap }} are missing.</p>")
    assert dealt(ask(Placement.NOTICE, variants=(gap,))).refused == {"notice/winter": "no_text"}
    deck = deal((ask(Placement.NOTICE, variants=(gap,)),), ARTICLE, MANNERS, today=TODAY, known={"gap": "$400"})
    assert [one.text.html for one in deck.wordings if one.text] == ["<p>$400 are missing.</p>"]


def test_shares_and_those_who_are_shown_nothing_part_all_readers() -> None:
    split = ask(Placement.NOTICE, variants=(variant("one", 3), variant("two", 1), variant("off", 0)), hold_out=20)
    assert entries(dealt(split))["notice/winter"]["of"] == [["one", 0.6], ["two", 0.8], ["none", 1]]


def test_what_finds_no_room_is_refused_and_the_page_stays_small() -> None:
    random = Random(1)
    long = " ".join("".join(random.choices("abcdefgh", k=7)) for _ in range(150))
    deck = dealt(*(ask(Placement.BAR, key=f"ask-{n}", variants=(variant(en=f"<p>{long}</p>"),)) for n in range(4)))
    assert set(deck.refused.values()) == {"no_room"}
    assert len([one for one in deck.wordings if one.text]) == 4 - len(deck.refused)


def test_the_end_of_a_long_text_comes_with_its_last_part_which_its_first_has_decided_on() -> None:
    first, last = (dealt(ask(Placement.APPEAL), place=replace(ARTICLE, is_last=is_last)) for is_last in (False, True))
    assert first.said == last.said
    assert [[one.placement for one in deck.wordings if one.placement == "appeal"] for deck in (first, last)] == [
        [],
        ["appeal", "appeal"],
    ]


def test_a_usual_set_of_asks_is_small() -> None:
    usual = (
        ask(Placement.NOTICE, variants=(variant("warm"), variant("plain"))),
        ask(Placement.APPEAL, key="regular", hold_out=5, most_showings=9),
    )
    deck = dealt(*usual)
    assert len(brotli.compress(str(inlined(*deck.files)).encode())) <= 1_200
    assert len(brotli.compress(deck.said.encode())) <= 300


def test_every_zone_of_the_world_that_names_a_place_has_a_country() -> None:
    known = countries.country_of_zone()
    assert [zone for zone in available_timezones() if countries.names_place(zone) and zone not in known] == []
    for old, now in (("Europe/Kiev", "UA"), ("Asia/Calcutta", "IN"), ("Asia/Saigon", "VN")):
        assert known[old] == now, "as Chromium says it"
    said = countries.zones(set(known.values()))
    assert sorted(" ".join(said.values()).split()) == sorted(known)


@pytest.mark.parametrize("language", ["en", "ru", "uk", "es", "fr", "de", "ar", "fa", "zh"])
def test_every_country_that_an_editor_can_choose_has_a_name_in_every_language(language: str) -> None:
    chosen = [code for code, _ in blocks.countries()]
    there = ask(Placement.NOTICE, ("country", chosen), variants=(variant(**{language: "<p>{{ country }}</p>"}),))
    deck = dealt(there, place=replace(ARTICLE, language=language))
    assert set(json.loads(deck.said)["names"]) == set(chosen)


def test_a_zone_that_names_no_place_has_none() -> None:
    assert {"UTC", "GMT", "Etc/GMT+3", "EST5EDT"}.isdisjoint(countries.country_of_zone())

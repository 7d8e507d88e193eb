"""The deck: which asks a page holds, and what the device needs in order to choose among them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import accumulate
from typing import Any

from tamizdat.asks.rules import audiences, countries, wordings
from tamizdat.asks.rules.asks import Ask, Deck, Manners, Wording
from tamizdat.asks.rules.audiences import Place
from tamizdat.asks.rules.placements import ALWAYS_THERE, PLAIN, Placement, source
from tamizdat.asks.rules.wordings import Text, Variant

HOLD_OUT = "none"
ROOM = 700  # bytes, about, that editors' wordings may take of a page, packed; the shipped asks have room of their own
A_WORDING = 60  # what one packs to beside its words
UNBOUNDED = 9999
BARE = 2  # a wording in the deck is its name and its bound; what follows is what it needs
# Scripts of reader/asks/ in the order in which they stand; `remember` begins and `decide` ends.
PARTS = (
    *("dark", "country", "listed", "elsewhere", "reads", "first", "visit", "weeks", "supporter", "device"),
    *("privacy", "hours", "wording", "articles_read", "months_reading", "fill", "told"),
)
NEEDS = {
    "elsewhere": "country",
    "listed": "country",
    "visit": "first",
    "weeks": "first",
    "articles_read": "reads",
    "months_reading": "first",
}


def deal(asks: Sequence[Ask], place: Place, manners: Manners, *, today: date, known: Mapping[str, str]) -> Deck:
    """The deck of a page. `known` are the placeholders that can be filled on it, as safe HTML.

    The highest priority comes first, and the shipped asks come last. What finds no room is refused like what does not
    suit the page; each refusal has a name.
    """
    refused: dict[str, str] = {}
    entries: list[dict[str, Any]] = []
    held: list[Wording] = []
    room = ROOM
    for ask in sorted(asks, key=lambda one: (-one.priority, one.key)):
        why = _refusal(ask, place, manners, today)
        shown = [] if why else list(_wordings(ask, place.language, manners, known))
        weight = sum(_weight(one) for one in shown)
        if why or not shown or weight > room:
            refused[source(ask.placement, ask.key)] = why or ("no_room" if shown else "no_text")
            continue
        room -= weight
        entries.append(_entry(ask, place.language, known))
        held += shown
    for placement in _shipped(place, manners, {one.placement for one in held}):
        entries.append({"at": placement.value, "as": PLAIN, **({"always": 1} if placement == Placement.HEADER else {})})
        held.append(Wording(source=source(placement, PLAIN), placement=placement, close_days=manners.close_days))
    standing = set(_standing(entries))
    if not place.is_last:  # what stands at the end comes with the end, to a device that has decided on it already
        held = [one for one in held if one.placement != Placement.APPEAL]
    return Deck(
        said=_json(_said(entries, place, manners)),
        scripts=tuple(_scripts(entries, place, manners)),
        wordings=tuple(replace(one, stands=one.source in standing) for one in held),
        refused=refused,
    )


def _refusal(ask: Ask, place: Place, manners: Manners, today: date) -> str:
    if ask.placement in manners.stopped or "" in manners.stopped:
        return "stopped"
    return audiences.refusal(ask.placement, ask.audience, place, today=today)


def _shipped(place: Place, manners: Manners, there: Collection[Placement]) -> Iterator[Placement]:
    """Where the shipped asks stand; the link in the masthead stands by itself, unless editors wrote another."""
    for placement in (*ALWAYS_THERE, Placement.HEADER):
        is_stopped = placement in manners.stopped or "" in manners.stopped
        if placement == Placement.HEADER:
            if placement in there:
                yield placement
        elif not is_stopped and not audiences.refusal(placement, (), place, today=date.min):
            yield placement


def _text(variant: Variant, language: str) -> Text | None:
    """A wording's words in this language, or else in the one that its editor wrote first."""
    return variant.texts.get(language) or next(iter(variant.texts.values()), None)


def _wordings(ask: Ask, language: str, manners: Manners, known: Mapping[str, str]) -> Iterator[Wording]:
    """What of an ask can be shown here; a wording whose placeholders cannot be filled is not."""
    for variant in ask.variants:
        text = _text(variant, language)
        if text is None or not variant.share or _unfilled(text, known):
            continue
        yield Wording(
            source=source(ask.placement, ask.key, variant.name),
            placement=ask.placement,
            text=wordings.with_values(text, known),
            amounts=variant.amounts,
            cadence=variant.cadence,
            has_ticker=variant.has_ticker,
            can_remind=variant.can_remind,
            close_days=ask.close_days or manners.close_days,
            paragraph=ask.paragraph,
        )
    if ask.hold_out:
        yield Wording(source=source(ask.placement, ask.key, HOLD_OUT), placement=ask.placement, paragraph=ask.paragraph)


def _unfilled(text: Text, known: Mapping[str, str]) -> list[str]:
    return sorted((wordings.placeholders(text) & wordings.BAKED) - known.keys())


def _weight(wording: Wording) -> int:
    text = wording.text
    return A_WORDING + (len(f"{text.heading}{text.html}{text.button}".encode()) * 2 // 5 if text else 0)


def _entry(ask: Ask, language: str, known: Mapping[str, str]) -> dict[str, Any]:
    """An ask as the deck says it: shares as bounds up to 1, each wording with what the device must know for it."""
    drawn = [(one.name, one.share, _text(one, language)) for one in ask.variants if one.share]
    whole = sum(share for _, share, _ in drawn)
    shown = (100 - ask.hold_out) / 100
    bounds = accumulate(share / whole * shown for _, share, _ in drawn)
    of = [[name, round(bound, 4), *_needs(text, known)] for (name, _, text), bound in zip(drawn, bounds, strict=True)]
    of += [[HOLD_OUT, 1]] if ask.hold_out else []
    of[-1][1] = 1
    entry: dict[str, Any] = {"at": ask.placement.value, "as": ask.key, "of": of}
    entry |= {name: _for_device(name, said) for name, said in audiences.on_device(ask.audience).items()}
    reads = [_span_of_reads(said) for name, said in ask.audience if name == "reads"]
    entry |= {"reads": reads} if reads else {}
    entry |= {"most": ask.most_showings} if ask.most_showings else {}
    return entry


def _needs(text: Text | None, known: Mapping[str, str]) -> list[str]:
    """What the device must be able to fill; what nobody can fill keeps a wording from being shown."""
    return [*_unfilled(text, known), *wordings.needs(text)] if text else ["text"]


def _for_device(name: str, said: Any) -> Any:
    return _bounds(said) if name in ("weeks", "hours") else said


def _bounds(span: Mapping[str, int | None]) -> list[int]:
    most = span.get("most")
    return [span.get("least") or 0, UNBOUNDED if most is None else most]


def _span_of_reads(said: Mapping[str, Any]) -> list[Any]:
    return [said.get("topic") or "all", said["days"], *_bounds(said)]


def _said(entries: Sequence[Mapping[str, Any]], place: Place, manners: Manners) -> dict[str, Any]:
    named = {country for one in entries for country in (*one.get("country", ()), *one.get("elsewhere", ()))}
    topics = {what for one in entries for what, *_ in one.get("reads", ())} & place.about
    return {
        "asks": entries,
        "most": [manners.most_showings, manners.in_days, manners.most_a_day],
        "home": manners.home,
        "to": manners.counts_at,
        "sample": manners.sample,
        **({"topics": sorted(topics)} if place.kind == "article" and _has_reads(entries) else {}),
        **({"zones": countries.zones({*named, *manners.silent_in})} if named or manners.silent_in else {}),
        **({"names": _names(entries, place.language)} if "country" in _fills(entries) else {}),
        **({"silent": list(manners.silent_in)} if manners.silent_in else {}),
        **({"dark": [[first.isoformat(), last.isoformat()] for first, last in manners.dark]} if manners.dark else {}),
        **({"gave": manners.gave_days} if place.kind == "front" else {}),
    }


def _names(entries: Sequence[Mapping[str, Any]], language: str) -> dict[str, str]:
    asked = {country for one in entries for country in one.get("country", ())}
    return {country: countries.names(language)[country] for country in sorted(asked)}


def _fills(entries: Sequence[Mapping[str, Any]]) -> set[str]:
    """What texts say that only the device can fill."""
    return {need for one in entries for of in one.get("of", ()) for need in of[BARE:] if need in wordings.ON_DEVICE}


def _has_reads(entries: Sequence[Mapping[str, Any]]) -> bool:
    return "articles_read" in _fills(entries) or any("reads" in one for one in entries)


def _scripts(entries: Sequence[Mapping[str, Any]], place: Place, manners: Manners) -> Iterator[str]:
    """The parts that this deck needs, so that no reader carries more."""
    used = {name for one in entries for name in one if name in PARTS}
    fills = _fills(entries)
    used |= fills | ({"wording"} if any("of" in one for one in entries) else set()) | ({"fill"} if fills else set())
    used |= {"listed"} if manners.silent_in else set()
    used |= {"dark"} if manners.dark else set()
    used |= {"told"} if place.kind == "front" else set()
    used |= {NEEDS[name] for name in used if name in NEEDS}
    return (name for name in ("remember", *(part for part in PARTS if part in used), "decide"))


def _standing(entries: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """What stands without script: in each place the first wording that needs nothing from the device."""
    done: set[str] = set()
    for entry in entries:
        free = [] if any(name in audiences.ON_DEVICE for name in entry) else entry.get("of", [[""]])
        name = next((of[0] for of in free if len(of) <= BARE and of[0] != HOLD_OUT), None)
        if name is not None and entry["at"] not in done:
            done.add(entry["at"])
            yield source(entry["at"], entry["as"], name)


def _json(said: Mapping[str, Any]) -> str:
    """Safe inside a script element."""
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")

"""What every page asks with, read once for many pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Q
from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue

from tamizdat.asks import blocks, models
from tamizdat.asks.rules import decks
from tamizdat.asks.rules.asks import Ask, Manners
from tamizdat.asks.rules.audiences import Audience, Place
from tamizdat.asks.rules.decks import Deck
from tamizdat.asks.rules.placements import Placement
from tamizdat.asks.rules.wordings import Variant
from tamizdat.newsroom import queries as newsroom

AHEAD = timedelta(days=60)  # so long a baked page may stand before it learns of a day of silence


@dataclass(frozen=True)
class Board:
    """The asks that stand today, and the manners of all."""

    asks: tuple[Ask, ...]
    manners: Manners
    today: date

    @classmethod
    def read(cls) -> Board:
        today = newsroom.today()
        live = models.Ask.objects.filter(live=True).order_by("pk")
        return cls(asks=tuple(value(ask) for ask in live), manners=_manners(today), today=today)

    def deal(self, place: Place, known: Mapping[str, str]) -> Deck:
        """The deck of a page; `known` are placeholders as safe HTML in its language."""
        return decks.deal(self.asks, place, self.manners, today=self.today, known=known)

    def alike(self, place: Place) -> Place:
        """The place with nothing but what an ask of today asks about: pages alike in it ask alike."""
        return replace(
            place,
            about=place.about & self._about,
            published=place.published if "age" in self._conditions else None,
            words=place.words if "length" in self._conditions or self._is_inline else 0,
            is_last=place.is_last,
        )

    @cached_property
    def _conditions(self) -> frozenset[str]:
        return frozenset(name for ask in self.asks for name, _ in ask.audience)

    @cached_property
    def _about(self) -> frozenset[str]:
        said = [(name, wanted) for ask in self.asks for name, wanted in ask.audience]
        places = {one for name, wanted in said if name in ("about", "not_about") for one in wanted}
        return frozenset(places | {wanted["topic"] for name, wanted in said if name == "reads" and wanted["topic"]})

    @cached_property
    def _is_inline(self) -> bool:
        return any(ask.placement == Placement.INLINE for ask in self.asks)


def value(ask: models.Ask) -> Ask:
    """An ask as the rules know it, saved or not."""
    return Ask(
        key=ask.key,
        placement=Placement(ask.placement),
        priority=ask.priority,
        audience=_audience(ask.audience),
        variants=tuple(_variant(child.value) for child in ask.wordings),
        hold_out=ask.hold_out,
        most_showings=ask.most_showings,
        close_days=ask.close_days,
        paragraph=ask.paragraph,
    )


def _audience(said: StreamValue) -> Audience:
    return tuple((child.block_type, _plain(child.value)) for child in said)


def _plain(said: Any) -> Any:
    match said:
        case StructValue():
            return {name: _plain(one) for name, one in said.items()}
        case ListValue() | list() | tuple():
            return [_plain(one) for one in said]
    return said


def _variant(said: StructValue) -> Variant:
    return Variant(
        name=said["name"],
        share=said["share"],
        texts={one["language"]: blocks.text(one) for one in said["texts"]},
        amounts=blocks.amounts(said["amounts"] or ""),
        cadence=said["cadence"],
        has_ticker=said["ticker"],
        can_remind=said["remind"],
    )


def _manners(today: date) -> Manners:
    here = newsroom.configuration()
    open_ended = Q(last=None, first__lte=today)
    coming = Q(last__gte=today, first__lte=today + AHEAD)
    silences = list(models.Silence.objects.filter(open_ended | coming, ended_at=None).order_by("first"))
    return Manners(
        most_showings=here.asks.most_showings,
        in_days=here.asks.in_days,
        most_a_day=here.asks.most_a_day,
        close_days=here.asks.close_days,
        gave_days=here.asks.gave_days,
        sample=here.asks.sample,
        home=urlsplit(here.paper.address).netloc,
        counts_at=here.paper.giving_address,
        silent_in=here.asks.silent_in,
        dark=tuple((one.first, one.last) for one in silences if one.last and not one.placement),
        stopped=frozenset(one.placement for one in silences if one.placement or not one.last),
    )

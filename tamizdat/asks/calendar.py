"""What is asked when: a span of days, placement by placement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from tamizdat.asks.models import Ask, Silence
from tamizdat.asks.rules.placements import CHOICES, EVERYWHERE
from tamizdat.asks.states import scheduled
from tamizdat.newsroom import queries as newsroom

Span = tuple[date, date | None]
Asked = tuple[Ask, Span]
BACK, AHEAD = timedelta(days=30), timedelta(days=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """Something that lasts from a day to a day, as per cent of the calendar; `last` is None without an end."""

    first: date
    last: date | None
    begins: float
    length: float
    ask: Ask | None = None
    silence: Silence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A placement, or the whole paper (""). `stopped` is what silences it today."""

    placement: str
    label: str
    bars: tuple[Bar, ...]
    stopped: Silence | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    first: date
    last: date
    today: float
    lanes: tuple[Lane, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """The days that are shown."""

    first: date
    last: date

    def share(self, day: date) -> float:
        """How far into it a day begins, in per cent."""
        return round(100 * (day - self.first).days / ((self.last - self.first).days + 1), 2)

    def shows(self, first: date, last: date | None) -> bool:
        return first <= self.last and (last is None or last >= self.first)

    def bar(self, first: date, last: date | None, **what: Any) -> Bar:
        begins = self.share(max(first, self.first))
        ends = self.share(min(last or self.last, self.last) + timedelta(days=1))
        return Bar(first=first, last=last, begins=begins, length=round(ends - begins, 2), **what)


def calendar(*, today: date) -> Calendar:
    """From thirty days ago to sixty days ahead, in the newsroom's days; without what lies in the archive."""
    window = Window(today - BACK, today + AHEAD)
    lasting = Q(last=None) | Q(last__gte=window.first)
    silences = list(Silence.objects.filter(lasting, first__lte=window.last).order_by("first", "pk"))
    asks = Ask.objects.filter(archived_at=None).select_related("latest_revision")
    coming = scheduled()
    spans = [(ask, span) for ask in asks if (span := _span(ask, is_coming=str(ask.pk) in coming))]
    return Calendar(
        first=window.first,
        last=window.last,
        today=window.share(today),
        lanes=tuple(
            _lane(
                placement,
                label,
                window,
                asks=[(ask, span) for ask, span in spans if ask.placement == placement],
                silences=[one for one in silences if one.placement == placement],
                today=today,
            )
            for placement, label in (EVERYWHERE, *CHOICES)
        ),
    )


def _lane(
    placement: str, label: str, window: Window, *, asks: list[Asked], silences: list[Silence], today: date
) -> Lane:
    quiet = [one for one in silences if window.shows(one.first, _until(one))]
    return Lane(
        placement=placement,
        label=label,
        bars=(
            *(window.bar(*span, ask=ask) for ask, span in asks if window.shows(*span)),
            *(window.bar(one.first, _until(one), silence=one) for one in quiet),
        ),
        stopped=next((one for one in quiet if one.holds(today)), None),
    )


def _until(silence: Silence) -> date | None:
    """The last day of it, or the day on which somebody ended it before."""
    ends = [silence.last, newsroom.today(silence.ended_at) if silence.ended_at else None]
    return min((one for one in ends if one), default=None)


def _span(ask: Ask, *, is_coming: bool) -> Span | None:
    """The days on which it asks, asked, or will ask; None of a draft."""
    begins = ask.first_published_at if ask.live or not is_coming else ask.go_live_at
    if begins is None:
        return None
    # What is no longer live ended on its day, or else when somebody stopped it; that was its last change.
    ends = ask.expire_at if ask.live or is_coming else ask.expire_at or ask.latest_revision.created_at
    return newsroom.today(begins), newsroom.today(ends) if ends else None

"""What came of the asks: showings and clicks as pages counted them, gifts and money as the till has them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from tamizdat.asks.models import Ask, Source, Tally
from tamizdat.asks.rules import results, verdicts
from tamizdat.asks.rules.counting import Counted
from tamizdat.asks.rules.decks import HOLD_OUT
from tamizdat.asks.rules.results import Comparison, Day, Results, per_thousand
from tamizdat.asks.tally_queries import totals
from tamizdat.money import Money
from tamizdat.newsroom import queries as newsroom
from tamizdat.support import queries as support
from tamizdat.support.queries import Earned

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Standing:
    """An ask in a list: showings of the last seven UTC days, today among them; gifts and money of all days."""

    showings_7: int = 0
    gifts: int = 0
    money_by_currency: Mapping[str, Money] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A wording. Without a rate where it was never shown, or is the group that is shown nothing.

    `is_tried` is false of a wording that readers no longer get; it is not judged.
    """

    variant: str
    showings: int
    clicks: int
    gifts: int
    money: tuple[Money, ...]
    rate: float | None
    low: float | None
    high: float | None
    beside: str
    is_leader: bool
    is_tried: bool

    @property
    def is_hold_out(self) -> bool:
        return self.variant == HOLD_OUT

    @property
    def per_thousand(self) -> tuple[Money, ...]:
        """Money of each currency per thousand showings."""
        values = (per_thousand(one, self.showings) for one in self.money)
        return tuple(one for one in values if one is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of an ask up to and with the UTC day `until`. `verdict` is None before it was ever published."""

    until: date
    rows: tuple[Row, ...]
    verdict: str | None
    best: str | None
    money: tuple[Money, ...]
    gifts: int


def standings() -> dict[str, Standing]:
    """Every source's ask, as placement/key, that was shown lately or ever earned anything."""
    today = datetime.now(UTC).date()
    shown: Counter[str] = Counter()
    for source, events in totals(first=today - WEEK + timedelta(days=1), last=today).items():
        shown[_ask_of(source)] += events.get("seen", 0)
    came = defaultdict(list)
    for one in support.earned():
        came[_ask_of(one.source)].append(one)
    return {
        ask: Standing(shown[ask], sum(one.gifts for one in came[ask]), {m.currency: m for m in _money(came[ask])})
        for ask in sorted({*shown, *came} - {""})
    }


def outcome(ask: Ask, *, today: date) -> Outcome:
    """What came of an ask until the end of yesterday: a day counts when it is over. `today` is in UTC."""
    variants = dict(Source.objects.filter(ask=ask).order_by("pk").values_list("source", "variant"))
    counts = counted(ask, last=today - timedelta(days=1))
    came = [one for one in support.earned(list(variants)) if one.day < today]
    tried = _tried(ask, set(variants.values()))
    found = _results(ask, _days(variants, counts, came), list(dict.fromkeys(variants.values())))
    judged = _results(ask, _days(variants, counts, came), tried) if set(tried) - {HOLD_OUT} else None
    return Outcome(
        until=today - timedelta(days=1),
        rows=tuple(_rows(found, judged, {name: _of(came, variants, name) for name in variants.values()})),
        verdict=verdicts.said(judged) if judged else None,
        best=judged.best if judged else None,
        money=_money(came),
        gifts=sum(one.gifts for one in came),
    )


def counted(ask: Ask, *, last: date) -> dict[Counted, int]:
    """What pages counted of an ask up to and with a UTC day, by day, source and event."""
    rows = Tally.objects.filter(source__in=Source.objects.filter(ask=ask).values("source"), day__lte=last)
    sums = rows.order_by("day", "source", "event").values_list("day", "source", "event", "n")
    return {Counted(day, source, event): n for day, source, event, n in sums}


def _ask_of(source: str) -> str:
    return source.partition(".")[0]


def _tried(ask: Ask, published: set[str]) -> list[str]:
    """The wordings that readers get, as they were last published, and the group that gets none."""
    shares = {child.value["name"]: child.value["share"] for child in ask.wordings}
    held = [HOLD_OUT] if ask.hold_out else []
    return [name for name in [*(name for name, share in shares.items() if share), *held] if name in published]


def _days(variants: Mapping[str, str], counts: Mapping[Counted, int], came: Iterable[Earned]) -> list[Day]:
    """Rows for the rules: one for each count and each sum. Gifts count in any currency, money only in ours."""
    nothing = Money(0, newsroom.configuration().giving.currency)
    days = [
        Day(
            day=one.day,
            variant=variants[one.source],
            showings=n if one.event == "seen" else 0,
            clicks=n if one.event == "click" else 0,
            money=nothing,
        )
        for one, n in counts.items()
    ]
    for one in came:
        money = one.money if one.money.currency == nothing.currency else nothing
        days.append(Day(day=one.day, variant=variants[one.source], showings=0, gifts=one.gifts, money=money))
    return days


def _results(ask: Ask, days: list[Day], names: list[str]) -> Results:
    currency = newsroom.configuration().giving.currency
    return results.results(days, variants=names, currency=currency, is_same_words=ask.is_same_words)


def _rows(found: Results, judged: Results | None, came: Mapping[str, list[Earned]]) -> Iterable[Row]:
    beside: dict[str, Comparison] = {one.variant: one for one in judged.comparisons} if judged else {}
    tried = {line.variant for line in judged.lines} if judged else set()
    for line in found.lines:
        yield Row(
            variant=line.variant,
            showings=line.showings,
            clicks=line.clicks,
            gifts=line.gifts,
            money=_money(came[line.variant]),
            rate=line.rate,
            low=line.low,
            high=line.high,
            beside=verdicts.compared(beside[line.variant]) if line.variant in beside else "",
            is_leader=bool(beside) and judged is not None and line.variant == judged.leader,
            is_tried=line.variant in tried,
        )


def _of(came: Iterable[Earned], variants: Mapping[str, str], name: str) -> list[Earned]:
    return [one for one in came if variants[one.source] == name]


def _money(came: Iterable[Earned]) -> tuple[Money, ...]:
    """By currency, the newsroom's first."""
    sums: dict[str, Money] = {}
    for one in came:
        sums[one.money.currency] = sums.get(one.money.currency, Money(0, one.money.currency)) + one.money
    ours = newsroom.configuration().giving.currency
    return tuple(sums[code] for code in sorted(sums, key=lambda code: (code != ours, code)))

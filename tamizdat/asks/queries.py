"""What a page needs in order to ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tamizdat.asks.board import Board
from tamizdat.asks.models import Silence, Source, TakenFigure
from tamizdat.asks.rules.audiences import Place
from tamizdat.asks.rules.figures import Figure
from tamizdat.asks.rules.slots import Slots
from tamizdat.asks.rules.sources import SOURCES
from tamizdat.ledger import queries as ledger
from tamizdat.ledger.rules.rates import Worth
from tamizdat.money import Money
from tamizdat.months import Month
from tamizdat.newsroom import queries as newsroom
from tamizdat.support import queries as support

# Pages that carry the figure itself; others carry the need, which changes with the month alone.
FIGURE_KINDS = frozenset({"front", "costs"})


def sources() -> frozenset[str]:
    """Every `source` that a link to giving may name: the shipped asks', and all that editors ever published."""
    return SOURCES | frozenset(Source.objects.values_list("source", flat=True))


def silent_placements() -> frozenset[str]:
    """Where nothing is asked today; "" is everywhere."""
    today = newsroom.today()
    return frozenset(one.placement for one in Silence.objects.filter(ended_at=None) if one.holds(today))


def figure() -> Figure | None:
    """The public figure that stands now, or None before the first."""
    row = TakenFigure.objects.order_by("-as_of").first()
    if row is None:
        return None
    return Figure(
        month=Month.of(row.month),
        need=Money(row.need_minor, row.currency),
        raised=Money(row.raised_minor, row.currency),
        supporters=row.supporters,
        as_of=row.as_of,
    )


def ticker() -> dict[str, object]:
    """The figure for machines (/ticker.json): minor units; empty before the first figure."""
    now = figure()
    if now is None:
        return {}
    return {
        "month": str(now.month),
        "currency": now.currency,
        "need": now.need.minor,
        "raised": now.raised.minor,
        "gap": now.gap.minor,
        "supporters": now.supporters,
        "as_of": now.as_of.isoformat(timespec="seconds"),
    }


@dataclass(frozen=True, kw_only=True)
class Asking:
    """What pages ask with: read once, then each page costs next to nothing."""

    board: Board
    methods: tuple[str, ...]
    need: Money
    standing: Figure | None = None
    is_training: bool = False

    @classmethod
    def read(cls) -> Asking:
        standing = figure()
        return cls(
            board=Board.read(),
            methods=tuple(method.label for method in support.methods()),
            need=standing.need if standing else ledger.need(_month(), newsroom.configuration().giving.currency),
            standing=standing,
            is_training=newsroom.is_training(),
        )

    def figure(self, kind: str, *, is_recent: bool) -> Figure | None:
        """The figure, on pages that carry it."""
        return self.standing if is_recent or kind in FIGURE_KINDS else None

    def slots(self, place: Place, *, is_recent: bool, known: Mapping[str, str]) -> Slots:
        """What a page asks with. Without a way to give, or on a quiet page, nothing is asked.

        `known` are the placeholders that can be filled on it, by name, as safe HTML in its language.
        """
        giving, is_of_costs = newsroom.configuration().giving, place.kind == "costs"
        return Slots(
            can_give=bool(self.methods),
            is_training=self.is_training,
            need=self.need,
            figure=self.figure(place.kind, is_recent=is_recent),
            methods=self.methods,
            amounts=giving.own.suggested["monthly"],
            minimum=giving.own.minimum,
            deck=self.board.deal(place if self.methods else replace(place, is_quiet=True), known),
            costs=tuple(ledger.costs(_month(), place.language)) if is_of_costs else (),
            elsewhere=_worth() if is_of_costs else (),
        )


def _worth() -> tuple[Worth, ...]:
    giving = newsroom.configuration().giving
    return tuple(ledger.worth(list(giving.prices), giving.currency, newsroom.today()))


def _month() -> Month:
    return Month.of(newsroom.today())


def why_not_asking() -> str:
    """Why the paper shows no asks, in words for the desk; empty when it asks."""
    return support.why_no_methods()

"""What a page needs in order to ask."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache, partial

from tamizdat.asks.board import Board
from tamizdat.asks.models import Source, TakenFigure
from tamizdat.asks.rules.audiences import Place
from tamizdat.asks.rules.figures import Figure
from tamizdat.asks.rules.slots import Slots
from tamizdat.asks.rules.sources import SOURCES
from tamizdat.ledger import queries as ledger
from tamizdat.money import Money
from tamizdat.months import Month
from tamizdat.newsroom import queries as newsroom
from tamizdat.support import queries as support

# Pages that carry the figure itself; others carry the need, which changes with the month alone.
FIGURE_KINDS = frozenset({"front", "costs"})


def sources() -> frozenset[str]:
    """Every `source` that a link to giving may name: the shipped asks', and all that editors ever published."""
    return SOURCES | frozenset(Source.objects.values_list("source", flat=True))


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


class Asking:
    """What pages ask with: the database is asked once, then each page costs next to nothing."""

    def __init__(self, board: Board | None = None) -> None:
        giving = newsroom.configuration().giving
        self.board = board or Board.read()
        self.methods = tuple(method.label for method in support.methods())
        self.standing = figure()
        self.need = self.standing.need if self.standing else ledger.need(_month(), giving.currency)
        self.is_training, self.giving = newsroom.is_training(), giving
        self._costs = cache(partial(ledger.costs, _month()))

    def figure(self, kind: str, *, is_recent: bool) -> Figure | None:
        """The figure, on pages that carry it."""
        return self.standing if is_recent or kind in FIGURE_KINDS else None

    def slots(self, place: Place, *, is_recent: bool, known: Mapping[str, str]) -> Slots:
        """What a page asks with. Without a way to give, or on a quiet page, nothing is asked.

        `known` are the placeholders that can be filled on it, by name, as safe HTML in its language.
        """
        asking = place if self.methods else replace(place, is_quiet=True)
        return Slots(
            can_give=bool(self.methods),
            is_training=self.is_training,
            need=self.need,
            amounts=self.giving.suggested["monthly"],
            minimum=self.giving.minimum,
            methods=self.methods,
            figure=self.figure(place.kind, is_recent=is_recent),
            deck=self.board.deal(asking, known),
            costs=tuple(self._costs(place.language)) if place.kind == "costs" else (),
        )


def _month() -> Month:
    return Month.of(newsroom.today())


def why_not_asking() -> str:
    """Why the paper shows no asks, in words for the desk; empty when it asks."""
    return support.why_no_methods()

"""What a page needs in order to ask."""

from tamizdat.asks.models import TakenFigure
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
    """Every `source` that a link to giving may name."""
    return SOURCES


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


def slots(kind: str, *, language: str, is_recent: bool = False, is_quiet: bool = False) -> Slots:
    """What a page of this kind asks with. Without a way to give, or on a quiet page, nothing is asked."""
    giving = newsroom.configuration().giving
    methods = tuple(method.label for method in support.methods())
    standing = figure()
    return Slots(
        can_give=bool(methods),
        is_asking=bool(methods) and not is_quiet,
        is_training=newsroom.is_training(),
        need=standing.need if standing else ledger.need(_month(), giving.currency),
        figure=standing if is_recent or kind in FIGURE_KINDS else None,
        methods=methods,
        amounts=giving.suggested["monthly"],
        minimum=giving.minimum,
        costs=tuple(ledger.costs(_month(), language)) if kind == "costs" else (),
    )


def _month() -> Month:
    return Month.of(newsroom.today())


def why_not_asking() -> str:
    """Why the paper shows no asks, in words for the desk; empty when it asks."""
    return support.why_no_methods()

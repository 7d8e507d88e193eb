"""What a page asks with."""

from __future__ import annotations

from dataclasses import dataclass

from tamizdat.asks.rules.asks import Deck
from tamizdat.asks.rules.figures import Figure
from tamizdat.ledger.rules.costs import CostLine
from tamizdat.ledger.rules.rates import Worth
from tamizdat.money import Money


@dataclass(frozen=True, slots=True)
class Slots:
    """What a page needs in order to ask: its deck, figures and ways; the page of costs also these, and what other
    currencies are worth in which one can give.

    A page that may not ask still leads to giving, from its masthead, where one can give.
    """

    can_give: bool
    is_training: bool
    need: Money
    figure: Figure | None
    methods: tuple[str, ...]
    amounts: tuple[Money, ...]
    minimum: Money
    deck: Deck
    costs: tuple[CostLine, ...] = ()
    elsewhere: tuple[Worth, ...] = ()

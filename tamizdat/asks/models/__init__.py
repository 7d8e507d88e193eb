"""What the asks keep: figures as they were shown, and sums of what was counted. Nothing about a reader."""

from tamizdat.asks.models.figures import TakenFigure
from tamizdat.asks.models.tallies import Tally

__all__ = ["TakenFigure", "Tally"]

"""What the asks keep: what editors write, figures as they were shown, sums of what was counted. Nothing of readers."""

from tamizdat.asks.models.alarms import Alarm
from tamizdat.asks.models.asks import Ask, Silence, Source
from tamizdat.asks.models.figures import TakenFigure
from tamizdat.asks.models.logs import ReadLog
from tamizdat.asks.models.tallies import Tally

__all__ = ["Alarm", "Ask", "ReadLog", "Silence", "Source", "TakenFigure", "Tally"]

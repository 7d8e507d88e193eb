"""Alarms that were rung, and whom they were told by letter."""

from django.db import models

from tamizdat.asks.models.asks import Ask


class Alarm(models.Model):
    """On a UTC day a live ask was shown a tenth as often as usual, or less. Whether it still stands is not kept."""

    ask = models.ForeignKey(Ask, on_delete=models.CASCADE, related_name="alarms")
    day = models.DateField(help_text="in UTC")
    shown = models.PositiveBigIntegerField(help_text="showings on that day")
    usual = models.PositiveBigIntegerField(help_text="showings a day in the week before")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-day", "ask"]
        constraints = [models.UniqueConstraint(fields=["ask", "day"], name="an_ask_rings_once_a_day")]

    def __str__(self) -> str:
        return f"{self.ask} on {self.day}: {self.shown} of {self.usual}"

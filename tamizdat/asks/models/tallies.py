"""Sums of what devices counted: a day, a source, an event, and how many times. Nothing about a reader."""

from django.db import models


class Tally(models.Model):
    """How often something happened to an ask on one UTC day. A sampled showing has been added as often as it stands
    for."""

    day = models.DateField(help_text="in UTC; nothing finer is kept")
    source = models.CharField(max_length=60, help_text="placement/ask.variant, as gifts name it")
    event = models.CharField(max_length=10)
    n = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name_plural = "tallies"
        constraints = [models.UniqueConstraint(fields=["day", "source", "event"], name="one_tally_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.source} {self.event}: {self.n}"

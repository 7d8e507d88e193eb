"""Companies that did not answer a reader who wanted to give."""

from django.db import models


class Outage(models.Model):
    """Since when, when last, and how often in a row. The row goes when the company answers."""

    provider = models.CharField(max_length=20, primary_key=True)
    since = models.DateTimeField()
    last = models.DateTimeField()
    failures = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.provider} since {self.since}"

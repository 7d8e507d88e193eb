"""Sums that were done and may not be used again. No row says by whom."""

from django.db import models


class SpentWork(models.Model):
    """A riddle whose answer has opened a payment."""

    riddle = models.CharField(max_length=40, unique=True)
    spent_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        default_permissions = ()
        verbose_name_plural = "spent work"

    def __str__(self) -> str:
        return self.riddle

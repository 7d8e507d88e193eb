"""What each mirror holds, as far as we carried it."""

from django.db import models


class Push(models.Model):
    """The last build that a mirror holds whole, or why the last try failed."""

    mirror = models.CharField(max_length=100, unique=True)
    build = models.PositiveIntegerField(default=0)
    pushed_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return f"{self.mirror}: build {self.build}"

"""Which logs of a proxy have been read, and how far."""

from django.db import models


class ReadLog(models.Model):
    """The beginning of a log, up to where it had been read once. Its digest tells it again; nothing it said is kept."""

    length = models.PositiveBigIntegerField(help_text="bytes")
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of so many bytes")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.length} bytes, read {self.at:%Y-%m-%d %H:%M}"

"""Who works now, and which beats of the clock have been kept."""

from datetime import UTC, datetime

from django.db import models

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


class WorkerLease(models.Model):
    """A worker is alive until this moment; it says so again every few seconds."""

    worker_id = models.CharField(max_length=64, primary_key=True)
    slot = models.CharField(max_length=200)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.slot} until {self.until:%H:%M:%S}"


class Tick(models.Model):
    """One duty of the clock: the last beat that was kept, and who is keeping one now."""

    name = models.CharField(max_length=80, primary_key=True)
    kept = models.DateTimeField(default=LONG_AGO)
    holder = models.ForeignKey(WorkerLease, null=True, on_delete=models.SET_NULL)

    def __str__(self) -> str:
        return f"{self.name}, kept {self.kept:%Y-%m-%d %H:%M}"

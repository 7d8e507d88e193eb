"""What companies told us."""

from __future__ import annotations

from django.db import models

from tamizdat.support.models.errands import Errand


class Event(Errand):
    """One signed hint. Its body is not kept: what it is about is fetched."""

    provider = models.CharField(max_length=20)
    event_id = models.CharField(max_length=200)
    kind = models.CharField(max_length=80)
    reference = models.CharField(max_length=200)
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta(Errand.Meta):
        abstract = False
        indexes = [models.Index(fields=["reference"], name="event_of_a_gift")]
        constraints = [models.UniqueConstraint(fields=["provider", "event_id"], name="event_is_stored_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.event_id}"

    @property
    def company(self) -> str:
        return self.provider

    @property
    def ref(self) -> str:
        return self.reference

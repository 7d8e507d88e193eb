"""The company's own tables. Nothing here says who paid: it never asks."""

import secrets
from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from tamizdat.sandbox.practice import rules


def _name(prefix: str) -> str:
    return f"{prefix}_{secrets.token_hex(16)}"


def order_name() -> str:
    return _name("order")


def charge_name() -> str:
    return _name("charge")


def refund_name() -> str:
    return _name("refund")


def event_name() -> str:
    return _name("event")


class Clock(models.Model):
    """The single row that says how far the company's time is from everybody else's."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    ahead = models.DurationField()
    next_payout_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="practice_has_one_clock")]

    def __str__(self) -> str:
        return self.now().isoformat()

    def now(self) -> datetime:
        """The company's time."""
        return timezone.now() + self.ahead


class Order(models.Model):
    id = models.CharField(primary_key=True, max_length=40, default=order_name)
    amount_minor = models.PositiveIntegerField()
    currency = models.CharField(max_length=3)
    cadence = models.CharField(max_length=8)
    reference = models.CharField(max_length=200)
    description = models.CharField(max_length=200)
    return_url = models.CharField(max_length=2000)
    cancel_url = models.CharField(max_length=2000)
    created_at = models.DateTimeField()
    renews_at = models.DateTimeField(null=True, db_index=True)
    failing_renewals = models.JSONField(default=list)
    paused_until = models.DateTimeField(null=True)
    skipped = models.PositiveSmallIntegerField(default=0)  # renewals of which nothing was charged, in pauses

    def __str__(self) -> str:
        return self.id

    @property
    def status(self) -> str:
        verdict = self.decision.verdict if hasattr(self, "decision") else None
        return rules.status(verdict, is_ended=hasattr(self, "ending"))

    @property
    def way_back(self) -> str:
        """Where the payer goes when the decision is made, or was not wanted."""
        return self.cancel_url if self.status == "abandoned" else self.return_url


class Decision(models.Model):
    """What the payer decided, once for ever."""

    order = models.OneToOneField(Order, on_delete=models.PROTECT, primary_key=True)
    verdict = models.CharField(max_length=9)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(verdict__in=rules.VERDICTS), name="practice_verdict_is_known")
        ]

    def __str__(self) -> str:
        return self.verdict


class Ending(models.Model):
    """No further charge comes: paid once, or cancelled."""

    order = models.OneToOneField(Order, on_delete=models.PROTECT, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.order_id} ended"


class Charge(models.Model):
    id = models.CharField(primary_key=True, max_length=40, default=charge_name)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="charges")
    number = models.PositiveSmallIntegerField()
    amount_minor = models.PositiveIntegerField()
    fee_minor = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["order", "number"], name="practice_charge_comes_once")]

    def __str__(self) -> str:
        return self.id


class FailedCharge(models.Model):
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="failures")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["order", "number"], name="practice_charge_fails_once")]

    def __str__(self) -> str:
        return f"{self.order_id} {self.number} failed"


class Refund(models.Model):
    id = models.CharField(primary_key=True, max_length=40, default=refund_name)
    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="refunds")
    amount_minor = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        constraints = [models.CheckConstraint(condition=Q(amount_minor__gt=0), name="practice_refund_is_something")]

    def __str__(self) -> str:
        return self.id


class Line(models.Model):
    """One row of the statement. After each payout the lines of its currency sum to zero."""

    kind = models.CharField(max_length=8)
    ref = models.CharField(max_length=40, blank=True)
    currency = models.CharField(max_length=3)
    gross_minor = models.BigIntegerField()
    fee_minor = models.BigIntegerField()
    net_minor = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(net_minor=F("gross_minor") - F("fee_minor")), name="practice_line_adds_up"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.net_minor} {self.currency}"


class Event(models.Model):
    """A hint for the shop that something happened to an order."""

    name = models.CharField(max_length=40, unique=True, default=event_name)
    kind = models.CharField(max_length=20)
    order = models.ForeignKey(Order, on_delete=models.PROTECT)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.order_id}"


class Delivery(models.Model):
    """One telling of an event; the row is the queue. Its times are everybody's, not the company's."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT)
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["due_at", "pk"]
        indexes = [
            models.Index("due_at", name="practice_waiting", condition=Q(delivered_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} due {self.due_at}"


class Answer(models.Model):
    """What was answered under an idempotency key, and to which request."""

    key = models.CharField(primary_key=True, max_length=200)
    question = models.CharField(max_length=64)
    body = models.JSONField()

    def __str__(self) -> str:
        return self.key

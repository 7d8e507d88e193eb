"""What a reader promised, and what became of the promise."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from tamizdat.money import Money
from tamizdat.support.models.errands import GiftErrand
from tamizdat.support.rules.contract import Cadence

LOOK_AGAIN = timedelta(days=7)
DISPUTABLE = timedelta(days=120)  # as long as card networks let a payer take a payment back
CADENCES = [cadence.value for cadence in Cadence]


class Contribution(models.Model):
    """What a reader promised: how much, how often, by which company. Never who."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # One form sent twice with the same answers is one promise.
    form_key = models.UUIDField(unique=True)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    cadence = models.CharField(max_length=8)
    provider = models.CharField(max_length=20)
    source = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=8)
    # Who gets the receipt, as the post office knows them; this room never keeps an address.
    recipient = models.UUIDField(null=True, db_index=True)
    reply_token_hash = models.CharField(max_length=64, blank=True, db_index=True)
    key_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()
        permissions = [("stop_contribution", "Can stop a contribution")]
        indexes = [
            models.Index(fields=["created_at"], name="contribution_begun"),
            models.Index(fields=["amount_minor", "created_at"], name="contribution_of_an_amount"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="contribution_is_more_than_nothing"),
            models.CheckConstraint(condition=Exact(Length("currency"), 3), name="contribution_currency_is_a_code"),
            models.CheckConstraint(condition=Q(cadence__in=CADENCES), name="contribution_cadence_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.cadence}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)

    @property
    def current_amount(self) -> Money:
        """What the next payment will be: as promised, or as was changed since."""
        changed = [one for one in self.wishes.all() if one.amount_minor and one.confirmed_at]
        return Money(changed[-1].amount_minor, self.currency) if changed else self.amount

    @property
    def is_recurring(self) -> bool:
        return self.cadence != Cadence.ONCE


class Attempt(GiftErrand):
    """One try to open the payment, committed before the company is asked, and looked at until settled."""

    is_for_a_person = False  # a reader who never pays is no trouble

    contribution = models.OneToOneField(Contribution, on_delete=models.PROTECT, related_name="attempt")
    redirect_url = models.TextField(blank=True)
    # What to write where into a bank's form, and the same for its app.
    instructions = models.JSONField(default=list)
    camera_code = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"attempt at {self.contribution}"

    def is_settled(self) -> bool:
        """Paid, refused or over: there is nothing more to wait for."""
        is_over = any(kind.objects.filter(contribution=self.contribution).exists() for kind in (Refusal, Ending))
        return is_over or self.contribution.payments.exists()

    def next_look(self, now: datetime) -> datetime | None:
        """Weekly while money may still move, so that an event that never came loses nothing."""
        has_ended = Ending.objects.filter(contribution=self.contribution).exists()
        goes_on = self.contribution.is_recurring and not has_ended
        payments = self.contribution.payments
        if payments.exists() and (goes_on or payments.filter(paid_at__gt=now - DISPUTABLE).exists()):
            return now + LOOK_AGAIN
        return None


class Asking(models.Model):
    """The `number`th letter that asks for the payment that was due then: this company takes nothing by itself."""

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="askings")
    due_on = models.DateField()
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["contribution", "due_on", "number"], name="payment_is_asked_for_once"),
        ]

    def __str__(self) -> str:
        return f"letter {self.number} about {self.due_on}"


class Renewal(models.Model):
    """Somebody came to pay what is due: committed before the company is asked, and the id is its idempotency key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="renewals")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"renewal of {self.contribution}"


class Reference(models.Model):
    """What the company calls the contribution: learned from its answer or from its event."""

    contribution = models.OneToOneField(Contribution, on_delete=models.PROTECT, related_name="reference")
    provider = models.CharField(max_length=20)
    ref = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["provider", "ref"], name="reference_is_one_contribution")]

    def __str__(self) -> str:
        return self.ref


class Refusal(models.Model):
    """Nothing was paid: the company declined, or the reader left."""

    contribution = models.OneToOneField(Contribution, on_delete=models.PROTECT, related_name="refusal")
    kind = models.CharField(max_length=9)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["declined", "abandoned"]), name="refusal_kind_is_known")
        ]

    def __str__(self) -> str:
        return self.kind


class Ending(models.Model):
    """No further payment will come of a recurring contribution: the company said so."""

    contribution = models.OneToOneField(Contribution, on_delete=models.PROTECT, related_name="ending")
    ended_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"ended {self.ended_at:%Y-%m-%d}"


class FailedTry(models.Model):
    """The company could not take a renewal: its `number`th try at that `period`. A payment after it heals it."""

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="failed_tries")
    period = models.CharField(max_length=200)
    number = models.PositiveSmallIntegerField()
    mend_url = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()
        ordering = ["at", "number"]
        constraints = [
            models.UniqueConstraint(fields=["contribution", "period", "number"], name="failed_try_is_recorded_once"),
        ]

    def __str__(self) -> str:
        return f"try {self.number} at {self.period}"


class CardEnd(models.Model):
    """The card that pays was found to be good until then, and not for long."""

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="card_ends")
    on = models.DateField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["contribution", "on"], name="card_end_is_noted_once")]

    def __str__(self) -> str:
        return f"card good until {self.on}"


class PastDue(models.Model):
    """Since when the company waits for a renewal, and when that was over."""

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="past_dues")
    since = models.DateTimeField(auto_now_add=True)
    healed_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        verbose_name_plural = "past due"
        constraints = [
            models.UniqueConstraint(
                fields=["contribution"], condition=Q(healed_at=None), name="contribution_is_past_due_once"
            ),
        ]

    def __str__(self) -> str:
        return f"past due since {self.since:%Y-%m-%d}"


class SealedKey(models.Model):
    """The private address's key, sealed until receipt and thanks page have shown it; an hour at most."""

    contribution = models.OneToOneField(Contribution, on_delete=models.CASCADE, related_name="sealed_key")
    sealed = models.BinaryField()
    made_at = models.DateTimeField(db_index=True)
    shown_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"sealed key of {self.contribution_id}"

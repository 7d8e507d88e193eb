"""Money that moved. Each row stands for one entry in the ledger."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from tamizdat.money import Money
from tamizdat.support.models.contributions import Contribution


class Payment(models.Model):
    """Money that came. `paid_at` is the company's, `day` the same in the newsroom's time zone."""

    id = models.BigAutoField(primary_key=True)
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="payments")
    provider = models.CharField(max_length=20)
    provider_id = models.CharField(max_length=70)
    gross_minor = models.BigIntegerField()
    fee_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    paid_at = models.DateTimeField(db_index=True)
    day = models.DateField(db_index=True)
    recorded_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        default_permissions = ()
        permissions = [
            ("view_gifts", "Can see gifts and payments"),
            ("refund_payment", "Can refund a payment"),
        ]
        ordering = ["paid_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["provider", "provider_id"], name="payment_is_recorded_once"),
            models.CheckConstraint(condition=Q(gross_minor__gt=0), name="payment_is_more_than_nothing"),
            models.CheckConstraint(condition=Q(fee_minor__gte=0), name="payment_fee_is_not_negative"),
            models.CheckConstraint(condition=Exact(Length("currency"), 3), name="payment_currency_is_a_code"),
        ]

    def __str__(self) -> str:
        return f"{self.receipt_number} {self.gross}"

    @property
    def gross(self) -> Money:
        return Money(self.gross_minor, self.currency)

    @property
    def fee(self) -> Money:
        return Money(self.fee_minor, self.currency)

    @property
    def entry_key(self) -> str:
        """The key of its ledger entry and of its receipt."""
        return f"payment:{self.provider}:{self.provider_id}"

    @property
    def receipt_number(self) -> str:
        return f"{self.day.year}-{self.id:06}"

    def is_refunded(self) -> bool:
        """Whether all of it went back."""
        return sum(refund.amount_minor for refund in self.refunds.all()) >= self.gross_minor


class Refund(models.Model):
    """Money that went back, in the payment's currency."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    provider = models.CharField(max_length=20)
    provider_id = models.CharField(max_length=70)
    amount_minor = models.BigIntegerField()
    refunded_at = models.DateTimeField()
    day = models.DateField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["provider", "provider_id"], name="refund_is_recorded_once"),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="refund_is_more_than_nothing"),
        ]

    def __str__(self) -> str:
        return f"refund of {self.amount}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.payment.currency)

    @property
    def entry_key(self) -> str:
        return f"refund:{self.provider}:{self.provider_id}"

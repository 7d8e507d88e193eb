"""Money that moved. Each row stands for one entry in the ledger."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from tamizdat.money import Money
from tamizdat.support.models.contributions import Contribution


class Payment(models.Model):
    """Money that came. `paid_at` is the company's, `day` the same in the newsroom's time zone.

    It came into the company's account as `settled`, in that currency: what was given, or what that was exchanged for.
    The fee is in the account's currency.
    """

    id = models.BigAutoField(primary_key=True)
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="payments")
    provider = models.CharField(max_length=20)
    provider_id = models.CharField(max_length=70)
    gross_minor = models.BigIntegerField()
    fee_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    settled_minor = models.BigIntegerField()
    settled_currency = models.CharField(max_length=3)
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
            models.CheckConstraint(
                condition=Q(settled_currency=F("currency"), settled_minor=F("gross_minor"))
                | (~Q(settled_currency=F("currency")) & Q(settled_minor__gt=0)),
                name="payment_is_exchanged_or_as_given",
            ),
            models.CheckConstraint(condition=Exact(Length("settled_currency"), 3), name="payment_settles_in_a_code"),
        ]

    def __str__(self) -> str:
        return f"{self.receipt_number} {self.gross}"

    @property
    def gross(self) -> Money:
        return Money(self.gross_minor, self.currency)

    @property
    def settled(self) -> Money:
        return Money(self.settled_minor, self.settled_currency)

    @property
    def fee(self) -> Money:
        return Money(self.fee_minor, self.settled_currency)

    @property
    def entry_key(self) -> str:
        """The key of its ledger entry and of its receipt."""
        return f"payment:{self.provider}:{self.provider_id}"

    @property
    def receipt_number(self) -> str:
        return f"{self.day.year}-{self.id:06}"

    def returned_minor(self) -> int:
        """How much of it went back and stayed there."""
        return sum(one.amount_minor for one in self.returns.all())

    def is_refunded(self) -> bool:
        """Whether all of it went back."""
        return self.returned_minor() >= self.gross_minor


class Dispute(models.Model):
    """A payer's bank takes a payment back. The newsroom may answer until `respond_by`."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="disputes")
    provider = models.CharField(max_length=20)
    provider_id = models.CharField(max_length=70)
    opened_at = models.DateTimeField()
    respond_by = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=4, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["opened_at"]
        constraints = [
            models.UniqueConstraint(fields=["provider", "provider_id"], name="dispute_is_recorded_once"),
            models.CheckConstraint(condition=Q(outcome__in=["", "won", "lost"]), name="dispute_outcome_is_known"),
        ]

    def __str__(self) -> str:
        return f"dispute of {self.payment}"


class Return(models.Model):
    """Money of a payment that went back, in its currency: positive when it left, negative when it came again.

    A refund, the failure of one, or what a dispute moved: as `settled`, of the same sign, it left the company's account
    or came into it again, and the fee is what it cost besides.
    """

    KINDS = ("refund", "refund_failure", "dispute")

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="returns")
    dispute = models.ForeignKey(Dispute, null=True, on_delete=models.PROTECT, related_name="returns")
    provider = models.CharField(max_length=20)
    kind = models.CharField(max_length=14)
    provider_id = models.CharField(max_length=70)
    amount_minor = models.BigIntegerField()
    fee_minor = models.BigIntegerField(default=0)
    settled_minor = models.BigIntegerField()
    # Where the payer fetches it, if it does not come by itself.
    claim_url = models.TextField(blank=True)
    at = models.DateTimeField()
    day = models.DateField()

    class Meta:
        default_permissions = ()
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["provider", "kind", "provider_id"], name="return_is_recorded_once"),
            models.CheckConstraint(condition=~Q(amount_minor=0), name="return_is_of_something"),
            models.CheckConstraint(
                condition=Q(amount_minor__gt=0, settled_minor__gte=0) | Q(amount_minor__lt=0, settled_minor__lte=0),
                name="return_settles_the_same_way",
            ),
            models.CheckConstraint(
                condition=Q(kind="refund", amount_minor__gt=0)
                | Q(kind="refund_failure", amount_minor__lt=0)
                | Q(kind="dispute", dispute__isnull=False),
                name="return_is_of_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.amount}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.payment.currency)

    @property
    def settled(self) -> Money:
        return Money(self.settled_minor, self.payment.settled_currency)

    @property
    def fee(self) -> Money:
        return Money(self.fee_minor, self.payment.settled_currency)

    @property
    def entry_key(self) -> str:
        return f"{self.kind}:{self.provider}:{self.provider_id}"

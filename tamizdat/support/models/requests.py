"""What we ask of a company: to stop, to give back. The row and its key stand before the company is told."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from tamizdat.money import Money
from tamizdat.support.models.contributions import Contribution, Ending, Refusal
from tamizdat.support.models.errands import Errand, GiftErrand
from tamizdat.support.models.payments import Payment
from tamizdat.support.rules.contract import Change, Provider


class Cancellation(GiftErrand):
    """Somebody asked that no further payment be taken."""

    contribution = models.OneToOneField(Contribution, on_delete=models.PROTECT, related_name="cancellation")
    by = models.CharField(max_length=150)
    reason = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"stop {self.contribution}"

    def tell(self, company: Provider) -> None:
        company.cancel(self.ref, str(self.id))

    def is_settled(self) -> bool:
        """No payment will come: it has ended, or it never began."""
        return any(kind.objects.filter(contribution=self.contribution).exists() for kind in (Ending, Refusal))


class Wish(GiftErrand):
    """Somebody asked for another amount, or for a pause; the latest of a kind is what counts. Of a pause without
    `until` the gift goes on. What was changed at the company itself stands here too, `by` the company."""

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="wishes")
    kind = models.CharField(max_length=6)
    amount_minor = models.BigIntegerField(null=True)
    until = models.DateTimeField(null=True)
    by = models.CharField(max_length=150)
    reason = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta(GiftErrand.Meta):
        abstract = False
        verbose_name_plural = "wishes"
        ordering = ["asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=Change.AMOUNT, amount_minor__gt=0, until=None)
                | Q(kind=Change.PAUSE, amount_minor=None),
                name="wish_is_of_a_kind",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.contribution}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor or 0, self.contribution.currency)

    def is_overtaken(self) -> bool:
        """A later wish counts, or the gift has ended: telling the company now would undo what came after."""
        later = self.contribution.wishes.filter(kind=self.kind, asked_at__gt=self.asked_at)
        is_past = self.until is not None and self.until <= timezone.now()
        return is_past or later.exists() or Ending.objects.filter(contribution=self.contribution).exists()

    def tell(self, company: Provider) -> None:
        if self.is_overtaken():
            return
        if self.kind == Change.AMOUNT:
            company.set_amount(self.ref, self.amount, str(self.id))
        else:
            company.pause(self.ref, self.until, str(self.id))

    def is_settled(self) -> bool:
        return self.is_overtaken() or Wish.objects.filter(pk=self.pk, confirmed_at__isnull=False).exists()


class Forgetting(GiftErrand):
    """A supporter asked to be forgotten: the company is to erase what it knows of them as well."""

    contribution = models.OneToOneField(Contribution, on_delete=models.PROTECT, related_name="forgetting")
    asked_at = models.DateTimeField(auto_now_add=True)
    told_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"forget who gave {self.contribution}"

    def tell(self, company: Provider) -> None:
        company.forget(self.ref, str(self.id))
        self.told_at = timezone.now()
        self.save(update_fields=["told_at"])

    def is_settled(self) -> bool:
        return self.told_at is not None


class RefundRequest(Errand):
    """Somebody decided to give a payment back: `amount_minor` of it, or all that is left of it when empty."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refund_requests")
    amount_minor = models.BigIntegerField(null=True)
    key = models.CharField(max_length=64, unique=True)
    by = models.CharField(max_length=150)
    reason = models.CharField(max_length=200)
    asked_at = models.DateTimeField(auto_now_add=True)
    # Too much for one person: not due until a second has decided.
    needs_second = models.BooleanField(default=False)
    # What the company calls the refund that came of it.
    provider_id = models.CharField(max_length=70, blank=True)

    class Meta(Errand.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_minor=None) | Q(amount_minor__gt=0), name="refund_request_is_of_something"
            )
        ]

    def __str__(self) -> str:
        return f"refund {self.payment}"

    @property
    def amount(self) -> Money | None:
        return None if self.amount_minor is None else Money(self.amount_minor, self.payment.currency)

    @property
    def company(self) -> str:
        return self.payment.provider

    @property
    def ref(self) -> str:
        return self.payment.contribution.reference.ref

    def tell(self, company: Provider) -> None:
        self.provider_id = company.refund(self.payment.provider_id, self.amount, str(self.id))
        self.save(update_fields=["provider_id"])

    def is_settled(self) -> bool:
        refunds = self.payment.returns.filter(kind="refund", provider_id=self.provider_id)
        return self.payment.is_refunded() or (self.provider_id != "" and refunds.exists())


class RefundDecision(models.Model):
    """A second person has looked at a large refund: it goes ahead, or it does not."""

    request = models.OneToOneField(RefundRequest, on_delete=models.PROTECT, related_name="decision")
    by = models.CharField(max_length=150)
    is_approved = models.BooleanField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{'approved' if self.is_approved else 'declined'} by {self.by}"

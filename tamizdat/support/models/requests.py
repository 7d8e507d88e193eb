"""What we ask of a company: to stop, to give back. The row and its key stand before the company is told."""

from __future__ import annotations

from django.db import models

from tamizdat.support.models.contributions import Contribution, Ending
from tamizdat.support.models.errands import Errand
from tamizdat.support.models.payments import Payment
from tamizdat.support.rules.contract import Provider


class Cancellation(Errand):
    """Somebody asked that no further payment be taken."""

    contribution = models.OneToOneField(Contribution, on_delete=models.PROTECT, related_name="cancellation")
    by = models.CharField(max_length=150)
    reason = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"stop {self.contribution}"

    @property
    def company(self) -> str:
        return self.contribution.provider

    @property
    def ref(self) -> str:
        return self.contribution.reference.ref

    def tell(self, company: Provider) -> None:
        company.cancel(self.ref, str(self.id))

    def is_settled(self) -> bool:
        return Ending.objects.filter(contribution=self.contribution).exists()


class RefundRequest(Errand):
    """Somebody decided to give a payment back whole. There is one a payment, however often it is asked."""

    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, related_name="refund_request")
    key = models.CharField(max_length=64, unique=True)
    by = models.CharField(max_length=150)
    reason = models.CharField(max_length=200)
    asked_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"refund {self.payment}"

    @property
    def company(self) -> str:
        return self.payment.provider

    @property
    def ref(self) -> str:
        return self.payment.contribution.reference.ref

    def tell(self, company: Provider) -> None:
        company.refund(self.payment.provider_id, None, str(self.id))

    def is_settled(self) -> bool:
        return self.payment.is_refunded()

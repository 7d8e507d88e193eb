"""Who may give how much back: never more than is left, and a lot only with a second person."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from tamizdat.ledger import queries as ledger
from tamizdat.money import Money
from tamizdat.newsroom import queries as newsroom
from tamizdat.support.models import Damaged, Payment, RefundDecision, RefundRequest


class TooMuch(ValueError):
    """More than is left of a payment; the message says how much that is."""


class SamePerson(ValueError):
    """A large refund is decided by somebody else than who asked for it."""


def ask(payment: int, amount: Money | None, *, by: str, reason: str, key: str) -> RefundRequest:
    """The request of that key, new or not; one for all that is left is made once. Raises TooMuch; ValueError for an
    amount in another currency than the payment's."""
    paid = Payment.objects.select_for_update().get(pk=payment)
    earlier = RefundRequest.objects.filter(key=key).first() or (_whole(paid) if amount is None else None)
    if earlier:
        return earlier
    if amount and amount.currency != paid.currency:
        raise ValueError(f"amount: this payment was made in {paid.currency}")
    left = _left(paid)
    if left < (amount or Money(1, paid.currency)):
        raise TooMuch(f"amount: {left} of this payment can still be given back")
    needs_second = _is_large(amount or left)
    return RefundRequest.objects.create(
        payment=paid,
        amount_minor=amount.minor if amount else None,
        key=key,
        by=by,
        reason=reason[:200],
        needs_second=needs_second,
        due_at=None if needs_second else timezone.now(),
    )


def _is_large(amount: Money) -> bool:
    """Whether it is more than one person may give back, in any currency; so is what no rate is known of."""
    limit = newsroom.configuration().giving.second_person_above
    if limit is None:
        return False
    today = newsroom.today()
    found = ledger.rates({amount.currency, limit.currency}, today, today).exchange(amount, limit.currency, today)
    return found is None or found > limit


def decide(request: UUID, *, by: str, is_approved: bool) -> RefundRequest:
    """The request, due now if it is approved. Raises SamePerson, LookupError."""
    found = waiting().select_for_update(of=("self",)).filter(pk=request).first()
    if found is None:
        raise LookupError("no such refund waits for a second person")
    if found.by == by:
        raise SamePerson("another person must decide: you asked for it")
    RefundDecision.objects.create(request=found, by=by, is_approved=is_approved)
    if is_approved:
        found.revive(timezone.now())
        found.refresh_from_db()
    return found


def waiting() -> QuerySet[RefundRequest]:
    """Refunds that a second person has not decided, oldest first."""
    return RefundRequest.objects.filter(needs_second=True, decision=None).order_by("asked_at")


def _whole(paid: Payment) -> RefundRequest | None:
    """The request for all of it that stands: unfinished, or done."""
    asked = paid.refund_requests if paid.is_refunded() else _unfinished(paid)
    return asked.filter(amount_minor=None).first()


def _left(paid: Payment) -> Money:
    """What is neither given back nor on its way."""
    unfinished = _unfinished(paid)
    if unfinished.filter(amount_minor=None).exists():
        return Money(0, paid.currency)
    on_its_way = unfinished.aggregate(sum=Sum("amount_minor"))["sum"] or 0
    return Money(max(paid.gross_minor - paid.returned_minor() - on_its_way, 0), paid.currency)


def _unfinished(paid: Payment) -> QuerySet[RefundRequest]:
    undecided = Q(needs_second=True, decision=None)
    return paid.refund_requests.filter(Q(due_at__isnull=False) | Q(pk__in=Damaged.objects.values("errand")) | undecided)

"""What people have to do at a bank: transfer back what is to be given back, and bring the next statement."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from tamizdat.money import Money
from tamizdat.support.models import BroughtStatement, CarriedOut, Contribution, Placement, RefundRequest
from tamizdat.support.rules.values import Brought, ToTransfer

PATIENCE = timedelta(days=4)  # a transfer takes one to three working days
PROMISING = timedelta(days=30)


def to_transfer(codes: list[str]) -> list[ToTransfer]:
    """Refunds that were decided and that a person has to carry out, oldest first."""
    rows = RefundRequest.objects.filter(payment__provider__in=codes, due_at__isnull=False).exclude(provider_id="")
    rows = rows.filter(Q(needs_second=False) | Q(decision__is_approved=True))
    rows = rows.exclude(provider_id__in=Placement.objects.values("refund"))  # told, and booked in a moment
    rows = rows.select_related("payment__contribution__reference", "carried_out").prefetch_related("payment__returns")
    return [_to_transfer(row) for row in rows.order_by("asked_at") if not row.is_settled()]


def _to_transfer(row: RefundRequest) -> ToTransfer:
    paid, done = row.payment, getattr(row, "carried_out", None)
    return ToTransfer(
        ref=row.provider_id,
        amount=row.amount or Money(paid.gross_minor - paid.returned_minor(), paid.currency),
        contribution=paid.contribution_id,
        number=paid.receipt_number,
        came=paid.day,
        gross=paid.gross,
        gift=paid.contribution.reference.ref,
        by=row.by,
        reason=row.reason,
        done_by=done.by if done else "",
        done_at=done.at if done else None,
    )


def carried_out(codes: list[str], ref: str, *, by: str) -> bool:
    """Somebody has transferred it, or handed it back; False: somebody had said so. Raises LookupError."""
    waiting = RefundRequest.objects.filter(payment__provider__in=codes, due_at__isnull=False)
    asked = waiting.filter(provider_id=ref).exclude(provider_id="").first()
    if asked is None:
        raise LookupError("no such refund is to be transferred")
    return CarriedOut.objects.get_or_create(request=asked, defaults={"by": by})[1]


def last_brought(codes: list[str]) -> list[Brought]:
    """The last statement of each company, for those of which there is one."""
    found = []
    for code in codes:
        row = BroughtStatement.objects.filter(provider=code).order_by("-at").first()
        if row:
            found.append(Brought(code, row.at, row.by, row.last_day))
    return found


def unbrought(codes: list[str], now: datetime) -> dict[str, datetime]:
    """The companies to which people promised transfers that nobody has looked for, and since when."""
    return {code: since for code in codes if (since := _unbrought(code, now))}


def _unbrought(code: str, now: datetime) -> datetime | None:
    late = now - PATIENCE
    waiting = _waiting(code, now).order_by("created_at").first()
    last = BroughtStatement.objects.filter(provider=code).order_by("-at").first()
    if waiting is None or (last and last.at > late):
        return None
    return last.at if last else waiting.created_at


def _waiting(code: str, now: datetime) -> QuerySet[Contribution]:
    """Gifts whose transfer should have come."""
    promised = Contribution.objects.filter(provider=code, payments=None, reference__isnull=False)
    return promised.filter(created_at__range=(now - PROMISING, now - PATIENCE))


def overdue(codes: list[str], now: datetime) -> list[str]:
    """A sentence for each of them."""
    return [
        f"{code}: {_waiting(code, now).count()} gifts wait for a transfer and no statement was brought since "
        f"{timezone.localtime(since):%Y-%m-%d}: export it at the bank (CAMT.053) and bring it at the desk, under "
        "Money, Bank."
        for code, since in unbrought(codes, now).items()
    ]

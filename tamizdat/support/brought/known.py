"""The rows that are known to be gifts', for their provider."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone

from tamizdat.support.models import Cursor, Movement, Placement, RefundRequest
from tamizdat.support.rules import statements

PAGE = 200


class Known:
    """Fulfils `Movements` of the contract."""

    def __init__(self, provider: str) -> None:
        self._provider = provider

    def of(self, ref: str) -> list[statements.Movement]:
        return [row.told for row in self._placed().filter(ref=ref)]

    def after(self, cursor: str) -> tuple[list[statements.Movement], str]:
        page = list(self._placed().filter(pk__gt=int(cursor or 0))[:PAGE])
        return [row.told for row in page], str(page[-1].pk) if page else cursor

    def _placed(self) -> QuerySet[Placement]:
        return Placement.objects.filter(movement__provider=self._provider).select_related("movement").order_by("pk")


def in_turn(provider: str) -> None:
    """One at a time until the transaction ends: whoever reads after a cursor must not miss what is placed late."""
    Cursor.objects.select_for_update().get_or_create(provider=provider, of="rows", defaults={"value": ""})


def place(found: Iterable[tuple[Movement, str, str]], *, by: str) -> None:
    """These movements are those gifts' (`ref`, `refund`), within `in_turn`; refunds that were waited for are looked at
    next."""
    made = [Placement(movement=row, ref=ref, refund=refund, by=by) for row, ref, refund in found]
    Placement.objects.bulk_create(made)
    carried_out = RefundRequest.objects.filter(provider_id__in=[one.refund for one in made if one.refund])
    carried_out.filter(due_at__isnull=False).update(due_at=timezone.now())

"""Events that were never delivered: companies keep a list, and we remember how far we have read it."""

from __future__ import annotations

from collections.abc import Iterator

from tamizdat.support.models import Cursor
from tamizdat.support.rules.contract import Notice, Provider

PAGES = 1_000


def pages(code: str, company: Provider) -> Iterator[tuple[list[Notice], str]]:
    """What came after the page that was kept last, oldest first, each with the cursor to keep.

    Raises TryLater, GiveUp.
    """
    cursor = Cursor.objects.filter(provider=code, of="events").values_list("value", flat=True).first() or ""
    for _ in range(PAGES):
        notices, after = company.events_since(cursor)
        if after == cursor:
            return
        yield notices, after
        cursor = after


def keep(code: str, cursor: str) -> None:
    """Read on from there the next time."""
    Cursor.objects.update_or_create(provider=code, of="events", defaults={"value": cursor})

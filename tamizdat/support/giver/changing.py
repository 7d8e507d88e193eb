"""Another amount, a pause: asked for by a supporter, or seen to have been changed at the company."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from tamizdat.money import Money
from tamizdat.support.models import Contribution, Wish
from tamizdat.support.rules.contract import Change, Snapshot

PAUSES, GO_ON = (30, 60, 90), 0  # days
A_MOMENT = timedelta(seconds=2)  # companies keep whole seconds


def ask(contribution: UUID, kind: Change, *, amount: Money | None, days: int | None, by: str) -> Wish:
    """The wish, to be told; the latest of its kind when it asks for the same."""
    now = timezone.now()
    until = (now + timedelta(days=days)).replace(microsecond=0) if days else None
    latest = Wish.objects.filter(contribution=contribution, kind=kind).last()
    if latest and latest.amount_minor == (amount and amount.minor):
        has_its_way = latest.confirmed_at or latest.due_at  # one that was given up is asked for anew
        if has_its_way and _is_about(latest.until, until, give=timedelta(hours=1)):
            return latest
    return Wish.objects.create(
        contribution_id=contribution, kind=kind, amount_minor=amount and amount.minor, until=until, by=by
    )


def record(contribution: Contribution, snapshot: Snapshot, *, now: datetime) -> None:
    """What the company now says of amount and pause: it confirms a wish, or it was changed there."""
    if not contribution.is_recurring:
        return
    wishes = list(contribution.wishes.all())
    if snapshot.amount is not None and snapshot.amount.currency == contribution.currency:
        _record_amount(contribution, wishes, snapshot.amount, now)
    _record_pause(contribution, wishes, snapshot, now)


def _record_amount(contribution: Contribution, wishes: list[Wish], amount: Money, now: datetime) -> None:
    waiting = _waiting(wishes, Change.AMOUNT)
    if waiting and waiting.amount_minor == amount.minor:
        _confirm(waiting, now)
    elif not waiting and amount != contribution.current_amount:
        _changed_there(contribution, Change.AMOUNT, now, amount_minor=amount.minor)


def _record_pause(contribution: Contribution, wishes: list[Wish], snapshot: Snapshot, now: datetime) -> None:
    waiting, known, there = _waiting(wishes, Change.PAUSE), paused_until(wishes, now), snapshot.paused_until
    if waiting:
        if _is_about(waiting.until, there):
            _confirm(waiting, now)
    elif there and there > now:
        if not _is_about(known, there):
            _changed_there(contribution, Change.PAUSE, now, until=there)
    elif known and snapshot.status == "active":
        _changed_there(contribution, Change.PAUSE, now)


def paused_until(wishes: Collection[Wish], now: datetime) -> datetime | None:
    """Until when no payment is taken, as the company has confirmed; None when it goes on."""
    confirmed = [one for one in wishes if one.kind == Change.PAUSE and one.confirmed_at]
    until = confirmed[-1].until if confirmed else None
    return until if until and until > now else None


def waiting_kinds(wishes: Collection[Wish]) -> tuple[Change, ...]:
    """What was asked for and is not confirmed."""
    return tuple(kind for kind in Change if _waiting(wishes, kind))


def _waiting(wishes: Collection[Wish], kind: Change) -> Wish | None:
    """The latest wish of that kind, if the company has not confirmed it."""
    of_kind = [one for one in wishes if one.kind == kind]
    is_waiting = of_kind and not of_kind[-1].confirmed_at and not of_kind[-1].is_overtaken()
    return of_kind[-1] if is_waiting else None


def _confirm(wish: Wish, now: datetime) -> None:
    Wish.objects.filter(pk=wish.pk).update(confirmed_at=now)


def _changed_there(contribution: Contribution, kind: Change, now: datetime, **to: object) -> None:
    Wish.objects.create(
        contribution=contribution, kind=kind, by=contribution.provider, confirmed_at=now, due_at=None, **to
    )


def _is_about(one: datetime | None, other: datetime | None, give: timedelta = A_MOMENT) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= give

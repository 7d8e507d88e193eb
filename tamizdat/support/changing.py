"""Another amount, a pause: asked for by a supporter, or seen to have been changed at the company."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from tamizdat.money import Money
from tamizdat.support.models import Contribution, Wish
from tamizdat.support.rules.contract import Change, Snapshot

PAUSES = (30, 60, 90)  # days
A_MOMENT = timedelta(seconds=2)  # companies keep whole seconds


def ask(contribution: UUID, kind: Change, *, amount: Money | None, days: int | None, by: str) -> Wish:
    """The wish, to be told; the latest of its kind when it asks for the same."""
    now = timezone.now()
    until = (now + timedelta(days=days)).replace(microsecond=0) if days else None
    latest = Wish.objects.filter(contribution=contribution, kind=kind).last()
    if latest and kind is Change.AMOUNT and amount and latest.amount_minor == amount.minor:
        return latest
    if latest and kind is Change.PAUSE and _is_about(latest.until, until, give=timedelta(hours=1)):
        return latest
    return Wish.objects.create(
        contribution_id=contribution, kind=kind, amount_minor=amount and amount.minor, until=until, by=by
    )


def record(contribution: Contribution, snapshot: Snapshot, *, now: datetime) -> None:
    """What the company now says of amount and pause: it confirms a wish, or it was changed there."""
    if snapshot.amount is not None and snapshot.amount.currency == contribution.currency:
        waiting = _waiting(contribution, Change.AMOUNT)
        if waiting and waiting.amount_minor == snapshot.amount.minor:
            _confirm(waiting, now)
        elif not waiting and snapshot.amount != contribution.current_amount:
            _changed_there(contribution, Change.AMOUNT, now, amount_minor=snapshot.amount.minor)
    waiting = _waiting(contribution, Change.PAUSE)
    if waiting and _is_about(waiting.until, snapshot.paused_until):
        _confirm(waiting, now)
    elif not waiting and snapshot.paused_until and snapshot.paused_until > now:
        if not _is_about(paused_until(contribution, now), snapshot.paused_until):
            _changed_there(contribution, Change.PAUSE, now, until=snapshot.paused_until)
    elif not waiting and snapshot.status == "active" and paused_until(contribution, now):
        _changed_there(contribution, Change.PAUSE, now)


def paused_until(contribution: Contribution, now: datetime) -> datetime | None:
    """Until when no payment is taken, as the company has confirmed; None when it goes on."""
    confirmed = [one for one in contribution.wishes.all() if one.kind == Change.PAUSE and one.confirmed_at]
    until = confirmed[-1].until if confirmed else None
    return until if until and until > now else None


def waiting_kinds(contribution: Contribution) -> tuple[Change, ...]:
    """What was asked for and is not confirmed."""
    return tuple(kind for kind in Change if _waiting(contribution, kind))


def _waiting(contribution: Contribution, kind: Change) -> Wish | None:
    """The latest wish of that kind, if the company has not confirmed it."""
    wishes = [one for one in contribution.wishes.all() if one.kind == kind]
    is_waiting = wishes and not wishes[-1].confirmed_at and not wishes[-1].is_overtaken()
    return wishes[-1] if is_waiting else None


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

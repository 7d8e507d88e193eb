"""Taking the public figure."""

from datetime import datetime

from django.db import transaction

from tamizdat.asks.models import TakenFigure
from tamizdat.asks.queries import figure
from tamizdat.asks.rules.figures import Figure, may_change
from tamizdat.asks.signals import figure_taken
from tamizdat.ledger import queries as ledger
from tamizdat.months import Month
from tamizdat.newsroom import queries as newsroom
from tamizdat.support import queries as support


def take_figure(*, now: datetime) -> bool:
    """Publish a new figure if one is due; True when a new one stands.

    In training it is due as soon as it differs; live, as `rules.may_change` says, so that no gift can be read
    off it. Safe to call at any time and twice.
    """
    last = figure()
    if not newsroom.is_training() and not _may_change(last, now):
        return False
    fresh = _figure(now)
    if last and _says_the_same(last, fresh) and newsroom.is_training():
        return False
    with transaction.atomic():
        _, is_new = TakenFigure.objects.get_or_create(
            as_of=fresh.as_of,
            defaults={
                "month": fresh.month.first_day,
                "currency": fresh.currency,
                "need_minor": fresh.need.minor,
                "raised_minor": fresh.raised.minor,
                "supporters": fresh.supporters,
            },
        )
        need_changed = last is None or last.need != fresh.need
        transaction.on_commit(lambda: figure_taken.send_robust(sender=TakenFigure, need_changed=need_changed))
    return is_new


def _may_change(last: Figure | None, now: datetime) -> bool:
    return may_change(
        last,
        now=now,
        today=newsroom.today(now),
        last_day=newsroom.today(last.as_of) if last else None,
        gifts_since=support.gifts_since(last.as_of) if last else 0,
    )


def _figure(now: datetime) -> Figure:
    month, currency = Month.of(newsroom.today(now)), newsroom.configuration().giving.currency
    return Figure(
        month=month,
        need=ledger.need(month, currency),
        raised=ledger.raised(month, currency),
        supporters=support.supporters(month),
        as_of=now,
    )


def _says_the_same(one: Figure, other: Figure) -> bool:
    return (one.month, one.need, one.raised, one.supporters) == (
        other.month,
        other.need,
        other.raised,
        other.supporters,
    )

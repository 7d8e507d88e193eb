"""Taking the public figure; publishing, stopping and putting away asks."""

from datetime import date, datetime, timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Q

from tamizdat.asks.models import Ask, Silence, Source, TakenFigure
from tamizdat.asks.queries import figure
from tamizdat.asks.rules.decks import HOLD_OUT
from tamizdat.asks.rules.figures import Figure, may_change
from tamizdat.asks.rules.placements import source
from tamizdat.asks.signals import asks_changed, figure_taken
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


@transaction.atomic
def ask_published(*, ask: Ask) -> None:
    """Know its wordings for ever by the names that counts and gifts carry, and bake them."""
    if not ask.live:
        return  # only scheduled
    names = [child.value["name"] for child in ask.wordings] + ([HOLD_OUT] if ask.hold_out else [])
    known = set(Source.objects.filter(ask=ask).values_list("source", flat=True))
    fresh = {source(ask.placement, ask.key, name): name for name in names}
    Source.objects.bulk_create(
        Source(ask=ask, variant=name, source=one) for one, name in fresh.items() if one not in known
    )
    announce()


@transaction.atomic
def be_silent(*, placement: str, first: date, last: date | None, why: str, by: AbstractBaseUser) -> Silence:
    """Ask nothing in a placement, or anywhere (""), from a day on: to a last day, or until somebody ends it."""
    silence = Silence(placement=placement, first=first, last=last, why=why, by=by)
    silence.full_clean()
    silence.save()
    announce()
    return silence


@transaction.atomic
def end_silence(*, silence: Silence, by: AbstractBaseUser, now: datetime) -> bool:
    """Ask again; False when it had ended already."""
    is_ended = Silence.objects.filter(pk=silence.pk, ended_at=None).update(ended_at=now, ended_by=by) == 1
    if is_ended:
        announce()
    return is_ended


@transaction.atomic
def archive(*, ask: Ask, by: AbstractBaseUser, now: datetime) -> None:
    """Put an ask away: it stops if it is live, comes at no settled time, and leaves the list; what it earned stays."""
    if ask.live:
        ask.unpublish(user=by)
    ask.revisions.update(approved_go_live_at=None)
    Ask.objects.filter(pk=ask.pk, archived_at=None).update(archived_at=now, archived_by=by)


def bring_back(*, ask: Ask) -> None:
    """Out of the archive, as a draft."""
    Ask.objects.filter(pk=ask.pk).update(archived_at=None, archived_by=None)


def turn_the_day(*, today: date) -> None:
    """Ages of articles and days of silence pass at midnight: pages that depend on them follow."""
    yesterday = today - timedelta(days=1)
    has_turned = Silence.objects.filter(Q(first=today) | Q(last=yesterday), ended_at=None).exists()
    live = Ask.objects.filter(live=True)
    if has_turned or any(child.block_type == "age" for ask in live for child in ask.audience):
        announce()


def announce() -> None:
    """What is asked has changed."""
    asks_changed.send(sender=Ask)

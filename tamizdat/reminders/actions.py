"""Asking for a reminder, confirming it, sending it on its day, forgetting it."""

import logging
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from tamizdat.letters import actions as letters
from tamizdat.letters import queries as post
from tamizdat.letters.actions import BadAddress
from tamizdat.letters.rules import Outcome
from tamizdat.newsroom import queries as newsroom
from tamizdat.reminders import rules, tokens
from tamizdat.reminders.models import Confirmation, Forgetting, Reminder, Reply, Sending
from tamizdat.reminders.rules import Why
from tamizdat.support import queries as support

__all__ = ["BadAddress", "confirm", "forget", "forget_done", "forget_who_gave", "remind", "send_due"]

log = logging.getLogger(__name__)


class _Enough(Exception):
    """This address was written to often enough today."""


def remind(*, address: str, on: date, language: str, source: str = "") -> None:
    """Keep a reminder and write to its address for confirmation. An unknown `source` is stored as "".

    At most three such letters go to one address in a day; more are passed over without a word, so that
    nobody learns what others asked for. Raises BadAddress, with the remedy, and then nothing is stored.
    """
    try:
        _remind(address=address, on=on, language=language, source=source)
    except _Enough:
        log.info("A reminder was not kept: its address had %s in a day", rules.MOST_A_DAY)


@transaction.atomic
def _remind(*, address: str, on: date, language: str, source: str) -> None:
    recipient = letters.remember_address(address=address, language=language)
    since = timezone.now() - timedelta(days=1)
    asked = Reminder.objects.filter(recipient__in=post.same_address(recipient), asked_at__gt=since)
    if asked.count() >= rules.MOST_A_DAY:
        raise _Enough
    known = import_string(settings.GIFT_SOURCES)()
    reminder = Reminder.objects.create(recipient_id=recipient, on=on, source=source if source in known else "")
    letters.send(
        "confirm_reminder",
        to=recipient,
        key=f"confirm_reminder:{reminder.id}",
        context={"on": on, "confirm": tokens.confirm_token(reminder.id)} | _links(reminder),
    )


def _links(reminder: Reminder) -> dict[str, str]:
    """What every letter's links carry: a reply of its own, and the way to be forgotten."""
    token, digest = tokens.new_reply()
    Reply.objects.create(reminder=reminder, token_hash=digest)
    return {"reply": token, "forget": tokens.forget_token(reminder.id)}


@transaction.atomic
def confirm(*, reminder: UUID) -> bool:
    """Arm a reminder; False when there is none any more. Harmless twice."""
    row = Reminder.objects.select_for_update().filter(id=reminder).first()
    if row:
        Confirmation.objects.get_or_create(reminder=row)
    return row is not None


@transaction.atomic
def forget(*, reminder: UUID, why: Why) -> bool:
    """Erase a reminder and its address for good; False when there is none any more. Harmless twice."""
    row = Reminder.objects.select_for_update().filter(id=reminder).first()
    if row is None:
        return False
    Forgetting.objects.create(day=newsroom.today(), why=why, source=row.source)
    row.delete()
    letters.erase(recipient=row.recipient_id)
    return True


def forget_who_gave(*, reply_token_hash: str) -> None:
    """Forget the reminder whose letter led to a gift, if it is still kept."""
    for reply in Reply.objects.filter(token_hash=reply_token_hash):
        forget(reminder=reply.reminder_id, why=Why.GAVE)


def send_due(*, today: date) -> int:
    """Write to everybody whose day has come and who has not given since; how many letters are new.

    `today` is the newsroom's. Harmless at any time, twice, and days late; one failure holds up nobody else.
    """
    waiting = Reminder.objects.filter(sending=None).select_related("confirmation")
    return sum(_send(due.id) for due in rules.due((row.value() for row in waiting), today=today))


def _send(reminder: UUID) -> bool:
    try:
        return _send_or_forget(reminder)
    except Exception:
        log.exception("Reminder %s could not be sent; it is tried again tomorrow", reminder)
        return False


@transaction.atomic
def _send_or_forget(reminder: UUID) -> bool:
    row = Reminder.objects.select_for_update().filter(id=reminder).first()
    if row is None or not Sending.objects.get_or_create(reminder=row)[1]:
        return False
    if _has_given(row):
        forget(reminder=row.id, why=Why.GAVE)
        return False
    asked_on = newsroom.today(row.asked_at)
    return letters.send(
        "reminder", to=row.recipient_id, key=row.letter_key, context={"asked_on": asked_on} | _links(row)
    )


def _has_given(row: Reminder) -> bool:
    """Whether a gift came by one of the reminder's own links, or with its address."""
    hashes = row.replies.values_list("token_hash", flat=True)
    by_link = any(support.has_replied(digest, since=row.asked_at) for digest in hashes)
    return by_link or support.has_given_since(post.same_address(row.recipient_id), since=row.asked_at)


def forget_done(*, now: datetime) -> int:
    """Forget what was sent, what nobody confirmed in a week, and whatever is a year old; how many."""
    rows = Reminder.objects.select_related("confirmation", "sending")
    over = {row.id: _why_over(row, now) for row in rows}
    return sum(forget(reminder=reminder, why=why) for reminder, why in over.items() if why)


def _why_over(row: Reminder, now: datetime) -> Why | None:
    outcome = post.outcome(row.letter_key) if hasattr(row, "sending") else None
    if outcome:
        return Why.REMINDED if outcome is Outcome.SENT else Why.UNDELIVERED
    return rules.why_over(row.value(), now=now)

"""Against card testing: thieves try stolen cards where a small gift can be paid, thousands in an hour.

While few begun payments are unpaid, nobody is asked for anything. When there are many, or one corner of the network
begins many, each new payment costs a sum that a browser does by itself in a moment. When even so there are too many,
payments rest. No third party is asked, and no address is written anywhere.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core import signing
from django.db import IntegrityError, transaction

from tamizdat.support.guard.throttle import Throttle
from tamizdat.support.models import Contribution, SpentWork
from tamizdat.support.rules import work

WINDOW = timedelta(minutes=10)
QUIET = 12  # unpaid payments begun within the window, from which each new one costs a sum
MOST = 200  # from which payments rest
STUBBORN = 20  # tries refused within the window that keep the shield up for another
_SIGNER = signing.TimestampSigner(salt="tamizdat.support.work", sep=".")
_corners = Throttle(most=20)
_refused = Throttle(most=STUBBORN)


@dataclass
class Siege:
    """Until when the shield stays up although few payments are unpaid: for this process, while many are refused."""

    until: datetime


_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_siege = Siege(_LONG_AGO)


class WorkNeeded(Exception):
    """The sum that came with this try is missing, wrong, late or used up."""


class Resting(Exception):
    """Too many payments are being begun for anybody's card to be safe: wait ten minutes."""


@dataclass(frozen=True, slots=True)
class Riddle:
    """What a browser is to solve: an `answer` for which SHA-256 of "text:answer" begins with `bits` zero bits."""

    text: str
    bits: int
    signed: str


def unpaid(now: datetime) -> int:
    """How many payments were begun at a company within the window and are not paid."""
    begun = Contribution.objects.filter(created_at__gt=now - WINDOW, payments=None)
    return begun.exclude(attempt__redirect_url="").count()


def riddle(now: datetime, *, is_wanted: bool) -> Riddle | None:
    """A new one, good for the window and for one payment; None while payments cost nothing, unless it is wanted."""
    tries = unpaid(now)
    if not (is_wanted or _is_up(tries, now)):
        return None
    text, bits = secrets.token_urlsafe(16), work.bits(tries, QUIET)
    return Riddle(text, bits, _SIGNER.sign(f"{text}:{bits}"))


def guard(client: str, signed: str, answer: str, now: datetime) -> Callable[[], None]:
    """What `begin` calls before a new promise is written down. It raises WorkNeeded or Resting."""

    def admit() -> None:
        tries = unpaid(now)
        if tries >= MOST:
            raise Resting(f"{tries} payments begun within ten minutes are unpaid")
        is_crowded = _corners.is_too_many(client, now)
        if is_crowded or _is_up(tries, now):
            _take(signed, answer, now)

    return admit


def _is_up(tries: int, now: datetime) -> bool:
    """Whether a new payment costs a sum."""
    return tries >= QUIET or now < _siege.until


def _take(signed: str, answer: str, now: datetime) -> None:
    try:
        _spend(signed, answer)
    except WorkNeeded:
        if _refused.is_too_many("", now):
            _siege.until = now + WINDOW
        raise


def forget(now: datetime) -> int:
    """Erase which sums were used up, once they are too old to be used; how many."""
    return SpentWork.objects.filter(spent_at__lte=now - 2 * WINDOW).delete()[0]


def _spend(signed: str, answer: str) -> None:
    try:
        text, bits = _SIGNER.unsign(signed, max_age=WINDOW).split(":")
    except signing.BadSignature as error:
        raise WorkNeeded("no sum of ours came with it, or one that is too old") from error
    if not work.is_solved(text, answer, int(bits)):
        raise WorkNeeded("the sum is wrong")
    try:
        with transaction.atomic():
            SpentWork.objects.create(riddle=text)
    except IntegrityError as error:
        raise WorkNeeded("the sum was used before") from error

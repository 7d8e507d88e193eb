"""Carrying out errands: tell the company, fetch the truth, put it on record. Safe twice and side by side."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from time import monotonic
from uuid import UUID

from tamizdat.support import companies
from tamizdat.support.models import Attempt, Cancellation, Errand, Event, Forgetting, RefundRequest, Wish
from tamizdat.support.rules import retrying
from tamizdat.support.rules.contract import GiveUp, Provider, TryLater
from tamizdat.support.truth.recording import Disagreement, record

log = logging.getLogger("tamizdat.support")

BATCH = 50
LONGEST_SECONDS = 30
BY_HAND = timedelta(days=1)  # until it is asked again whether a person has done it
EVENTS: tuple[type[Errand], ...] = (Event,)
REQUESTS: tuple[type[Errand], ...] = (RefundRequest, Cancellation, Wish, Forgetting, Attempt)


def settle_due(kinds: tuple[type[Errand], ...], *, now: datetime) -> int:
    """Take up what is due, oldest first; how many were settled. One that fails holds up no other.

    While a company is slow the rest waits for the next minute, so that the clock is not held up.
    """
    until = monotonic() + LONGEST_SECONDS
    due = [errand for kind in kinds for errand in kind.free(now).order_by("due_at")[:BATCH]]
    return sum(settle(errand, now=now) for errand in due if monotonic() < until)


def is_due(kinds: tuple[type[Errand], ...], *, now: datetime) -> bool:
    return any(kind.free(now).exists() for kind in kinds)


def settle(errand: Errand, *, now: datetime) -> bool:
    """Whether the errand is settled after this try.

    No transaction is open while the company is asked. Whatever fails is put off with growing pauses, and at
    last laid before a person; nothing is raised for it.
    """
    if not errand.claim(now):
        return False
    if errand.tries > retrying.TRIES:
        errand.give_up("the process died at it, again and again")
        return False
    try:
        _carry_out(errand)
    except Exception as error:
        _put_off(errand, error, now=now)
        return False
    errand.finish(now)
    return True


def settle_again(id: UUID, *, now: datetime) -> bool:
    """Whether what was given up is settled now. Raises LookupError."""
    for kind in (*EVENTS, *REQUESTS):
        found: Errand | None = kind.objects.filter(pk=id).first()
        if found:
            found.revive(now)
            return settle(found, now=now)
    raise LookupError(f"nothing is known of {id}")


def look(attempt: Attempt) -> None:
    """Ask the company now, for a reader who waits. What fails here is left to the event and to the errand."""
    try:
        record(attempt.company, companies.company(attempt.company).fetch(attempt.ref))
    except Exception as error:
        log.info("attempt %s could not be looked at: %s: %s", attempt.pk, type(error).__name__, error)


class _Refused(Exception):
    """The company will not do it, and it is not done."""


class _ByHand(Exception):
    """A person has to do it, and a statement will tell that they did."""


def _carry_out(errand: Errand) -> None:
    company = companies.company(errand.company)
    refusal = _tell(errand, company)
    record(errand.company, company.fetch(errand.ref), asked_as=errand.ref)
    if errand.is_settled():
        return
    if refusal:
        raise _Refused(refusal)
    raise _ByHand("not done yet") if company.capabilities().by_statement else TryLater("not done yet")


def _tell(errand: Errand, company: Provider) -> str:
    """Tell the company; why it refuses, if it does. Perhaps it is done already: the truth decides."""
    try:
        errand.tell(company)
    except GiveUp as refusal:
        return str(refusal) or "refused"
    return ""


def _put_off(errand: Errand, error: Exception, *, now: datetime) -> None:
    kind, why = errand._meta.model_name, f"{type(error).__name__.strip('_')}: {error}"
    level = logging.INFO if errand.is_for_a_person else logging.DEBUG
    is_refused = isinstance(error, GiveUp | Disagreement)
    if isinstance(error, _ByHand) and errand.is_for_a_person:
        errand.revive(now + BY_HAND)
        return
    if not isinstance(error, _Refused) and errand.put_off(now, is_refused=is_refused):
        log.log(level, "%s %s is put off after try %s: %s", kind, errand.pk, errand.tries, why)
        return
    errand.give_up(why)
    if errand.is_for_a_person:
        log.error("%s %s is given up after try %s: %s", kind, errand.pk, errand.tries, why)

"""From a promise to the company's page."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext

from tamizdat.letters import actions as letters
from tamizdat.money import Money
from tamizdat.newsroom import queries as newsroom
from tamizdat.support import companies, outages
from tamizdat.support.giver import addresses, keys, names, notes
from tamizdat.support.models import Attempt, Contribution, Reference
from tamizdat.support.rules.contract import Cadence, GiveUp, Instructions, Intent, Redirect, TryLater, Urls
from tamizdat.support.rules.gifts import ELSEWHERE, ceiling, is_listed, is_within

FIRST_LOOK = timedelta(minutes=5)


class NotAccepted(ValueError):
    """This gift cannot be taken here; the message says why."""


class Listed(Exception):
    """The giver's bank is where giving can be prosecuted: nothing is written down and nobody is asked."""


def check_bank(bank: str) -> None:
    """Raises Listed for a bank where giving can be prosecuted, and NotAccepted when it should be said and is not."""
    listed = newsroom.configuration().giving.listed_in
    if is_listed(bank, listed):
        raise Listed("giving from there can be prosecuted")
    if listed and bank != ELSEWHERE:
        raise NotAccepted("it must be said where the bank is")


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What the form said."""

    amount: Money
    cadence: Cadence
    provider: str
    source: str
    language: str
    address: str
    reply_token: str


def check(promise: Promise) -> None:
    """Raises NotAccepted for what this newsroom or the company does not take."""
    check_amount(promise.amount)
    can = {can.code: can for can in companies.taking(promise.amount.currency)}.get(promise.provider)
    if can is None or promise.cadence not in can.cadences:
        raise NotAccepted(f"“{promise.provider}” takes no {promise.cadence} gifts in {promise.amount.currency} here")


def check_amount(amount: Money) -> None:
    """Raises NotAccepted for a currency that cannot be given here, and for too little or too much of one that can."""
    prices = newsroom.configuration().giving.prices
    if amount.currency not in prices:
        raise NotAccepted(f"this newsroom takes {' and '.join(prices)}, not {amount.currency}")
    least = prices[amount.currency].minimum
    if not is_within(amount, least):
        raise NotAccepted(f"a gift is between {least} and {ceiling(least)}")


def form_key(form: UUID, promise: Promise) -> UUID:
    """The same form with the same answers is the same gift; with others it is another."""
    answers = f"{promise.amount} {promise.cadence} {promise.provider} {promise.address}"
    return uuid.uuid5(form, answers)


def write_down(promise: Promise, form: UUID, admit: Callable[[], None]) -> Contribution:
    """The contribution with attempt and key, committed; the earlier one when the form was sent before.

    `admit` is called before a new one, and may raise.
    """
    key = form_key(form, promise)
    earlier = Contribution.objects.filter(form_key=key).first()
    if earlier:
        return earlier
    admit()
    try:
        with transaction.atomic(durable=True):
            return _write_down(promise, key)
    except IntegrityError:  # a double click: the other request was first
        return Contribution.objects.get(form_key=key)


def _write_down(promise: Promise, key: UUID) -> Contribution:
    private_key, address = keys.new(), promise.address.strip()
    contribution = Contribution.objects.create(
        form_key=key,
        amount_minor=promise.amount.minor,
        currency=promise.amount.currency,
        cadence=promise.cadence,
        provider=promise.provider,
        source=promise.source,
        language=promise.language,
        recipient=letters.remember_address(address=address, language=promise.language) if address else None,
        reply_token_hash=keys.digest(promise.reply_token) if promise.reply_token else "",
        key_hash=keys.digest(private_key),
    )
    Attempt.objects.create(contribution=contribution, due_at=None)
    keys.seal(contribution, private_key, timezone.now())
    return contribution


def ask_company(contribution: Contribution) -> Redirect | Instructions:
    """What the company says to do next; asked again, the same. Raises TryLater, GiveUp."""
    attempt = contribution.attempt
    thanks = addresses.thanks(contribution.pk, contribution.language)
    if attempt.is_settled():
        return Redirect(url=thanks, ref="")
    if attempt.redirect_url or attempt.instructions:
        return _answer(attempt)
    urls = Urls(back=thanks, abandoned=addresses.again(contribution))
    try:
        answer = companies.company(contribution.provider).start(
            _intent(contribution, key=str(attempt.pk), at=contribution.created_at), urls
        )
    except TryLater:
        outages.failed(contribution.provider, timezone.now())
        raise
    keep(attempt, answer)
    return answer


def ask_again(contribution: Contribution, *, key: str, at: datetime) -> Redirect:
    """Where the next payment of a gift is made that is asked for each time. Raises TryLater, GiveUp."""
    thanks = addresses.thanks(contribution.pk, contribution.language)
    urls = Urls(back=thanks, abandoned=addresses.mend(contribution.pk, contribution.language))
    answer = companies.company(contribution.provider).start(_intent(contribution, key=key, at=at), urls)
    if not isinstance(answer, Redirect):
        raise GiveUp(f"{contribution.provider} names no page to pay at")
    return answer


def _intent(contribution: Contribution, *, key: str, at: datetime) -> Intent:
    with translation.override(contribution.language):
        description = gettext("Support for %(paper)s") % {"paper": newsroom.configuration().paper.name}
    return Intent(
        contribution=contribution.pk,
        amount=contribution.amount,
        cadence=Cadence(contribution.cadence),
        language=contribution.language,
        description=description,
        attempt_key=key,
        begun_at=at,
    )


def _answer(attempt: Attempt) -> Redirect | Instructions:
    if attempt.redirect_url:
        return Redirect(url=attempt.redirect_url, ref=attempt.ref)
    steps = tuple((label, value) for label, value in attempt.instructions)
    return Instructions(ref=attempt.ref, steps=steps, code=attempt.camera_code)


@transaction.atomic
def keep(attempt: Attempt, answer: Redirect | Instructions) -> None:
    """Remember what to do next, and look after a while whether it was done: its event may never come."""
    outages.answered(attempt.company)
    Reference.objects.get_or_create(
        contribution=attempt.contribution, defaults={"provider": attempt.company, "ref": answer.ref}
    )
    names.note(attempt.contribution, answer.ref)
    if isinstance(answer, Instructions):
        notes.transfer(attempt.contribution, answer, now=timezone.now())
    Attempt.objects.filter(pk=attempt.pk).update(
        redirect_url=answer.url if isinstance(answer, Redirect) else "",
        instructions=answer.steps if isinstance(answer, Instructions) else (),
        camera_code=answer.code if isinstance(answer, Instructions) else "",
        due_at=timezone.now() + FIRST_LOOK,
    )

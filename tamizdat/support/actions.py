"""What may be done at the till. Every action is safe twice, and loses nothing when its process dies."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from tamizdat.letters.actions import BadAddress
from tamizdat.money import Money
from tamizdat.support import checkout, companies, forgetting, queries, receiving, renewing
from tamizdat.support.brought import placing
from tamizdat.support.brought.bringing import (
    carried_out,
    gave_back,
    place,
    place_anew,
    set_aside,
    take_offline,
    take_statement,
)
from tamizdat.support.brought.placing import NotPlaced
from tamizdat.support.checkout import Listed, NotAccepted, check_bank
from tamizdat.support.companies import UnknownCompany
from tamizdat.support.desk import refunding, ringing
from tamizdat.support.desk.refunding import SamePerson, TooMuch
from tamizdat.support.giver import addresses, announcing, changing, keys
from tamizdat.support.guard import shield
from tamizdat.support.models import Attempt, Cancellation, Contribution
from tamizdat.support.rules.contract import BadSignature, Cadence, Change, GiveUp, Instructions, Redirect, TryLater
from tamizdat.support.rules.evidence import BadEvidence
from tamizdat.support.rules.statements import BadStatement
from tamizdat.support.truth import reconciling, settling

__all__ = [
    "BadAddress", "BadEvidence", "BadSignature", "BadStatement", "GiveUp", "Listed", "NotAccepted", "NotPlaced",
    "NothingToStop", "SamePerson", "TooMuch", "TryLater", "UnknownCompany", "announce", "begin", "carried_out",
    "change_amount", "check_bank", "decide_refund", "finish_due", "forget_keys", "forget_supporter", "forget_unpaid",
    "gave_back", "hear_again", "look", "pause", "pay_otherwise", "place", "place_anew", "process_due_events",
    "receive_event", "reconcile", "refund", "remind", "replay", "ring", "set_aside", "show_key", "stop", "take_offline",
    "take_statement",
]  # fmt: skip


class NothingToStop(LookupError):
    """No such contribution, or one that takes no further payment anyhow."""


@dataclass(frozen=True, slots=True)
class Begun:
    contribution: UUID
    next: Redirect | Instructions


def begin(
    *,
    amount: Money,
    cadence: Cadence,
    provider: str,
    source: str,
    language: str,
    address: str = "",
    reply_token: str = "",
    form: UUID | None = None,
    bank: str = "",
    admit: Callable[[], None] = lambda: None,
) -> Begun:
    """Write the promise down, then ask the company to open the payment; answer what the reader does next.

    The contribution and its idempotency key are committed before the company is asked. `form` is the form's
    single-use token: sent again with the same answers it continues the same contribution, so that neither a
    double click nor TryLater makes two. An unknown `source` is stored as "". Where the newsroom lists countries in
    which giving can be prosecuted, `bank` says where the giver's is: one of them, or ELSEWHERE. It is kept nowhere.
    `admit` is called before a new promise is written down, and what it raises goes through: the shield's place.
    Raises Listed before anything is written or asked, NotAccepted, BadAddress (nothing is stored), TryLater and
    GiveUp (nothing was taken).
    """
    check_bank(bank)
    promise = checkout.Promise(
        amount=amount,
        cadence=Cadence(cadence),
        provider=provider,
        source=source if source in import_string(settings.GIFT_SOURCES)() else "",
        language=language,
        address=address,
        reply_token=reply_token,
    )
    checkout.check(promise)
    contribution = checkout.write_down(promise, form or uuid.uuid4(), admit)
    return Begun(contribution=contribution.pk, next=checkout.ask_company(contribution))


def receive_event(*, provider: str, headers: Mapping[str, str], raw: bytes) -> int:
    """Store what a company tells us, once for each event id, and summon a worker; how many were new.

    Raises BadSignature and UnknownCompany, and then nothing is stored.
    """
    return receiving.store(provider, companies.company(provider).verify(headers, raw, timezone.now()))


def process_due_events(now: datetime) -> int:
    """Fetch what waiting events are about and put it on record, for the minute tick; how many were settled."""
    return settling.settle_due(settling.EVENTS, now=now)


def finish_due(now: datetime) -> int:
    """Finish stops and refunds that were interrupted, and look at payments whose event has not come."""
    return settling.settle_due(settling.REQUESTS, now=now)


def look(*, contribution: UUID) -> None:
    """Ask the company at once how a gift stands, for its reader who waits. Never raises."""
    attempt = Attempt.objects.filter(contribution=contribution, contribution__reference__isnull=False).first()
    if attempt and not attempt.is_settled():
        settling.look(attempt)


def hear_again(now: datetime) -> int:
    """Ask every company for events that were never delivered, and work them; how many were new. Harmless twice."""
    return sum(companies.each(receiving.hear_again))


def reconcile(now: datetime) -> int:
    """Compare our record with every company's statement; how many things differ.

    A payment that no event told is fetched and booked. A company that does not answer is left for the next night.
    """
    return sum(companies.each(lambda code, company: reconciling.reconcile(code, company, now).differences))


def ring(now: datetime) -> int:
    """Write to the treasurers when a company's statement has not been compared for 36 hours; of how many companies."""
    return ringing.ring(now)


def announce(now: datetime) -> int:
    """Write to whose yearly gift is due within two weeks; how many letters are new."""
    return announcing.announce(now)


def remind(now: datetime) -> int:
    """Ask whose payment is due where nothing is taken by itself; how many letters are new."""
    return renewing.remind(now)


def stop(*, contribution: UUID, by: str, reason: str) -> bool:
    """Take no further payment of a recurring contribution; whether the company has confirmed it already.

    The wish is committed first: False means that it is being passed on until the company confirms.
    Raises NothingToStop.
    """
    found = Contribution.objects.filter(pk=contribution).exclude(cadence=Cadence.ONCE)
    gift = found.filter(reference__isnull=False).first()
    if gift is None:
        raise NothingToStop("this contribution takes no further payment")
    with transaction.atomic(durable=True):
        cancellation, _ = Cancellation.objects.get_or_create(
            contribution=gift, defaults={"by": by, "reason": reason[:200]}
        )
    return settling.settle(cancellation, now=timezone.now()) or cancellation.is_settled()


def change_amount(*, contribution: UUID, amount: Money, by: str) -> bool:
    """From the next payment on a recurring contribution is this much; whether the company has confirmed it already.

    The wish is committed first. Raises NotAccepted, with nothing changed.
    """
    checkout.check_amount(amount)
    return _change(contribution, Change.AMOUNT, amount=amount, by=by)


def pause(*, contribution: UUID, days: int, by: str) -> bool:
    """Take no payment of a recurring contribution for 30, 60 or 90 days, 0 to go on; whether it is confirmed already.

    Raises NotAccepted, with nothing changed.
    """
    if days not in (changing.GO_ON, *changing.PAUSES):
        raise NotAccepted("a pause is of 30, 60 or 90 days")
    return _change(contribution, Change.PAUSE, days=days, by=by)


def pay_otherwise(*, contribution: UUID) -> str:
    """Where the giver pays what is due or waits by another card, or says by what it is paid from now on.

    Raises NotAccepted where neither can be done, TryLater, GiveUp.
    """
    gift = queries.gift(contribution)
    if gift is None or not queries.can_pay_otherwise(gift):
        raise NotAccepted("this contribution is not paid in another way")
    if queries.is_due(gift):
        return renewing.open_payment(gift.id)
    back = addresses.thanks(gift.id, gift.language)
    return gift.mend_url or companies.company(gift.provider).method_url(gift.ref, back)


def _change(contribution: UUID, kind: Change, *, by: str, amount: Money | None = None, days: int | None = None) -> bool:
    gift = queries.gift(contribution)
    is_alike = gift is not None and (amount is None or amount.currency == gift.amount.currency)
    if gift is None or not is_alike or not gift.can_change or kind not in queries.changes(gift):
        raise NotAccepted("this contribution cannot be changed so")
    with transaction.atomic(durable=True):
        wish = changing.ask(contribution, kind, amount=amount, days=days, by=by)
    return settling.settle(wish, now=timezone.now()) or wish.is_settled()


def refund(*, payment: int, by: str, reason: str, key: str, amount: Money | None = None) -> bool:
    """Give `amount` of a payment back, or all that is left; whether the company has done it already.

    The decision is committed first, once for each key: False means that it is being passed on, or that a second
    person must decide. Books and letter follow from what the company then says. Raises TooMuch when no more than
    that is left.
    """
    with transaction.atomic(durable=True):
        request = refunding.ask(payment, amount, by=by, reason=reason, key=key)
    return settling.settle(request, now=timezone.now()) or request.is_settled()


def decide_refund(*, request: UUID, by: str, is_approved: bool) -> bool:
    """A second person decides on a large refund; whether the company has done it already.

    Raises SamePerson for who asked for it, LookupError when nothing waits for a decision.
    """
    with transaction.atomic(durable=True):
        decided = refunding.decide(request, by=by, is_approved=is_approved)
    return is_approved and (settling.settle(decided, now=timezone.now()) or decided.is_settled())


def replay(errand: UUID) -> bool:
    """Try again what was given up (an event, a stop, a refund); whether it is settled now."""
    return settling.settle_again(errand, now=timezone.now())


def forget_supporter(*, contribution: UUID) -> None:
    """Erase the address of who gave this, wherever it stands, and have the companies forget them too.

    What recurs is stopped. Amounts, days and receipt numbers stay in the books, where they name nobody. Safe twice.
    """
    for errand in forgetting.forget(contribution):
        settling.settle(errand, now=timezone.now())


def show_key(*, contribution: UUID) -> str:
    """The private address's key for the thanks page: the first time within the hour; ever after empty."""
    return keys.to_show(Contribution.objects.get(pk=contribution), timezone.now())


def forget_unpaid(now: datetime) -> int:
    """Erase the addresses of gifts not paid within thirty days, and what payers wrote of transfers that nobody has
    placed for sixty; how many. One paid later still is booked, without a receipt."""
    return forgetting.forget_unpaid(now) + placing.forget_words(now)


def forget_keys(now: datetime) -> int:
    """Erase private addresses' readable copies that are an hour old, and used-up sums; how many."""
    return keys.forget(now) + shield.forget(now)

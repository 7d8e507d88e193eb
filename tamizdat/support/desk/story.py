"""Everything that happened to one gift, in its order, on one screen of the desk."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from tamizdat.ledger import queries as ledger
from tamizdat.letters import queries as letters
from tamizdat.money import Money
from tamizdat.support.giver import notes
from tamizdat.support.models import Contribution, Damaged, Event, RefundRequest, Wish
from tamizdat.support.rules.values import Told

LATEST = 200  # events of one gift
WENT_BACK = {"refund": "given back", "refund_failure": "came again", "dispute": "moved by a dispute"}


def of_gift(contribution: UUID) -> list[Told]:
    """Earliest first: promised, asked, told, booked, written. Nothing says who gave."""
    gift = Contribution.objects.get(pk=contribution)
    parts = (_promised(gift), _paid(gift), _asked(gift), _became(gift), _events(gift), _letters(gift))
    return sorted((told for part in parts for told in part), key=lambda told: told.at)


def _promised(gift: Contribution) -> Iterator[Told]:
    yield Told(gift.created_at, f"promised: {gift.amount} {gift.cadence} through {gift.provider}")
    for wish in gift.wishes.all():
        wanted = _wanted(wish)
        yield Told(wish.asked_at, f"another wish: {wanted}", wish.by, wish.reason)
        if wish.confirmed_at and wish.by != gift.provider:
            yield Told(wish.confirmed_at, f"{wanted}: confirmed", gift.provider)


def _wanted(wish: Wish) -> str:
    if wish.amount_minor:
        return str(wish.amount)
    return f"a pause until {wish.until:%Y-%m-%d}" if wish.until else "to go on"


def _paid(gift: Contribution) -> Iterator[Told]:
    for payment in gift.payments.all():
        yield Told(
            payment.paid_at, f"payment {payment.receipt_number} of {payment.gross}", gift.provider,
            lines=_lines(payment.entry_key), key=payment.entry_key,
        )  # fmt: skip
        for back in payment.returns.all():
            amount = back.amount if back.amount.minor > 0 else -back.amount
            what = f"{amount} of {payment.receipt_number} {WENT_BACK[back.kind]}"
            yield Told(back.at, what, gift.provider, lines=_lines(back.entry_key), key=back.entry_key)
        for dispute in payment.disputes.all():
            stands = dispute.outcome or "open"
            yield Told(dispute.opened_at, f"dispute of {payment.receipt_number}: {stands}", gift.provider)


def _lines(key: str) -> tuple[tuple[str, Money], ...]:
    return tuple((line.account, line.amount) for line in ledger.lines(key))


def _asked(gift: Contribution) -> Iterator[Told]:
    asked_for = RefundRequest.objects.filter(payment__contribution=gift)
    for asked in asked_for.select_related("payment", "decision", "carried_out"):
        how_much = asked.amount or "all that is left"
        what = f"to give back: {how_much} of {asked.payment.receipt_number}"
        yield Told(asked.asked_at, what, asked.by, asked.reason)
        if decided := getattr(asked, "decision", None):
            yield Told(decided.at, "agreed to" if decided.is_approved else "refused", decided.by)
        if done := getattr(asked, "carried_out", None):
            yield Told(done.at, "carried out by hand", done.by)
    if stop := getattr(gift, "cancellation", None):
        yield Told(stop.asked_at, "to be stopped", stop.by, stop.reason)
    if forgetting := getattr(gift, "forgetting", None):
        yield Told(forgetting.asked_at, "to be forgotten", "supporter")


def _became(gift: Contribution) -> Iterator[Told]:
    if refusal := getattr(gift, "refusal", None):
        yield Told(refusal.at, f"came to nothing: {refusal.kind}", gift.provider)
    for tried in gift.failed_tries.all():
        yield Told(tried.at, f"try {tried.number} at a renewal failed", gift.provider)
    for renewal in gift.renewals.all():
        yield Told(renewal.at, "came to pay what is due", "supporter")
    for end in gift.card_ends.all():
        yield Told(end.at, f"the card that pays is good until {end.on}", gift.provider)
    for due in gift.past_dues.all():
        yield Told(due.since, "past due", gift.provider)
        if due.healed_at:
            yield Told(due.healed_at, "no longer past due", gift.provider)
    if ending := getattr(gift, "ending", None):
        yield Told(ending.ended_at, "ended", gift.provider)


def _events(gift: Contribution) -> Iterator[Told]:
    told = Event.objects.filter(provider=gift.provider, reference__in=gift.names.values("text"))
    events = list(told.order_by("-received_at")[:LATEST])
    given_up = dict(Damaged.objects.filter(errand__in=[one.pk for one in events]).values_list("errand", "why"))
    for event in events:
        waits = f"waits until {event.due_at:%Y-%m-%d %H:%M} UTC" if event.due_at else ""
        stands = given_up.get(event.pk) or waits
        yield Told(event.received_at, f"event {event.kind}", gift.provider, stands, key=event.event_id)


def _letters(gift: Contribution) -> Iterator[Told]:
    for letter in letters.written(notes.keys_of(gift)):
        stands = f"{letter.outcome}, {letter.ended_at:%Y-%m-%d %H:%M} UTC" if letter.ended_at else "has not left yet"
        yield Told(letter.written_at, f"letter “{letter.kind}”", "", stands)

"""What other rooms may ask about gifts. Values out; no answer says who gave."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet, Sum
from django.utils import timezone

from tamizdat.money import Money
from tamizdat.months import Month
from tamizdat.newsroom import queries as newsroom
from tamizdat.support import companies, outages
from tamizdat.support.brought.looking import brings_statements as brings_statements
from tamizdat.support.brought.looking import evidence as evidence
from tamizdat.support.brought.looking import last_brought as last_brought
from tamizdat.support.brought.looking import slips_of as slips_of
from tamizdat.support.brought.looking import takes_by_hand as takes_by_hand
from tamizdat.support.brought.looking import to_hand_back as to_hand_back
from tamizdat.support.brought.looking import to_transfer as to_transfer
from tamizdat.support.brought.looking import unclear as unclear
from tamizdat.support.desk import earning, refunding, soundness, story
from tamizdat.support.giver import changing, keys, names
from tamizdat.support.models import Contribution, Damaged, Difference, Payment, Reconciliation
from tamizdat.support.rules.contract import Cadence, Change
from tamizdat.support.rules.renewing import due_after
from tamizdat.support.rules.standing import Facts, Standing, standing
from tamizdat.support.rules.values import Disagreed, Earned, Gift, LargeRefund, Method, Paid, Told, Trouble


def methods(currency: str = "") -> list[Method]:
    """The ways to pay in this currency, else in the newsroom's, that a reader may choose, in newsroom.toml's order."""
    on = companies.taking(currency or newsroom.configuration().giving.currency)
    return [Method(can.code, can.label, can.cadences, can.changes, can.asks_each_time) for can in on if can.cadences]


def offered(currency: str) -> list[Method]:
    """The same for a reader who chooses: without a company that does not answer just now, while there is another."""
    every, silent = methods(currency), outages.present(timezone.now())
    return [method for method in every if method.code not in silent] or every


def changes(gift: Gift) -> frozenset[Change]:
    """What its company lets one change of a gift that goes on; not the amount in a currency that is taken no more."""
    its = (method.changes for method in methods(gift.amount.currency) if method.code == gift.provider)
    is_taken = gift.amount.currency in newsroom.configuration().giving.prices
    return next(its, frozenset()) - (frozenset() if is_taken else {Change.AMOUNT})


def is_due(gift: Gift) -> bool:
    """Whether its next payment waits for its giver."""
    return gift.next_due is not None and gift.next_due <= newsroom.today()


def can_pay_otherwise(gift: Gift) -> bool:
    """Whether its giver may say by what it is paid from now on, pay what waits by another card, or pay what is due."""
    return bool(gift.mend_url) or is_due(gift) or (gift.can_change and Change.METHOD in changes(gift))


def why_no_methods() -> str:
    """Why there is no way to give, in words for the desk; empty when there is one."""
    return companies.why_none()


def provider_findings() -> list[str]:
    """What is wrong with the ways to pay, in sentences with remedies. Asks the companies, a second or two each."""
    return companies.findings()


def supporters(month: Month) -> int:
    """How many contributions have a payment in that month that was not given back whole."""
    kept = _kept_payments().filter(day__range=(month.first_day, month.last_day))
    return kept.values("contribution").distinct().count()


def gifts_since(when: datetime) -> int:
    """How many payments were recorded after that moment."""
    return Payment.objects.filter(recorded_at__gt=when).count()


def has_given_since(recipients: Collection[UUID], since: datetime) -> bool:
    """Whether any of these recipients has a payment since then."""
    return Payment.objects.filter(contribution__recipient__in=recipients, paid_at__gte=since).exists()


def has_replied(reply_token_hash: str, since: datetime) -> bool:
    """Whether a payment since then came by the link whose token has this SHA-256, in hexadecimal."""
    found = Payment.objects.filter(contribution__reply_token_hash=reply_token_hash, paid_at__gte=since)
    return bool(reply_token_hash) and found.exists()


def earned(sources: Collection[str] | None = None) -> list[Earned]:
    """What came of these sources, or of all, by UTC day, earliest first; apart, in currencies without a known rate.

    A gift counts once, on the day of its first payment, unless that was given back whole; money of each payment
    counts, less what went back of it since by refund or dispute.
    """
    return earning.by_day(sources)


def latest_payments(limit: int = 20) -> list[Paid]:
    """The payments recorded last, latest first."""
    return [_paid(payment) for payment in _payments().order_by("-recorded_at", "-id")[:limit]]


def find_gifts(amount: Money | None = None, day: date | None = None, ref: str = "", *, limit: int = 25) -> list[Gift]:
    """Gifts that fit everything given, latest first: how the desk finds the gift of a lost private address.

    `day` is that of a payment in the newsroom's time zone; `ref` a piece, three letters or more, of what the company
    calls the gift, a payment or a refund, or the number on a receipt.
    """
    found = Contribution.objects.order_by("-created_at")
    if amount:
        found = found.filter(amount_minor=amount.minor, currency=amount.currency)
    if day:
        found = found.filter(pk__in=Payment.objects.filter(day=day).values("contribution"))
    if ref:
        found = found.filter(_by_reference(ref.strip()))
    ids = list(found.values_list("pk", flat=True)[:limit])
    rows = {row.pk: row for row in _gifts().filter(pk__in=ids)}
    asking = companies.asking()
    return [_gift(rows[id], asking) for id in ids]


def _by_reference(ref: str) -> Q:
    receipt = re.fullmatch(r"[0-9]{4}-([0-9]{6,15})", ref)
    numbered = Payment.objects.filter(pk=int(receipt[1])) if receipt else Payment.objects.none()
    return Q(pk__in=[*names.gifts_with(ref), *numbered.values_list("contribution", flat=True)])


def gift(contribution: UUID) -> Gift | None:
    """One gift."""
    row = _gifts().filter(pk=contribution).first()
    return row and _gift(row, companies.asking())


def gift_at(key: str) -> Gift | None:
    """The gift of a private address. Only digests are compared, by an index: a near miss takes no longer."""
    row = _gifts().filter(key_hash=keys.digest(key)).first()
    return row and _gift(row, companies.asking())


def thanks(token: str) -> Gift | None:
    """The gift of a thanks page; None when the token is not ours."""
    contribution = keys.read_thanks_token(token)
    return gift(contribution) if contribution else None


def to_mend(token: str) -> Gift | None:
    """The gift that a letter about a card is about; None when the token is not ours."""
    contribution = keys.read_mend_token(token)
    return gift(contribution) if contribution else None


def damaged() -> list[Trouble]:
    """What was given up, oldest first."""
    rows = Damaged.objects.order_by("at")
    return [Trouble(row.errand, row.kind, row.company, row.why, row.at) for row in rows]


def story_of(contribution: UUID) -> list[Told]:
    """All that happened to a gift, earliest first. Raises LookupError."""
    return story.of_gift(contribution)


def large_refunds() -> list[LargeRefund]:
    """Refunds that wait for a second person, oldest first."""
    rows = refunding.waiting().select_related("payment__contribution").prefetch_related("payment__returns")
    return [
        LargeRefund(
            request=row.pk,
            contribution=row.payment.contribution_id,
            number=row.payment.receipt_number,
            amount=row.amount or Money(row.payment.gross_minor - row.payment.returned_minor(), row.payment.currency),
            by=row.by,
            reason=row.reason,
            asked_at=row.asked_at,
        )
        for row in rows
    ]


def differences() -> list[Disagreed]:
    """In what our books and the companies' statements disagree, oldest first, each with its likely cause."""
    rows = Difference.objects.filter(settled_at=None)
    return [Disagreed(row.provider, row.kind, row.ref, row.said, row.since) for row in rows]


def reconciled() -> dict[str, datetime]:
    """By company, when its statement was compared last."""
    return dict(Reconciliation.objects.order_by("at").values_list("provider", "at"))


def self_checks() -> list[str]:
    """What is wrong at the till, a sentence each; empty when all is well."""
    return soundness.complaints()


def _kept_payments() -> QuerySet[Payment]:
    went_back = Payment.objects.annotate(back=Sum("returns__amount_minor"))
    return went_back.filter(Q(back=None) | Q(back__lt=F("gross_minor")))


def _payments() -> QuerySet[Payment]:
    return Payment.objects.select_related("contribution").prefetch_related(
        "returns", "refund_requests__decision", "disputes"
    )


def _gifts() -> QuerySet[Contribution]:
    told = ("attempt", "reference", "refusal", "ending", "cancellation")
    return Contribution.objects.select_related(*told).prefetch_related(
        "payments__returns",
        "payments__refund_requests__decision",
        "payments__disputes",
        "past_dues",
        "failed_tries",
        "wishes",
    )


def _gift(row: Contribution, asking: Collection[str]) -> Gift:
    """`asking` are the companies that take nothing by themselves."""
    paid, cadence = tuple(_paid(payment) for payment in row.payments.all()), Cadence(row.cadence)
    wishes = row.wishes.all()
    paused_until = changing.paused_until(wishes, timezone.now())
    attempt, ending, refusal = (getattr(row, name, None) for name in ("attempt", "ending", "refusal"))
    facts = Facts(
        cadence=cadence,
        is_paid=bool(paid),
        is_refunded=all(payment.is_refunded for payment in paid),
        refusal=refusal.kind if refusal else "",
        is_stop_asked=hasattr(row, "cancellation"),
        has_ended=ending is not None,
        is_past_due=any(one.healed_at is None for one in row.past_dues.all()),
        is_paused=paused_until is not None,
    )
    stands = standing(facts)
    last = paid[-1].day if paid and stands is Standing.RUNNING else None
    return Gift(
        id=row.pk,
        amount=row.current_amount,
        cadence=cadence,
        provider=row.provider,
        ref=row.reference.ref if hasattr(row, "reference") else "",
        source=row.source,
        language=row.language,
        standing=stands,
        begun_at=row.created_at,
        ended_at=ending.ended_at if ending else None,
        instructions=tuple((label, value) for label, value in attempt.instructions) if attempt else (),
        camera_code=attempt.camera_code if attempt else "",
        mend_url=_mend_url(row),
        has_address=row.recipient is not None,
        payments=paid,
        paused_until=paused_until,
        wished=changing.waiting_kinds(wishes),
        next_due=due_after(last, cadence) if last and row.provider in asking else None,
    )


def _mend_url(row: Contribution) -> str:
    """Where the company takes another card; empty unless it waits for one."""
    waits = any(one.healed_at is None for one in row.past_dues.all())
    tries = list(row.failed_tries.all()) if waits and not hasattr(row, "ending") else []
    return tries[-1].mend_url if tries else ""


def _paid(row: Payment) -> Paid:
    asked = row.refund_requests.all()
    open_disputes = [dispute for dispute in row.disputes.all() if not dispute.outcome]
    return Paid(
        id=row.pk,
        contribution=row.contribution_id,
        number=row.receipt_number,
        gross=row.gross,
        fee=row.fee,
        refunded=Money(row.returned_minor(), row.currency),
        day=row.day,
        paid_at=row.paid_at,
        provider=row.provider,
        ref=row.provider_id,
        cadence=Cadence(row.contribution.cadence),
        source=row.contribution.source,
        is_refund_asked=any(one.due_at is not None for one in asked),
        needs_second=any(one.needs_second and not hasattr(one, "decision") for one in asked),
        is_disputed=bool(open_disputes),
        claim_url=next((one.claim_url for one in reversed(row.returns.all()) if one.claim_url), ""),
        respond_by=min((dispute.respond_by for dispute in open_disputes if dispute.respond_by), default=None),
    )

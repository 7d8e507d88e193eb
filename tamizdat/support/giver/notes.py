"""The letters of this room. Each is written at most once, and only to who left an address."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tamizdat.letters import actions as letters
from tamizdat.letters import queries as post
from tamizdat.newsroom import queries as newsroom
from tamizdat.support.giver import addresses, keys
from tamizdat.support.models import Asking, CardEnd, Contribution, FailedTry, PastDue, Payment, Return
from tamizdat.support.rules.contract import Cadence, Instructions

MOST_FAILURES = 3  # letters about one renewal


def receipt(payment: Payment, *, now: datetime) -> None:
    """The receipt; the first one brings the private address."""
    gift = payment.contribution
    is_first = not gift.payments.exclude(pk=payment.pk).exists()
    key = keys.for_receipt(gift, now) if gift.recipient and is_first else ""
    _write(
        "receipt",
        gift,
        key=payment.entry_key,
        amount=payment.gross,
        day=payment.day,
        number=payment.receipt_number,
        private_address=addresses.private(key, gift.language) if key else "",
    )


def transfer(gift: Contribution, said: Instructions, *, now: datetime) -> None:
    """How to transfer, with the private address: the receipt comes in days, when its key is no longer kept."""
    key = keys.for_receipt(gift, now) if gift.recipient else ""
    _write(
        "transfer",
        gift,
        key=f"transfer:{gift.pk}",
        steps=[list(step) for step in said.steps],
        private_address=addresses.private(key, gift.language) if key else "",
    )


def refund(refund: Return) -> None:
    payment = refund.payment
    _write(
        "refund",
        payment.contribution,
        key=refund.entry_key,
        amount=refund.amount,
        day=refund.day,
        number=payment.receipt_number,
        claim_url=refund.claim_url,
    )


def failed(tried: FailedTry) -> None:
    """The card failed: what happens next, and where to mend it. Nobody who gives otherwise is troubled."""
    gift = tried.contribution
    if tried.number > MOST_FAILURES or gives_otherwise(gift):
        return
    _write(
        "failed", gift, key=_failed_key(tried),
        amount=gift.current_amount, number=tried.number,
        mend_url=addresses.mend(gift.pk, gift.language) if tried.mend_url else "",
    )  # fmt: skip


def _failed_key(tried: FailedTry) -> str:
    return f"failed:{tried.contribution_id}:{tried.number}:{tried.period}"[:100]


def gives_otherwise(gift: Contribution) -> bool:
    """Whether the same person has another gift that recurs, was paid and goes on."""
    if gift.recipient is None:
        return False
    others = Contribution.objects.filter(recipient__in=post.same_address(gift.recipient), ending=None)
    waiting = PastDue.objects.filter(healed_at=None).values("contribution")
    others = others.exclude(pk=gift.pk).exclude(cadence=Cadence.ONCE).exclude(pk__in=waiting)
    return others.filter(payments__isnull=False).exists()


def annual(last: Payment, due: datetime) -> bool:
    """It is taken again soon; whether the letter is new."""
    gift = last.contribution
    return _write(
        "annual", gift, key=_annual_key(last), amount=gift.current_amount, day=newsroom.today(due),
    )  # fmt: skip


def _annual_key(last: Payment) -> str:
    return f"annual:{last.pk}"


def renew(asked: Asking) -> bool:
    """A payment is due that nobody takes: where to make it; whether the letter is new."""
    gift = asked.contribution
    return _write(
        "renew", gift, key=_renew_key(asked), amount=gift.current_amount, number=asked.number,
        pay_url=addresses.mend(gift.pk, gift.language),
    )  # fmt: skip


def _renew_key(asked: Asking) -> str:
    return f"renew:{asked.contribution_id}:{asked.due_on}:{asked.number}"


def card_ends(noted: CardEnd) -> None:
    """The card that pays is good no longer than that: where to write down another."""
    gift = noted.contribution
    _write(
        "card_ends", gift, key=_card_key(noted), amount=gift.current_amount, day=noted.on,
        mend_url=addresses.mend(gift.pk, gift.language),
    )  # fmt: skip


def _card_key(noted: CardEnd) -> str:
    return f"card_ends:{noted.contribution_id}:{noted.on}"


def stopped(gift: Contribution) -> None:
    _write("stopped", gift, key=f"stopped:{gift.pk}", amount=gift.current_amount)


def keys_of(gift: Contribution) -> list[str]:
    """By what the letters about a gift are called, those that were never written among them."""
    payments = list(gift.payments.all())
    returns = Return.objects.filter(payment__in=payments)
    return [
        f"transfer:{gift.pk}", f"stopped:{gift.pk}", *(one.entry_key for one in (*payments, *returns)),
        *(_annual_key(one) for one in payments), *(_failed_key(one) for one in gift.failed_tries.all()),
        *(_renew_key(one) for one in gift.askings.all()), *(_card_key(one) for one in gift.card_ends.all()),
    ]  # fmt: skip


def _write(kind: str, gift: Contribution, *, key: str, **said: Any) -> bool:
    """Whether it is a new letter, to somebody."""
    if not gift.recipient:
        return False
    return letters.send(kind, to=gift.recipient, key=key, context={"cadence": gift.cadence, **said})

"""Our record beside a company's own statement: what never came is fetched, what disagrees is laid before a person."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from tamizdat.ledger import actions as ledger
from tamizdat.ledger import queries as books
from tamizdat.ledger.rules.entries import Line
from tamizdat.money import Money
from tamizdat.newsroom import queries as newsroom
from tamizdat.support.models import Cursor, Difference, Payment, Reconciliation, Return, StatementRow
from tamizdat.support.rules.contract import GiveUp, Provider, StatementLine, TryLater
from tamizdat.support.rules.gifts import STATED, statement_lines
from tamizdat.support.truth.recording import Disagreement, record

log = logging.getLogger("tamizdat.support")

PAGES = 10_000
MOST_REPAIRS = 500
SETTLING = timedelta(days=3)  # a company's report may come that much later than its event


@dataclass(frozen=True, slots=True)
class Found:
    """One disagreement, with its likely cause in words."""

    kind: str
    ref: str
    said: str


def reconcile(code: str, company: Provider, now: datetime) -> Reconciliation:
    """Read the statement on, book what only it tells, fetch what no event told, and note what disagrees.

    Safe twice and at any time; what was read is kept even when the company fails half way. Raises TryLater, GiveUp.
    """
    rows = sum(_keep(code, page, cursor) for page, cursor in _pages(code, company))
    _count_anew()
    repaired = _repair(code, company)
    _weigh_payouts(code, company)
    found = list(differences(code, now))
    return _note(code, found, now=now, rows=rows, repaired=repaired)


def _pages(code: str, company: Provider) -> Iterator[tuple[list[StatementLine], str]]:
    cursor = Cursor.objects.filter(provider=code, of="lines").values_list("value", flat=True).first() or ""
    for _ in range(PAGES):
        page, cursor = company.lines_since(cursor)
        if not page:
            return
        yield page, cursor


@transaction.atomic
def _keep(code: str, page: list[StatementLine], cursor: str) -> int:
    """The rows that are new, how far was read, and the entries of what only a statement tells: all or nothing."""
    known = set(
        StatementRow.objects.filter(provider=code, provider_id__in=[line.id for line in page]).values_list(
            "provider_id", flat=True
        )
    )
    new = [_row(code, line) for line in page if line.id not in known]
    StatementRow.objects.bulk_create(new)
    for row in new:
        if row.kind in STATED and row.net_minor:
            _book(row)
    Cursor.objects.update_or_create(provider=code, of="lines", defaults={"value": cursor})
    return len(new)


def _count_anew() -> None:
    """Let PostgreSQL see how much there is: for what it has not looked at it plans as if it were next to nothing.

    A first long statement would then be compared row by row with every other: a year of 200,000 payments for half an
    hour. SQLite plans by its indexes.
    """
    if connection.vendor == "postgresql":
        tables = ", ".join(model._meta.db_table for model in (StatementRow, Payment, Return))
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {tables}")


def _row(code: str, line: StatementLine) -> StatementRow:
    return StatementRow(
        provider=code,
        provider_id=line.id,
        kind="refund_failure" if line.kind == "refund" and line.gross.minor > 0 else line.kind,
        ref=line.ref,
        about=line.about,
        gross_minor=line.gross.minor,
        fee_minor=line.fee.minor,
        net_minor=line.net.minor,
        currency=line.net.currency,
        at=line.at,
        day=newsroom.today(line.at),
    )


def _book(row: StatementRow) -> None:
    what = {"payout": "Paid out to the bank", "fee": "Fee", "exchange": "Exchanged"}[row.kind]
    lines: list[Line] = statement_lines(row.provider, row.kind, net=row.net)
    ledger.post(
        key=row.entry_key, on=books.open_day(row.day), what=f"{what}: {row.provider} {row.provider_id}", lines=lines
    )


def _repair(code: str, company: Provider) -> int:
    """Fetch what the statement names and no event told; how many gifts that mended."""
    missing = [row for kind in ("charge", *Return.KINDS) for row in _unrecorded(code, kind)[:MOST_REPAIRS]]
    repaired = 0
    for about in dict.fromkeys(row.about for row in missing if row.about):
        try:
            record(code, company.fetch(about))
        except (Disagreement, GiveUp, TryLater) as error:
            log.info("%s: what the statement says of %s could not be put on record: %s", code, about, error)
        else:
            log.warning("%s: %s stood in the statement and no event had told it; it is on record now", code, about)
            repaired += 1
    return repaired


def _weigh_payouts(code: str, company: Provider) -> None:
    """What each payout's rows come to, by the company's own list, if it has one."""
    payouts = StatementRow.objects.filter(provider=code, kind="payout")
    for row in payouts.filter(Q(holds_minor=None) | ~Q(holds_minor=-F("net_minor"))):
        holds = company.paid_out(row.ref)
        if holds is not None:
            StatementRow.objects.filter(pk=row.pk).update(holds_minor=holds.minor)


def differences(code: str, now: datetime) -> Iterator[Found]:
    """Everything in which our record and the statement disagree."""
    yield from _payments(code, now)
    for kind in Return.KINDS:
        yield from _returns(code, kind, now)
    for row in StatementRow.objects.filter(provider=code, kind="payout").exclude(holds_minor=-F("net_minor")):
        if row.holds_minor is not None:
            said = (
                f"The payout of {_money(-row.net_minor, row)} of {row.day} holds rows of {_money(row.holds_minor, row)}"
            )
            yield Found("payout", row.ref, f"{said}: the company keeps a reserve, or a row is missing. Ask it.")


def _payments(code: str, now: datetime) -> Iterator[Found]:
    for row in _unrecorded(code, "charge"):
        said = f"The statement has {_money(row.gross_minor, row)} of {row.day} that no gift of ours answers to"
        yield Found("missing payment", row.ref, f"{said}: another shop on the same account, or a lost database.")
    ours = Payment.objects.filter(provider=OuterRef("provider"), provider_id=OuterRef("ref"))
    rows = StatementRow.objects.filter(provider=code, kind="charge")
    rows = _beside(rows, ours, "settled_currency")
    for row in rows.exclude(ours=None).exclude(ours=F("gross_minor"), cost=F("fee_minor"), held_in=F("currency")):
        kind = "other fee" if (row.ours, row.held_in) == (row.gross_minor, row.currency) else "other amount"
        held, cost = Money(row.ours, row.held_in), Money(row.cost, row.held_in)
        said = f"{held} with a fee of {cost} is on record, the statement says "
        said += f"{_money(row.gross_minor, row)} with {_money(row.fee_minor, row)}"
        yield Found(kind, row.ref, f"{said}: the company changed it since. Book the difference.")
    settled = Payment.objects.filter(provider=code, paid_at__lt=now - SETTLING)
    for payment in _unknown(settled, "charge"):
        said = f"{payment.gross} of {payment.day} is on record, and the statement does not know it"
        yield Found("unknown payment", payment.provider_id, f"{said}: is it another account's? Ask the company.")


def _returns(code: str, kind: str, now: datetime) -> Iterator[Found]:
    words = kind.replace("_", " ")
    for row in _unrecorded(code, kind):
        said = f"The statement has a {words} of {_money(row.gross_minor, row)} of {row.day} that is not on record"
        yield Found(f"missing {words}", row.ref, f"{said}: made at the company's own desk, of a gift not ours?")
    ours = Return.objects.filter(provider=OuterRef("provider"), kind=kind, provider_id=OuterRef("ref"))
    rows = StatementRow.objects.filter(provider=code, kind=kind)
    rows = _beside(rows, ours, "payment__settled_currency")
    for row in rows.exclude(ours=None).exclude(ours=-F("gross_minor"), cost=F("fee_minor"), held_in=F("currency")):
        held = Money(row.ours, row.held_in)
        said = f"A {words} of {held} is on record, the statement says {_money(-row.gross_minor, row)}"
        yield Found(f"other {words}", row.ref, f"{said}: the company changed it since. Book the difference.")
    for back in _unknown(Return.objects.filter(provider=code, kind=kind, at__lt=now - SETTLING), kind):
        said = f"A {words} of {back.amount} of {back.day} is on record, and the statement does not know it"
        yield Found(f"unknown {words}", back.provider_id, f"{said}: did the company take it back? Ask it.")


def _beside(rows: QuerySet[StatementRow], ours: QuerySet[Any], currency: str) -> QuerySet[Any]:
    """Each row with what is on record of it: as it moved in the company's account, its fee, and their currency."""
    return rows.annotate(
        ours=Subquery(ours.values("settled_minor")),
        cost=Subquery(ours.values("fee_minor")),
        held_in=Subquery(ours.values(currency)),
    )


def _unrecorded(code: str, kind: str) -> QuerySet[StatementRow]:
    """Rows of a kind that nothing on record answers to."""
    answers = Payment.objects.all() if kind == "charge" else Return.objects.filter(kind=kind)
    ours = answers.filter(provider=OuterRef("provider"), provider_id=OuterRef("ref"))
    return StatementRow.objects.filter(~Exists(ours), provider=code, kind=kind)


def _unknown(ours: QuerySet[Any], kind: str) -> QuerySet[Any]:
    """What is on record and in no statement."""
    rows = StatementRow.objects.filter(provider=OuterRef("provider"), kind=kind, ref=OuterRef("provider_id"))
    return ours.filter(~Exists(rows))


def _money(minor: int, row: StatementRow) -> str:
    return str(Money(minor, row.currency))


@transaction.atomic
def _note(code: str, found: Iterable[Found], *, now: datetime, rows: int, repaired: int) -> Reconciliation:
    """Open what is new, settle what is no longer found."""
    named = {(one.kind, one.ref): one for one in found}
    standing = {(one.kind, one.ref): one for one in Difference.objects.filter(provider=code, settled_at=None)}
    over = [one.pk for key, one in standing.items() if key not in named]
    Difference.objects.filter(pk__in=over).update(settled_at=now)
    Difference.objects.bulk_create(
        Difference(provider=code, kind=one.kind, ref=one.ref, said=one.said, since=now)
        for key, one in named.items()
        if key not in standing
    )
    return Reconciliation.objects.create(provider=code, at=now, rows=rows, repaired=repaired, differences=len(named))

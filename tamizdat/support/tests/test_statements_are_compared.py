"""Our books beside a company's own statement: every difference is found, and nothing else."""

import time
from collections import Counter
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from tamizdat.ledger import queries as ledger
from tamizdat.support import actions, queries
from tamizdat.support.models import Difference, Event, Payment, Reconciliation, StatementRow
from tamizdat.support.rules.contract import Cadence, GiveUp, Notice, StatementLine, TryLater
from tamizdat.support.tests.statements import KINDS, Year, usd
from tests.soak import SEED, record, tries


def statement(company, year):
    company.lines, company.payouts, company.page = year.lines, year.payouts, 1_000
    return year


def compare():
    return actions.reconcile(timezone.now())


def found():
    return {(one.kind, one.ref) for one in queries.differences()}


@pytest.mark.timeout(1800)
def test_what_is_planted_is_found_and_nothing_else(open_till):
    # Committed, as it is where money is real: of rows that nobody else sees PostgreSQL would believe there are none.
    n, plant = tries(soak=200_000, test=2_000), tries(soak=500, test=48)
    year = statement(open_till, Year(payments=n, plant=plant, seed=SEED, booked=False))
    begun = time.monotonic()
    compare()
    seconds = time.monotonic() - begun
    false, missed = found() - year.planted, year.planted - found()
    kinds = Counter(kind for kind, _ in found())
    record(
        "differences planted in a year", n=n, seed=SEED, planted=len(year.planted), found=len(found() & year.planted),
        false=len(false), seconds=round(seconds, 1), kinds=dict(kinds),
    )  # fmt: skip
    assert (false, missed) == (set(), set())
    assert len(year.planted) == plant and set(kinds) == set(KINDS)


def test_a_year_without_differences_is_booked_to_the_bank(company):
    statement(company, Year(payments=400, plant=0, seed=SEED))
    assert compare() == 0
    assert ledger.self_checks() == [] and queries.self_checks() == []
    out = sum(line.net.minor for line in company.lines if line.kind == "payout")
    assert ledger.balance("assets:bank", "USD").minor == -out > 0


def test_comparing_twice_changes_nothing(company):
    year = statement(company, Year(payments=400, plant=16, seed=SEED))
    compare()
    rows, since = StatementRow.objects.count(), list(Difference.objects.values_list("since", flat=True))
    compare()
    assert (StatementRow.objects.count(), found()) == (rows, year.planted)
    assert list(Difference.objects.values_list("since", flat=True)) == since
    assert [one.rows for one in Reconciliation.objects.order_by("pk")] == [rows, 0]


def test_a_payment_that_no_event_told_is_booked_and_noted(company, give, caplog):
    contribution, ref = give(cadence=Cadence.ONCE)
    charge = company.pay(ref)
    company.lines = [StatementLine("1", "charge", charge.id, charge.amount, charge.fee, usd(455), charge.at, ref)]
    assert compare() == 0
    assert queries.gift(contribution).payments[0].ref == charge.id
    assert Reconciliation.objects.get().repaired == 1
    assert "no event had told it" in caplog.text


def test_a_fee_of_its_own_is_booked(company):
    company.lines = [StatementLine("1", "fee", "", usd(-250), usd(0), usd(-250), timezone.now())]
    assert compare() == 0
    assert ledger.balance("expenses:fees", "USD") == usd(250)
    assert queries.self_checks() == []


def test_a_difference_that_is_mended_is_settled(company):
    statement(company, Year(payments=40, plant=0, seed=SEED))
    Payment.objects.filter(provider_id="ch-3").update(fee_minor=1)
    compare()
    assert {kind for kind, _ in found()} == {"other fee"}
    (line,) = [line for line in company.lines if line.ref == "ch-3"]
    Payment.objects.filter(provider_id="ch-3").update(fee_minor=line.fee.minor)
    compare()
    assert found() == set() and Difference.objects.get().settled_at


def test_a_payment_of_today_may_wait_for_its_row(company, give, deliver):
    _, ref = give(cadence=Cadence.ONCE)
    company.pay(ref)
    deliver(ref)
    assert compare() == 0


@pytest.mark.parametrize("error", [TryLater("down"), GiveUp("no such list")])
def test_a_company_that_does_not_answer_loses_nothing(company, monkeypatch, error):
    statement(company, Year(payments=40, plant=0, seed=SEED))
    company.page = 10
    real = company.lines_since

    def once(cursor):
        if cursor == "20":
            raise error
        return real(cursor)

    monkeypatch.setattr(company, "lines_since", once)
    compare()
    assert StatementRow.objects.count() == 20 and not Reconciliation.objects.exists()
    monkeypatch.undo()
    assert compare() == 0
    assert StatementRow.objects.count() == len(company.lines)


def test_doctor_says_when_nobody_compares(company):
    year = statement(company, Year(payments=40, plant=0, seed=SEED))
    compare()
    Reconciliation.objects.update(at=timezone.now() - timedelta(hours=37))
    assert "has not been compared since" in " ".join(queries.self_checks())
    assert year.planted == set()


def test_the_command_names_what_differs(company, capsys):
    statement(company, Year(payments=400, plant=8, seed=SEED))
    with pytest.raises(SystemExit):
        call_command("reconcile")
    said = capsys.readouterr().out
    assert all(kind in said for kind in KINDS)


def test_events_that_were_never_delivered_are_heard_once(company, give, monkeypatch):
    contribution, ref = give()
    company.pay(ref)
    told = [Notice("event-7", "order.changed", ref)]
    monkeypatch.setattr(company, "events_since", lambda cursor: ([], cursor) if cursor else (told, "7"))
    assert actions.hear_again(timezone.now()) == 1
    assert actions.hear_again(timezone.now()) == 0
    actions.process_due_events(timezone.now())
    assert len(queries.gift(contribution).payments) == Event.objects.count() == 1

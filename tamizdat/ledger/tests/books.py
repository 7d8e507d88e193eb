"""Going behind the application's back, and a gift to do it to."""

from datetime import date
from uuid import UUID, uuid4

from django.db import Error, connection, transaction

from tamizdat.ledger import actions
from tamizdat.ledger.rules.entries import Line
from tamizdat.money import Money

DAY = date(2026, 11, 5)


def usd(minor: int) -> Money:
    return Money(minor, "USD")


def gift(key: str = "gift", minor: int = 500, on: date = DAY, currency: str = "USD") -> UUID:
    lines = [Line("assets:practice", Money(minor, currency)), Line("income:gifts", Money(-minor, currency))]
    return actions.post(key=key, on=on, what="a gift", lines=lines)


def rates(*lines: str) -> int:
    """Bring a file of these lines."""
    return actions.take_rates("\n".join(lines).encode())


def refused(*statements: str) -> bool:
    """Whether the database refuses these, together with what it looks at when they are committed."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            connection.check_constraints()
    except Error:
        return True
    return False


def posting(entry: UUID, amount: object, **other: str) -> str:
    """SQL, as somebody with a shell would type it."""
    row = {"id": uuid4().hex, "on": str(DAY), "account": "income:gifts", "currency": "USD"} | other
    return (
        'INSERT INTO ledger_posting (id, entry_id, "on", account, amount_minor, currency) VALUES '
        f"('{row['id']}', '{entry.hex}', '{row['on']}', '{row['account']}', {amount}, '{row['currency']}')"
    )


def entry(id: UUID, *, count: int = 2, key: str = "raw", on: date = DAY) -> str:
    return (
        'INSERT INTO ledger_entry (id, key, "on", what, posting_count, created_at) VALUES '
        f"('{id.hex}', '{key}', '{on}', 'by hand', {count}, '2026-11-05 12:00:00')"
    )


def cost(id: UUID, amount: int = 4000) -> str:
    return (
        "INSERT INTO ledger_cost (id, names, amount_minor, currency, first, by, created_at) VALUES "
        f"('{id.hex}', '{{}}', {amount}, 'USD', '2026-01-01', 'Ada', '2026-01-01 12:00:00')"
    )


def cost_end(cost: UUID) -> str:
    return (
        "INSERT INTO ledger_costend (cost_id, last, by, created_at) VALUES "
        f"('{cost.hex}', '2026-06-01', 'Ada', '2026-01-01 12:00:00')"
    )


def numbered(sql: str, row: object) -> str:
    """The same insert at a row number of one's choice, which SQLite allows."""
    return sql.replace(" (", " (rowid, ", 1).replace("VALUES (", f"VALUES ({row}, ", 1)

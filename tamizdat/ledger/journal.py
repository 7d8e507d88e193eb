"""The books in beancount's language, so that a program that is not ours can check and read them.

Source of the syntax: beancount.github.io/docs/beancount_language_syntax.html.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from tamizdat.ledger import queries
from tamizdat.ledger.queries import PostingRow


def lines(title: str) -> Iterator[str]:
    """The journal, line by line: every account that was ever used, then every entry by day."""
    yield f'option "title" {quoted(title)}'
    opened: dict[str, str] = {}
    first = queries.first_day()
    for account in queries.accounts():
        opened[account] = named(account, set(opened.values()))
        yield f"{first} open {opened[account]}"
    for _, rows in groupby(queries.postings(), key=lambda row: row.entry):
        yield from _entry(list(rows), opened)


def _entry(rows: list[PostingRow], opened: dict[str, str]) -> Iterator[str]:
    yield ""
    yield f"{rows[0].on} * {quoted(rows[0].what)}"
    yield f"  key: {quoted(rows[0].key)}"
    if rows[0].reverses:
        yield f"  reverses: {quoted(str(rows[0].reverses))}"
    for row in rows:
        yield f"  {opened[row.account]}  {row.amount.decimal()} {row.amount.currency}"


def named(account: str, taken: set[str]) -> str:
    """“income:gifts” as “Income:Gifts”: letters, figures and dashes only; two never become one."""
    name = ":".join(_part(part) for part in account.split(":"))
    number = 2
    while name in taken:
        name, number = re.sub(r"(-x[0-9]+)?$", f"-x{number}", name, count=1), number + 1
    return name


def _part(text: str) -> str:
    plain = re.sub(r"[^A-Za-z0-9]+", "-", text)
    return plain[:1].upper() + plain[1:]


def quoted(text: str) -> str:
    return '"' + " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"') + '"'

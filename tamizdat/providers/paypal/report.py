"""PayPal's report of transactions, read in windows. It tells a transaction three hours late at most."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from tamizdat.providers.paypal.reading import moment

Thing = dict[str, Any]

WINDOW = timedelta(days=31)
LATE = timedelta(hours=4)
PAGE = 500


def rows(ask: Callable[[str], Thing], since: datetime, until: datetime, **narrowed: str) -> Iterator[Thing]:
    """What happened from `since` to `until`, in no order."""
    more = "".join(f"&{name}={value}" for name, value in narrowed.items())
    while since < until:
        end = min(since + WINDOW, until)
        for page in range(1, 10_000):
            asked = f"start_date={written(since)}&end_date={written(end)}&page_size={PAGE}&page={page}{more}"
            told = ask(f"/v1/reporting/transactions?{asked}")
            found = [one["transaction_info"] for one in told["transaction_details"]]
            yield from found
            if page >= told["total_pages"]:
                break
        since = end


def place(row: Thing) -> tuple[str, str]:
    """In the order of time: the report writes every moment in UTC."""
    return written(moment(row["transaction_initiation_date"])), row["transaction_id"]


def written(at: datetime) -> str:
    """A moment as PayPal's queries take it."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"

"""The company's terms, as its public pages state them: what it takes, what it keeps, when it tries again."""

from __future__ import annotations

import calendar
from datetime import UTC, datetime

# The least that it takes, in the currency's smallest unit; about half a dollar.
MINIMUM = {
    "usd": 50, "aed": 200, "aud": 50, "bgn": 100, "brl": 50, "cad": 50, "chf": 50, "czk": 1500, "dkk": 250,
    "eur": 50, "gbp": 30, "hkd": 400, "huf": 17500, "inr": 50, "jpy": 50, "mxn": 1000, "nok": 300, "nzd": 50,
    "pln": 200, "ron": 200, "sek": 300, "sgd": 50, "thb": 1000,
}  # fmt: skip
ELSEWHERE = 50
# Amounts in these are whole units; in those, thousandths of which the last is nought.
WITHOUT_DECIMALS = {
    "bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "vnd", "vuv", "xaf", "xof", "xpf",
}  # fmt: skip
WITH_THREE = {"bhd", "jod", "kwd", "omr", "tnd"}
# Written with two decimals, though nothing smaller than the unit exists.
WHOLE_IN_HUNDREDTHS = {"isk", "ugx"}
LARGEST = 99_999_999

SHORTEST_SESSION, LONGEST_SESSION = 30 * 60, 24 * 3600
RETRY_AFTER = [3 * 86400, 5 * 86400, 7 * 86400]  # after the first, second and third failure; then it is over
DISPUTE_FEE = 1500
RESPOND_WITHIN = 10 * 86400


def fee(amount: int) -> int:
    """2.9 % and thirty of the smallest unit, halves up; never more than there is."""
    return min((amount * 29 + 500) // 1000 + 30, amount)


def moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def after(anchor: int, interval: str, count: int) -> int:
    """`count` months or years after the anchor; the last day of a month that is too short."""
    begun = moment(anchor)
    months = begun.month - 1 + count * (12 if interval == "year" else 1)
    year, month = begun.year + months // 12, months % 12 + 1
    day = min(begun.day, calendar.monthrange(year, month)[1])
    return int(begun.replace(year=year, month=month, day=day).timestamp())

"""What the practice company decides. It is told the time and given the dice."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from tamizdat.money import Money
from tamizdat.months import Month
from tamizdat.sandbox.practice.minimums import MINIMUM_MINOR

MONTHS_BETWEEN = {"once": 0, "monthly": 1, "annual": 12}
VERDICTS = ("approved", "declined", "abandoned")


class Refused(Exception):
    """The company says no, in one word for programs and one sentence for people."""

    def __init__(self, code: str, message: str, *, status: int = 400) -> None:
        super().__init__(message)
        self.code, self.message, self.status = code, message, status


@dataclass(frozen=True, slots=True)
class Terms:
    """What is to be paid, how often, and where the payer goes afterwards."""

    amount_minor: int
    currency: str
    cadence: str
    reference: str
    description: str
    return_url: str
    cancel_url: str


def agree(terms: Terms) -> Terms:
    """The same terms. Raises Refused with the first objection."""
    if terms.currency not in MINIMUM_MINOR:
        raise Refused("unknown_currency", f"We do not take “{terms.currency}”; write a code like USD.")
    amount(terms.amount_minor, terms.currency)
    if terms.cadence not in MONTHS_BETWEEN:
        raise Refused("unknown_cadence", f"The cadence is one of {', '.join(MONTHS_BETWEEN)}.")
    for name, text in (("reference", terms.reference), ("description", terms.description)):
        if not 0 < len(text) <= 200:
            raise Refused(f"bad_{name}", f"The {name} takes 1 to 200 characters.")
    for name, url in (("return_url", terms.return_url), ("cancel_url", terms.cancel_url)):
        if not _is_web_address(url):
            raise Refused(f"bad_{name}", f"The {name} is a whole address, like https://paper.example/thanks/.")
    return terms


def amount(minor: int, currency: str) -> int:
    """The same amount. Raises Refused for one that we do not take."""
    least = Money(MINIMUM_MINOR[currency], currency)
    if minor < least.minor:
        raise Refused("amount_too_small", f"The least we take is {least}.")
    if minor > 99_999_999:
        raise Refused("amount_too_large", f"The most we take is {Money(99_999_999, currency)}.")
    return minor


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and len(url) <= 2000


def status(verdict: str | None, *, is_ended: bool) -> str:
    """pending, active, ended, declined or abandoned."""
    if verdict == "approved":
        return "ended" if is_ended else "active"
    return verdict or "pending"


def fee_minor(gross_minor: int) -> int:
    """2.9 % and 30 minor units, rounded half up. A refund does not give it back."""
    return (gross_minor * 29 + 500) // 1000 + 30


def renewal(first: datetime, cadence: str, number: int) -> datetime | None:
    """When the charge after `number` earlier ones is due: the first one's day of the month, or the last day.

    Counted from the first charge, so that a gift of the 31st comes back to the 31st after February.
    """
    if not MONTHS_BETWEEN[cadence]:
        return None
    month = Month.of(first.date()) + MONTHS_BETWEEN[cadence] * number
    return first.replace(year=month.year, month=month.number, day=min(first.day, month.last_day.day))


def refund_minor(asked: int | None, *, gross_minor: int, refunded: Iterable[int]) -> int:
    """What a refund gives back: what is asked, or all that is left. Raises Refused above that ceiling."""
    left = gross_minor - sum(refunded)
    if left == 0:
        raise Refused("already_refunded", "This charge has been given back whole.", status=409)
    if asked is not None and not 0 < asked <= left:
        raise Refused("refund_too_large", f"Between 1 and {left} minor units are left to refund.")
    return left if asked is None else asked


def next_payout(after: datetime) -> datetime:
    """The Monday midnight after this moment, in its own time zone."""
    midnight = after.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(days=7 - midnight.weekday())

"""What the till tells other rooms. No value says who gave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from tamizdat.money import Money
from tamizdat.support.rules.contract import Cadence, Change
from tamizdat.support.rules.evidence import Way
from tamizdat.support.rules.standing import Standing


@dataclass(frozen=True, slots=True)
class Method:
    """A way to pay that is on: the company's code, its words, the cadences it takes, what it lets one change;
    and whether of a gift that recurs each payment has to be made by hand."""

    code: str
    label: str
    cadences: frozenset[Cadence]
    changes: frozenset[Change] = frozenset()
    asks_each_time: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """One payment. `refunded` is what went back of it, by refund or dispute; `ref` is what the company calls it.

    At `claim_url` the payer fetches what was given back last, where it does not come by itself.
    """

    id: int
    contribution: UUID
    number: str
    gross: Money
    fee: Money
    refunded: Money
    day: date
    paid_at: datetime
    provider: str
    ref: str
    cadence: Cadence
    source: str
    is_refund_asked: bool
    needs_second: bool
    is_disputed: bool
    respond_by: datetime | None
    claim_url: str = ""

    @property
    def left(self) -> Money:
        """What can still be given back."""
        return self.gross - self.refunded

    @property
    def can_be_given_back(self) -> bool:
        """Whether anything is left that is not being given back or taken back already."""
        return bool(self.left) and not (self.is_refund_asked or self.needs_second or self.is_disputed)

    @property
    def is_refunded(self) -> bool:
        return self.refunded >= self.gross


@dataclass(frozen=True, slots=True, kw_only=True)
class Gift:
    """One contribution with its payments, earliest first. `wished` is what was asked for and is not confirmed.

    `instructions` are what to write where into a bank's form, `camera_code` the same for its app. On `next_due` its
    giver is asked for the next payment, where none is taken by itself.
    """

    id: UUID
    amount: Money
    cadence: Cadence
    provider: str
    ref: str
    source: str
    language: str
    standing: Standing
    begun_at: datetime
    ended_at: datetime | None
    instructions: tuple[tuple[str, str], ...]
    camera_code: str
    mend_url: str
    has_address: bool
    payments: tuple[Paid, ...]
    paused_until: datetime | None = None
    wished: tuple[Change, ...] = ()
    next_due: date | None = None

    @property
    def can_stop(self) -> bool:
        """Whether there is anything to stop: it recurs, the company knows it, and nobody has asked yet."""
        is_on = self.standing in (Standing.RUNNING, Standing.PAUSED, Standing.PAST_DUE, Standing.WAITING)
        return self.cadence is not Cadence.ONCE and bool(self.ref) and is_on

    @property
    def can_change(self) -> bool:
        """Whether its amount may change, or it may pause or go on: it recurs, and all is well with it."""
        return self.standing in (Standing.RUNNING, Standing.PAUSED)


@dataclass(frozen=True, slots=True)
class Trouble:
    """An errand that was given up and waits for a person; `errand` is what `replay` takes."""

    errand: UUID
    kind: str
    company: str
    why: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LargeRefund:
    """A refund that waits for a second person; `request` is what `decide_refund` takes."""

    request: UUID
    contribution: UUID
    number: str
    amount: Money
    by: str
    reason: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Disagreed:
    """Something in which our books and a company's statement disagree; `said` ends with what to do."""

    company: str
    kind: str
    ref: str
    said: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Earned:
    """What came of a source on one UTC day: new gifts, and money net of fees and refunds."""

    day: date
    source: str
    gifts: int
    money: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a statement that was brought told: its rows, those not brought before, and of them those that name a gift
    and those that wait for a person."""

    rows: int
    new: int
    gifts: int
    unclear: int


@dataclass(frozen=True, slots=True)
class Resembling:
    """A gift that waits for its payment, and may be what came; or a refund, below nothing, that may be what left."""

    ref: str
    amount: Money
    day: date


@dataclass(frozen=True, slots=True)
class Unclear:
    """Money that came or left and names nothing of ours, as its payer wrote it; and what it may be, likeliest first."""

    id: int
    amount: Money
    day: date
    payer: str
    text: str
    likely: tuple[Resembling, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToTransfer:
    """A refund that a person has to transfer, writing `ref` into the form, of what came as `gift` on a day.

    `done_by` and `done_at`: who says that they have, when; the statement has not told it yet.
    """

    ref: str
    amount: Money
    contribution: UUID
    number: str
    came: date
    gross: Money
    gift: str
    by: str
    reason: str
    done_by: str = ""
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Brought:
    """When somebody brought a company's statement last, and the last day that it tells of."""

    company: str
    at: datetime
    by: str
    last_day: date | None


@dataclass(frozen=True, slots=True)
class Slipped:
    """A gift in cash or by cheque was written down so; `id` is what its evidence is asked for by."""

    id: int
    way: Way
    by: str
    at: datetime
    has_evidence: bool


@dataclass(frozen=True, slots=True)
class Told:
    """Something that happened to a gift: when, what, by whom and why. `lines` is what it did to the accounts, `key` the
    name of its entry or event."""

    at: datetime
    what: str
    by: str = ""
    why: str = ""
    lines: tuple[tuple[str, Money], ...] = ()
    key: str = ""

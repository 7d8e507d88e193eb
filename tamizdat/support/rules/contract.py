"""What a payment provider promises. Events are hints; `fetch` is the truth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal, Protocol
from uuid import UUID

from tamizdat.money import Money


class Cadence(StrEnum):
    ONCE = "once"
    MONTHLY = "monthly"
    ANNUAL = "annual"


class Change(StrEnum):
    AMOUNT = "amount"
    PAUSE = "pause"
    METHOD = "method"


@dataclass(frozen=True, slots=True)
class Intent:
    """One attempt at one contribution. Whoever repeats the attempt repeats its key and its hour."""

    contribution: UUID
    amount: Money
    cadence: Cadence
    language: str
    description: str
    attempt_key: str
    begun_at: datetime


@dataclass(frozen=True, slots=True)
class Urls:
    """Where the provider sends the reader afterwards: decided, or left without deciding."""

    back: str
    abandoned: str


@dataclass(frozen=True, slots=True)
class Redirect:
    """The reader pays on the provider's own page."""

    url: str
    ref: str


@dataclass(frozen=True, slots=True)
class Instructions:
    """The reader pays elsewhere, filling in `steps`: what a field is called, and what to write into it.

    The names are translated where they are shown, which may be in another language than the gift's. `code` says the
    same to a phone's camera, empty where there is no way to.
    """

    ref: str
    steps: tuple[tuple[str, str], ...]
    code: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A hint that something happened to `ref`, a name that `fetch` understands; it proves nothing but its sender."""

    event_id: str
    kind: str
    ref: str


@dataclass(frozen=True, slots=True)
class Charge:
    """Money that came: `amount` is gross, `fee` is what the provider kept of it.

    Where the provider exchanged it, `exchanged` is what that came to, before the fee, which then is in its currency.
    """

    id: str
    amount: Money
    fee: Money
    at: datetime
    exchanged: Money | None = None

    @property
    def settled(self) -> Money:
        """As it came into the newsroom's account there, before the fee."""
        return self.exchanged or self.amount


@dataclass(frozen=True, slots=True)
class Refunded:
    """Money that went back, as a positive amount. At `failed_at` it was sent back to us. Where the payer has to fetch
    it, at `claim_url`, it counts from when it was set aside. Of a charge that was exchanged, `exchanged` is what
    it cost, and `again` what came again of that."""

    id: str
    charge_id: str
    amount: Money
    at: datetime
    failed_at: datetime | None = None
    claim_url: str = ""
    exchanged: Money | None = None
    again: Money | None = None

    @property
    def settled(self) -> Money:
        """As it left the newsroom's account there."""
        return self.exchanged or self.amount


Outcome = Literal["", "won", "lost"]


@dataclass(frozen=True, slots=True)
class Disputed:
    """Money that a payer's bank took back: `amount` and `fee` are positive when they left, negative when they returned.

    `id` is the movement's own. `respond_by` is the dispute's deadline, `outcome` "won" or "lost" once it is closed.
    Of a charge that was exchanged, `exchanged` is what moved, of the same sign, and `fee` is in its currency.
    """

    id: str
    dispute: str
    charge_id: str
    amount: Money
    fee: Money
    at: datetime
    respond_by: datetime | None
    outcome: Outcome = ""
    exchanged: Money | None = None

    @property
    def settled(self) -> Money:
        """As it moved in the newsroom's account there."""
        return self.exchanged or self.amount


@dataclass(frozen=True, slots=True)
class Failed:
    """The company could not take a renewal: the `number`th try at its `period`, and where the payer can mend it."""

    period: str
    number: int
    mend_url: str


Status = Literal["pending", "active", "past_due", "ended", "declined", "abandoned"]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything the provider knows of one contribution now; `contribution` is None where it knows only `ref`.

    A gift given once is ended as soon as it is paid; a recurring one is active until it is stopped. `amount` is what
    the next payment will be, where the provider can change it; none comes before `paused_until`. The card that pays is
    good until `card_until`, where the provider says so.
    """

    ref: str
    contribution: UUID | None
    status: Status
    charges: tuple[Charge, ...]
    refunds: tuple[Refunded, ...]
    ended_at: datetime | None
    disputes: tuple[Disputed, ...] = ()
    failed: Failed | None = None
    amount: Money | None = None
    paused_until: datetime | None = None
    card_until: date | None = None


LineKind = Literal["charge", "refund", "dispute", "fee", "payout", "exchange"]


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One row of the provider's report: gross − fee = net. What leaves (refund, payout) is negative; an exchange is two
    rows, what left in one currency and what came in another.

    `ref` is the charge, refund, dispute's movement or payout that it is about; `about` a name that `fetch` understands.
    """

    id: str
    kind: LineKind
    ref: str
    gross: Money
    fee: Money
    net: Money
    at: datetime
    about: str = ""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a provider can do. `currencies` None: every currency we know. `changes`: of a gift that goes on.

    One that `is_pretend` is a training newsroom's, None: any newsroom's. Of one that is `by_statement` nothing is heard
    but what a person brings: it is a StatementReader, sends no events, and what goes back is transferred by hand. Of
    one that is `by_hand` there is not even a statement: a person writes down each gift, and what was given back. One
    that `asks_each_time` takes nothing by itself: each payment of a gift that recurs is opened by `start`.
    """

    code: str
    label: str
    cadences: frozenset[Cadence]
    currencies: frozenset[str] | None
    is_pretend: bool | None
    changes: frozenset[Change] = frozenset()
    by_statement: bool = False
    by_hand: bool = False
    asks_each_time: bool = False


class BadSignature(Exception):
    """The event does not come from the provider, or not lately."""


class NotSetUp(LookupError):
    """The newsroom's account at the provider is not written down, or wrongly; the message says what to mend."""


class TryLater(Exception):
    """The provider is out of reach, or the outcome is unknown: repeat with the same key."""


class GiveUp(Exception):
    """The provider refused; repeating changes nothing."""


class Provider(Protocol):
    """A translator between the newsroom and one payment company.

    Every method but `capabilities` and `verify` asks the company, and raises TryLater or GiveUp.
    """

    def capabilities(self) -> Capabilities: ...

    def check(self, events_url: str) -> list[str]:
        """What is wrong at the company (keys, account, webhook to that address), a sentence each. Never raises."""

    def start(self, intent: Intent, urls: Urls) -> Redirect | Instructions:
        """Open a payment; the same attempt key twice opens one. Raises GiveUp while another one is on its way."""

    def verify(self, headers: Mapping[str, str], raw: bytes, now: datetime) -> list[Notice]:
        """What the signed event hints at. Raises BadSignature and nothing else."""

    def fetch(self, ref: str) -> Snapshot:
        """The truth about one contribution, by what the company calls it or by the `ref` of a notice."""

    def refund(self, charge_id: str, amount: Money | None, key: str) -> str:
        """Give back `amount`, or all that is left when None; the refund's id. The same key twice refunds once."""

    def cancel(self, ref: str, key: str) -> None:
        """Let no further payment come; a contribution that has ended stays as it is."""

    def set_amount(self, ref: str, amount: Money, key: str) -> None:
        """From the next payment on it is this much. Asked only of who can change it."""

    def pause(self, ref: str, until: datetime | None, key: str) -> None:
        """Take no payment before `until`; None: go on. Asked only of who can pause."""

    def method_url(self, ref: str, back: str) -> str:
        """Where the payer says how they pay from now on, for a short while; it leads `back`. It moves nothing, and is
        asked only of who can change it."""

    def forget(self, ref: str, key: str) -> None:
        """Erase what the company knows of who gave, as far as it lets us. No further payment comes."""

    def events_since(self, cursor: str) -> tuple[list[Notice], str]:
        """Hints after `cursor` ("" for all that is kept), for what was never delivered; and the next cursor."""

    def lines_since(self, cursor: str) -> tuple[list[StatementLine], str]:
        """Rows of the report after `cursor` ("" for the first), and the cursor to go on from."""

    def paid_out(self, payout: str) -> Money | None:
        """What the rows of a payout come to, by its `ref`; None when the company does not say."""

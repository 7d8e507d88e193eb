"""What other rooms may ask about the post. No answer holds an address, but the training mailbox's."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from tamizdat.letters import post
from tamizdat.letters.addresses import read_address
from tamizdat.letters.models import Address, Letter, TrainingLetter
from tamizdat.letters.rules import LEASE, BadAddress, Outcome

_RECENT = timedelta(days=7)


@dataclass(frozen=True)
class GivenUp:
    """A letter that will not arrive: when it was given up, after how many tries, and why."""

    letter: UUID
    kind: str
    at: datetime
    tries: int
    why: str


@dataclass(frozen=True)
class Written:
    """A letter's way; `outcome` is empty and `ended_at` None while it waits."""

    kind: str
    written_at: datetime
    outcome: str
    ended_at: datetime | None


@dataclass(frozen=True)
class Kept:
    """A letter in the training mailbox; `times` counts how often it was sent."""

    id: int
    message_id: str
    to: str
    subject: str
    text: str
    html: str
    times: int
    at: datetime


def problem_with(address: str) -> str:
    """What is wrong with an address as typed, and the remedy, in the language in force; or empty."""
    try:
        read_address(address)
    except BadAddress as problem:
        return str(problem)
    return ""


def same_address(recipient: UUID) -> frozenset[UUID]:
    """All recipients with this recipient's address, itself among them; only itself once it is erased."""
    index = Address.objects.filter(recipient=recipient).values("index")
    alike = Address.objects.filter(index__in=index).values_list("recipient", flat=True)
    return frozenset(alike) | {recipient}


def outcome(key: str) -> Outcome | None:
    """How the letter with this key ended; None while it waits, or when there is none."""
    ended = Letter.objects.filter(key=key, ended_at__isnull=False).values_list("outcome", flat=True).first()
    return Outcome(ended) if ended else None


def written(keys: Collection[str]) -> list[Written]:
    """The letters with these keys, earliest first."""
    rows = Letter.objects.filter(key__in=keys).order_by("written_at")
    return [Written(row.kind, row.written_at, row.outcome, row.ended_at) for row in rows]


def waiting() -> int:
    """How many letters have yet to leave."""
    return Letter.objects.filter(ended_at__isnull=True).count()


def given_up(limit: int = 50) -> list[GivenUp]:
    """Letters that were refused or whose tries ran out, latest first."""
    lost = Letter.objects.filter(outcome__in=[Outcome.REFUSED, Outcome.GIVEN_UP])
    return [
        GivenUp(row.id, row.kind, row.ended_at, row.tries, row.last_failure)
        for row in lost.order_by("-ended_at")[:limit]
    ]


def training_letters(limit: int = 50) -> list[Kept]:
    """The training mailbox, latest first."""
    return [_kept(row) for row in TrainingLetter.objects.order_by("-id")[:limit]]


def training_letter(letter: int) -> Kept | None:
    """One letter of the training mailbox."""
    row = TrainingLetter.objects.filter(id=letter).first()
    return row and _kept(row)


def self_checks() -> list[str]:
    """What is wrong with the post, in sentences; none when all is well."""
    now = timezone.now()
    unsent = Letter.objects.filter(ended_at__isnull=True)
    lost = Letter.objects.filter(outcome=Outcome.GIVEN_UP, ended_at__gt=now - _RECENT).count()
    stranded = unsent.filter(leased_until__lt=now - LEASE).count()
    checks = [
        (not post.is_set_up(), "No letter can leave: newsroom.toml names no [post] host."),
        (stranded, f"{stranded} letters are held by a lease that ran out: is `tamizdat work` running?"),
        (lost, f"{lost} letters were given up in the last seven days: try `tamizdat test_letter ADDRESS`."),
    ]
    return [sentence for is_wrong, sentence in checks if is_wrong]


def _kept(row: TrainingLetter) -> Kept:
    return Kept(row.id, row.message_id, row.to, row.subject, row.text, row.html, row.times, row.kept_at)

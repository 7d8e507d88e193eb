"""When a letter is tried again, and when trying is over."""

from datetime import datetime, timedelta
from enum import StrEnum

# Longer than a server may take over every step of one letter, so that no two hold it at once.
LEASE = timedelta(minutes=10)
WAITS = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 360, 720, 1440, 1440))


class BadAddress(ValueError):
    """What was typed cannot receive a letter; the message says how to mend it and never repeats it."""


class Outcome(StrEnum):
    """How a letter ended: it left, was refused for good, the tries ran out, or nobody is left to get it."""

    SENT = "sent"
    REFUSED = "refused"
    GIVEN_UP = "given_up"
    DROPPED = "dropped"


class Step(StrEnum):
    """Where in the talk with a mail server a letter can fail."""

    CONNECTION = "connection"
    LOGIN = "log-in"
    SENDER = "sender"
    RECIPIENT = "recipient"
    LETTER = "letter"


def is_final(step: Step, code: int) -> bool:
    """Whether the same letter can never arrive: a 5xx (RFC 5321, 4.2.1) about its recipient or itself.

    A refused log-in or sender is the newsroom's to mend, so those letters wait.
    """
    return step in (Step.RECIPIENT, Step.LETTER) and 500 <= code < 600


def next_try(tries: int, *, now: datetime) -> datetime | None:
    """When to try again after `tries` failed tries; None when they are used up, after some three days."""
    return now + WAITS[tries - 1] if tries <= len(WAITS) else None

"""The secrets in a reader's links. The database alone can make none of them."""

import hashlib
import secrets
from uuid import UUID

from django.core import signing

from tamizdat.reminders.rules import CONFIRM_WITHIN

_CONFIRM = signing.TimestampSigner(salt="tamizdat.reminders.confirm", sep=".")
_FORGET = signing.Signer(salt="tamizdat.reminders.forget", sep=".")


def confirm_token(reminder: UUID) -> str:
    return _CONFIRM.sign(reminder.hex)


def read_confirm_token(token: str) -> UUID | None:
    """The reminder that a link confirms; None when the token is not ours, or a week old."""
    try:
        return UUID(hex=_CONFIRM.unsign(token, max_age=CONFIRM_WITHIN))
    except signing.BadSignature:
        return None


def forget_token(reminder: UUID) -> str:
    return _FORGET.sign(reminder.hex)


def read_forget_token(token: str) -> UUID | None:
    """The reminder that a link forgets; None when the token is not ours. It never expires."""
    try:
        return UUID(hex=_FORGET.unsign(token))
    except signing.BadSignature:
        return None


def new_reply() -> tuple[str, str]:
    """A random token of 128 bits for a link, and the digest that is stored."""
    token = secrets.token_urlsafe(16)
    return token, hashlib.sha256(token.encode()).hexdigest()

"""The private address: a key that is shown once and stored as its digest."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from tamizdat.support.models import Contribution, SealedKey

KEPT_FOR = timedelta(hours=1)
_THANKS = signing.Signer(salt="tamizdat.support.thanks", sep=".")
_MEND = signing.Signer(salt="tamizdat.support.mend", sep=".")


def new() -> str:
    """128 bits that nobody can guess, fit for an address."""
    return secrets.token_urlsafe(16)


def digest(key: str) -> str:
    """All that is kept of a key for good. The key is random, so that the digest confirms no guess."""
    return hashlib.sha256(key.encode()).hexdigest()


def seal(contribution: Contribution, key: str, now: datetime) -> None:
    """Keep the key readable until its receipt and its thanks page are done."""
    SealedKey.objects.create(contribution=contribution, sealed=seal_text(key), made_at=now)


def for_receipt(contribution: Contribution, now: datetime) -> str:
    """The key for the first receipt; empty when it is no longer kept. Forgets it if it has been shown."""
    kept = _kept(contribution, now)
    if kept is None:
        return ""
    key = _opened(kept)
    if kept.shown_at:
        kept.delete()
    return key


def to_show(contribution: Contribution, now: datetime) -> str:
    """The key for the thanks page, the first time; then empty. Forgets it unless a receipt waits for it."""
    kept = _kept(contribution, now)
    if kept is None or not SealedKey.objects.filter(pk=kept.pk, shown_at=None).update(shown_at=now):
        return ""
    key = _opened(kept)
    if contribution.recipient is None or contribution.payments.exists():
        kept.delete()
    return key


def forget(now: datetime) -> int:
    """Erase every key that has been kept for an hour, shown or not."""
    return SealedKey.objects.filter(made_at__lte=now - KEPT_FOR).delete()[0]


def thanks_token(contribution: UUID) -> str:
    """What stands in the address that the company sends the reader back to: it opens the thanks page."""
    return _THANKS.sign(contribution.hex)


def read_thanks_token(token: str) -> UUID | None:
    """The contribution of a thanks page, or None when the token is not ours."""
    return _read(_THANKS, token)


def mend_token(contribution: UUID) -> str:
    """What stands in a letter about a failed card: it opens the way to pay by another, and shows nothing else."""
    return _MEND.sign(contribution.hex)


def read_mend_token(token: str) -> UUID | None:
    """The contribution to mend, or None when the token is not ours."""
    return _read(_MEND, token)


def _read(signer: signing.Signer, token: str) -> UUID | None:
    try:
        return UUID(hex=signer.unsign(token))
    except (signing.BadSignature, ValueError):
        return None


def seal_text(text: str) -> bytes:
    """What the database may hold of words that are nobody's business."""
    return seal_bytes(text.encode())


def open_text(sealed: bytes) -> str:
    """The words; empty when secret.key was changed meanwhile."""
    return open_bytes(sealed).decode()


def seal_bytes(raw: bytes) -> bytes:
    return bytes(_box().encrypt(raw))


def open_bytes(sealed: bytes) -> bytes:
    """What was sealed; empty when secret.key was changed meanwhile."""
    try:
        return bytes(_box().decrypt(sealed))
    except CryptoError:
        return b""


def _kept(contribution: Contribution, now: datetime) -> SealedKey | None:
    return SealedKey.objects.filter(contribution=contribution, made_at__gt=now - KEPT_FOR).first()


def _opened(kept: SealedKey) -> str:
    """Empty when secret.key was changed meanwhile: a lost key must not hold up a payment."""
    return open_text(bytes(kept.sealed))


def _box() -> SecretBox:
    context = hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=SecretBox.KEY_SIZE, person=b"support.private")
    return SecretBox(context.digest())

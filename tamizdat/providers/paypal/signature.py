"""Whether an event was signed by PayPal, for our webhook, lately.

Source: developer.paypal.com, “Verify webhook signature”, by hand: PayPal signs `id|time|webhook|crc32(body)` with the
key of a certificate that it names. Asking its own endpoint instead would take a call to PayPal for each event that
anybody sends us, and it may only be asked once the event was parsed.
"""

from __future__ import annotations

import base64
import functools
import re
import zlib
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256

from tamizdat.providers.paypal.account import Account
from tamizdat.providers.wire import Wire
from tamizdat.support.rules.contract import BadSignature, TryLater

LARGEST_EVENT = 1_000_000
# PayPal signs each delivery anew; one that is late is told by its list of events.
OLDEST_SECONDS, NEWEST_SECONDS = 300, 60
CERTIFICATE = re.compile(r"/v1/notifications/certs/CERT-[A-Za-z0-9-]{1,80}")


def check(headers: Mapping[str, str], raw: bytes, ours: Account, now: datetime) -> None:
    """Return for a true event, else raise BadSignature."""
    if len(raw) > LARGEST_EVENT:
        raise BadSignature(f"an event of {len(raw)} bytes; the largest has {LARGEST_EVENT}")
    given = {name.lower().removeprefix("paypal-"): value for name, value in headers.items()}
    try:
        id, at, signed = given["transmission-id"], given["transmission-time"], given["transmission-sig"]
        age = (now - datetime.fromisoformat(at)).total_seconds()
        proof = base64.b64decode(signed, validate=True)
        where = urlsplit(given["cert-url"])
    except (KeyError, ValueError, TypeError) as error:
        raise BadSignature(f"an event without PayPal's headers ({error!r})") from None
    if not -NEWEST_SECONDS <= age <= OLDEST_SECONDS:
        raise BadSignature(f"an event signed {age:.0f} seconds ago; check the clocks of both machines")
    if f"{where.scheme}://{where.netloc}" != ours.certificates or not CERTIFICATE.fullmatch(where.path):
        raise BadSignature("an event whose certificate is not PayPal's; is the money of paypal.toml right?")
    message = f"{id}|{at}|{ours.webhook_id}|{zlib.crc32(raw)}".encode()
    try:
        _key(ours.certificates, where.path, now.date().toordinal()).verify(proof, message, PKCS1v15(), SHA256())
    except InvalidSignature:
        raise BadSignature("an event whose signature does not fit its body; compare webhook_id") from None


@functools.lru_cache(maxsize=16)
def _key(address: str, path: str, _day: int) -> RSAPublicKey:
    """The certificate's key; what TLS says of the address is what is trusted. Raises BadSignature."""
    try:
        certificate = x509.load_pem_x509_certificate(Wire("PayPal", address, "").read(path))
    except (TryLater, ValueError) as error:
        raise BadSignature(f"an event whose certificate cannot be had ({error})") from error
    key = certificate.public_key()
    if not isinstance(key, RSAPublicKey):
        raise BadSignature("an event whose certificate is of another kind")
    return key

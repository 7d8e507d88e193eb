"""Whether an event was signed by PayPal, for our webhook, lately.

Source: developer.paypal.com, “Verify webhook signature”, by hand: PayPal signs `id|time|webhook|crc32(body)` with the
key of a certificate that it names. Asking its own endpoint instead would take a call to PayPal for each event that
anybody sends us, and it may only be asked once the event was parsed.
"""

from __future__ import annotations

import base64
import re
import time
import zlib
from collections.abc import Mapping
from datetime import date, datetime
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
REST_SECONDS = 10
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
    key = certificates.key(ours.certificates, where.path, now.date())
    try:
        key.verify(proof, message, PKCS1v15(), SHA256())
    except InvalidSignature:
        raise BadSignature("an event whose signature does not fit its body; compare webhook_id") from None


class Certificates:
    """The keys of PayPal's certificates, had once a day; what TLS says of the address is what is trusted.

    After one that could not be had no other is asked for in a while: else anybody could have us ask for ever new ones.
    """

    def __init__(self) -> None:
        self._keys: dict[tuple[str, str, date], RSAPublicKey] = {}
        self._rests: dict[str, float] = {}

    def key(self, address: str, path: str, today: date) -> RSAPublicKey:
        """Raises BadSignature."""
        wanted = (address, path, today)
        if wanted not in self._keys:
            if time.monotonic() < self._rests.get(address, 0.0):
                raise BadSignature("an event with an unknown certificate, just after a wrong one")
            found = self._had(address, path)
            self._keys = {known: key for known, key in self._keys.items() if known[2] == today} | {wanted: found}
        return self._keys[wanted]

    def _had(self, address: str, path: str) -> RSAPublicKey:
        try:
            key = x509.load_pem_x509_certificate(Wire("PayPal", address, "").read(path)).public_key()
        except (TryLater, ValueError) as error:
            self._rests[address] = time.monotonic() + REST_SECONDS
            raise BadSignature(f"an event whose certificate cannot be had ({error})") from error
        if not isinstance(key, RSAPublicKey):
            raise BadSignature("an event whose certificate is of another kind")
        return key


certificates = Certificates()

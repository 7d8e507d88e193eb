"""What PayPal tells its merchants, and how it signs that."""

from __future__ import annotations

import base64
import functools
import json
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from tamizdat.sandbox.company.store import Store, Thing

CERTIFICATE = "/v1/notifications/certs/CERT-SANDBOX-1"


def tell(store: Store, kind: str, resource: Thing) -> None:
    at = datetime.fromtimestamp(store.now(), UTC).isoformat().replace("+00:00", "Z")
    said = store.add(
        "event", "WH", create_time=at, event_type=kind, event_version="1.0", resource_version="2.0",
        resource_type=kind.split(".")[1].lower(), summary=kind, resource=resource,
    )  # fmt: skip
    store.tell(said["id"])


def told(event: Thing) -> dict[str, Any]:
    """An event as it is told and listed."""
    return {name: value for name, value in event.items() if name not in ("object", "created")}


@functools.cache
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@functools.cache
def certificate() -> str:
    """One that says of itself that it is PayPal's: what counts is where it is had from."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "make-believe")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key().public_key())
    made = made.serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=3650))
    return made.sign(key(), SHA256()).public_bytes(Encoding.PEM).decode()


def sign(address: str, webhook: str, raw: bytes, at: datetime) -> Mapping[str, str]:
    """The headers of an event's body, told at that moment."""
    told = f"{at:%Y-%m-%dT%H:%M:%SZ}"
    message = f"transmission-1|{told}|{webhook}|{zlib.crc32(raw)}".encode()
    return {
        "PAYPAL-TRANSMISSION-ID": "transmission-1",
        "PAYPAL-TRANSMISSION-TIME": told,
        "PAYPAL-TRANSMISSION-SIG": base64.b64encode(key().sign(message, PKCS1v15(), SHA256())).decode(),
        "PAYPAL-AUTH-ALGO": "SHA256withRSA",
        "PAYPAL-CERT-URL": address + CERTIFICATE,
    }


def raw(event: Thing) -> bytes:
    return json.dumps(told(event)).encode()

"""Our app at PayPal: what `keys/paypal.toml` says."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from pathlib import Path

from tamizdat.providers import keyfile
from tamizdat.support.rules.contract import NotSetUp

LIVE, SANDBOX = "https://api-m.paypal.com", "https://api-m.sandbox.paypal.com"
# Where each keeps the certificates that it signs events with.
CERTIFICATES = {LIVE: "https://api.paypal.com", SANDBOX: "https://api.sandbox.paypal.com"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """`client_id` and `client_secret` ask, `webhook_id` says which events are ours.

    `money` is "real", or "test" for PayPal's own sandbox; `address` is another API than PayPal's.
    """

    client_id: str
    client_secret: str = field(repr=False)
    webhook_id: str
    money: str = "real"
    address: str = ""

    @property
    def is_test(self) -> bool:
        return self.money == "test"

    @property
    def api(self) -> str:
        return self.address or (SANDBOX if self.is_test else LIVE)

    @property
    def certificates(self) -> str:
        return CERTIFICATES.get(self.api, self.api)


def read(path: Path) -> Account:
    """The account. Raises NotSetUp with the remedy."""
    known = [one.name for one in fields(Account)]
    said = keyfile.texts(path, known=known, needed=("client_id", "client_secret", "webhook_id"))
    if said.get("money", "real") not in ("real", "test"):
        raise NotSetUp(f"{path}: money is “real”, or “test” for PayPal's sandbox")
    ours = Account(**said)
    if ours.address and not ours.is_test:
        raise NotSetUp(f"{path}: address is for a make-believe PayPal: say money = “test”, or leave address out")
    return ours

"""Our store on a BTCPay Server: what `keys/btcpay.toml` says."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from pathlib import Path

from tamizdat.providers import keyfile
from tamizdat.support.rules.contract import NotSetUp


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """`key` asks, `webhook_secret` proves who tells. `money` is "real", or "test" for a server without real coins."""

    address: str
    store: str
    key: str = field(repr=False)
    webhook_secret: str = field(repr=False)
    money: str = "real"

    @property
    def is_test(self) -> bool:
        return self.money == "test"


def read(path: Path) -> Account:
    """The account. Raises NotSetUp with the remedy."""
    known = [one.name for one in fields(Account)]
    said = keyfile.texts(path, known=known, needed=("address", "store", "key", "webhook_secret"))
    if not said["address"].startswith(("https://", "http://127.0.0.1", "http://localhost")):
        raise NotSetUp(f"{path}: address should begin with https://: the key must not travel openly")
    if said.get("money", "real") not in ("real", "test"):
        raise NotSetUp(f"{path}: money is “real”, or “test” for a server without real coins")
    return Account(**said)

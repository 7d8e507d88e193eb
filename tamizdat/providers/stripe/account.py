"""Our account at Stripe: what `keys/stripe.toml` says."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from pathlib import Path

from tamizdat.providers import keyfile
from tamizdat.support.rules.contract import NotSetUp

TEST_KEY = re.compile(r"[rs]k_test_[A-Za-z0-9_]+")
LIVE_KEY = re.compile(r"[rs]k_live_[A-Za-z0-9_]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """`key` asks, `webhook_secret` proves who tells. `address` is another API than Stripe's: the sandbox."""

    key: str = field(repr=False)
    webhook_secret: str = field(repr=False)
    account: str = ""
    address: str = ""

    @property
    def is_test(self) -> bool:
        return bool(TEST_KEY.fullmatch(self.key))


def read(path: Path) -> Account:
    """The account. Raises NotSetUp with the remedy."""
    known = [one.name for one in fields(Account)]
    said = keyfile.texts(path, known=known, needed=("key", "webhook_secret"))
    if not (TEST_KEY.fullmatch(said["key"]) or LIVE_KEY.fullmatch(said["key"])):
        raise NotSetUp(f"{path}: key should begin with sk_live_ or rk_live_, or with sk_test_ or rk_test_ for training")
    if not said["webhook_secret"].startswith("whsec_"):
        raise NotSetUp(f"{path}: webhook_secret should begin with whsec_")
    return Account(**said)

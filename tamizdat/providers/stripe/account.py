"""Our account at Stripe: what `keys/stripe.toml` says."""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path

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
    """The account, read anew when the file was written. Raises NotSetUp with the remedy."""
    try:
        written = path.stat().st_mtime_ns
    except OSError:
        written = 0
    return _read(path, written)


@functools.lru_cache(maxsize=4)
def _read(path: Path, _written: int) -> Account:
    try:
        said = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise NotSetUp(f"{path} is missing: write key and webhook_secret into it, as docs/stripe.md shows") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise NotSetUp(f"{path} cannot be read: {error}") from None
    known = {one.name for one in fields(Account)}
    for name, value in said.items():
        if name not in known or not isinstance(value, str):
            raise NotSetUp(f"{path}: “{name}” is not one of the texts {', '.join(sorted(known))}")
    for name in ("key", "webhook_secret"):
        if not said.get(name):
            raise NotSetUp(f"{path}: “{name}” is missing; docs/stripe.md says where Stripe shows it")
    if not (TEST_KEY.fullmatch(said["key"]) or LIVE_KEY.fullmatch(said["key"])):
        raise NotSetUp(f"{path}: key should begin with sk_live_ or rk_live_, or with sk_test_ or rk_test_ for training")
    if not said["webhook_secret"].startswith("whsec_"):
        raise NotSetUp(f"{path}: webhook_secret should begin with whsec_")
    return Account(**said)

"""Whether everything at BTCPay stands as it must: for `doctor --providers`, in words that say what to mend."""

from __future__ import annotations

from typing import Any

from tamizdat.providers import webhooks
from tamizdat.providers.btcpay.account import Account
from tamizdat.providers.wire import Wire
from tamizdat.support.rules.contract import GiveUp, TryLater

NEEDED = (
    "btcpay.store.canviewinvoices", "btcpay.store.cancreateinvoice", "btcpay.store.canmodifyinvoices",
    "btcpay.store.canmanagepullpayments", "btcpay.store.canviewstoresettings",
    "btcpay.store.webhooks.canmodifywebhooks",
)  # fmt: skip
# What the permission for all of a store's settings does not hold.
BESIDE_SETTINGS = ("btcpay.store.canmanagepullpayments",)
EVENTS = ("InvoiceSettled", "InvoiceExpired", "InvoiceInvalid", "InvoiceProcessing")


def findings(wire: Wire, store: str, ours: Account, events_url: str) -> list[str]:
    """What is wrong, a sentence each; empty when all is well."""
    try:
        key = wire.ask("GET", "/api/v1/api-keys/current")
    except (TryLater, GiveUp) as error:
        return [f"{error}: if that is about the key, copy it again into keys/btcpay.toml; else look at the server."]
    if missing := _missing(key["permissions"], ours.store):
        return [f"The key may not {', '.join(missing)}: make one with these permissions, as docs/btcpay.md lists."]
    try:
        return [*_wallet(wire, store), *_webhook(wire, store, events_url)]
    except (TryLater, GiveUp) as error:
        return [f"{error}: is store = “{ours.store}” the id under Store Settings?"]


def _missing(permissions: list[str], store: str) -> list[str]:
    """A permission may be for all stores, or for ours; one to do everything with a store holds all."""
    granted = {one.partition(":")[0] for one in permissions if one.partition(":")[2] in ("", store)}
    if "unrestricted" in granted:
        return []
    needed = BESIDE_SETTINGS if "btcpay.store.canmodifystoresettings" in granted else NEEDED
    return [one for one in needed if one not in granted]


def _wallet(wire: Wire, store: str) -> list[str]:
    enabled = [one for one in wire.ask("GET", f"{store}/payment-methods?onlyEnabled=true") if one["enabled"]]
    return [] if enabled else ["The store has no wallet: set one up under Wallets, else nothing can be paid."]


def _webhook(wire: Wire, store: str, events_url: str) -> list[str]:
    there: list[dict[str, Any]] = wire.ask("GET", f"{store}/webhooks")
    ours = [one for one in there if one["url"] == events_url]
    if not ours:
        return [webhooks.lost(events_url, (one["url"] for one in there), add="under Store Settings, Webhooks")]
    heard = [one for one in ours if one["enabled"]]
    if not heard:
        return [f"The webhook to {events_url} is disabled: switch it on under Store Settings, Webhooks."]
    events = [one["authorizedEvents"] for one in heard]
    told = {name for one in events for name in (["*"] if one["everything"] else one["specificEvents"])}
    return webhooks.silent(EVENTS, told, add="add them, or let it tell everything")

"""What the server tells the store's webhook, and what it keeps of that."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

from tamizdat.sandbox.company.store import Store, Thing


def tell(store: Store, kind: str, invoice: Thing, **more: Any) -> None:
    """One delivery; its body is written when it is told, for it says when that is."""
    (webhook,) = store.find("webhook") or [{"id": "none"}]
    said = store.add(
        "delivery", "delivery", type=kind, storeId=invoice["storeId"], invoiceId=invoice["id"], webhook=webhook["id"],
        metadata=invoice["metadata"], more=more,
    )  # fmt: skip
    store.tell(said["id"])


def body(delivery: Thing, at: int) -> dict[str, Any]:
    """The event as it is told at that second."""
    return {
        "deliveryId": delivery["id"], "webhookId": delivery["webhook"], "originalDeliveryId": delivery["id"],
        "isRedelivery": False, "type": delivery["type"], "timestamp": at, "storeId": delivery["storeId"],
        "invoiceId": delivery["invoiceId"], "metadata": delivery["metadata"], **delivery["more"],
    }  # fmt: skip


def signed(secret: str, raw: bytes) -> Mapping[str, str]:
    return {"BTCPay-Sig": f"sha256={hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()}"}


def sign(secret: str, delivery: Thing, at: int) -> tuple[Mapping[str, str], bytes]:
    raw = json.dumps(body(delivery, at)).encode()
    return signed(secret, raw), raw

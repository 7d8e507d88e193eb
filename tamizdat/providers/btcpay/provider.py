"""BTCPay Server as a provider: cryptocurrency to the newsroom's own wallet. It translates and writes nothing."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy

from tamizdat.money import Money
from tamizdat.providers.btcpay import account, checking, reading, statement
from tamizdat.providers.btcpay.account import Account
from tamizdat.providers.wire import PASSING, Wire, understanding
from tamizdat.support.rules.contract import (
    BadSignature,
    Cadence,
    Capabilities,
    GiveUp,
    Intent,
    Notice,
    Redirect,
    Snapshot,
    StatementLine,
    Urls,
)

LARGEST_EVENT = 1_000_000
SIGNATURE = "BTCPay-Sig"
OLDEST_SECONDS, NEWEST_SECONDS = 300, 60
OPEN_MINUTES, WATCHED_MINUTES = 60, 1440
PAGE = 100
# A wrong key is mended by the newsroom, and what waits then goes through.
PASSING_HERE = PASSING | {401, 403, 409}


class BTCPay:
    """One store."""

    def __init__(self, ours: Account) -> None:
        self._account = ours
        self._wire = Wire("BTCPay", ours.address, f"token {ours.key}", passing=PASSING_HERE)
        self._store = f"/api/v1/stores/{_part(ours.store)}"

    @classmethod
    def from_settings(cls) -> BTCPay:
        """The store that keys/btcpay.toml names. Raises NotSetUp."""
        return cls(account.read(settings.KEYS / "btcpay.toml"))

    def capabilities(self) -> Capabilities:
        """Every cadence, in every currency: the server knows the rates. What recurs is asked for each time."""
        return Capabilities(
            code="btcpay",
            label=gettext_lazy("Cryptocurrency (BTCPay)"),
            cadences=frozenset(Cadence),
            currencies=None,
            is_pretend=self._account.is_test,
            asks_each_time=True,
        )

    def check(self, events_url: str) -> list[str]:
        """What is wrong with key, store, wallet and webhook, a sentence each."""
        return checking.findings(self._wire, self._store, self._account, events_url)

    def start(self, intent: Intent, urls: Urls) -> Redirect:
        """Open an invoice, unless one is open. The server knows no idempotency keys: so the attempt stands in the
        invoice, and is looked for first."""
        with understanding("BTCPay"):
            there = self._invoices(intent.contribution)
            made = [one for one in there if _attempt(one) == intent.attempt_key]
            made = made or [one for one in there if one["status"] == "New"]
            if not made and any(one["status"] == "Processing" for one in there):
                raise GiveUp("a payment of this gift is on its way")
            invoice = made[-1] if made else self._wire.ask("POST", f"{self._store}/invoices", _terms(intent, urls))
            return Redirect(url=invoice["checkoutLink"], ref=str(intent.contribution))

    def verify(self, headers: Mapping[str, str], raw: bytes, now: datetime) -> list[Notice]:
        """The event's hint. The hour stands in the signed body. Raises BadSignature."""
        given = {name.lower(): value for name, value in headers.items()}.get(SIGNATURE.lower(), "")
        if len(raw) > LARGEST_EVENT:
            raise BadSignature(f"an event of {len(raw)} bytes; the largest has {LARGEST_EVENT}")
        signed = hmac.new(self._account.webhook_secret.encode(), raw, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(f"sha256={signed}".encode(), given.encode()):
            raise BadSignature("an event whose signature does not fit its body; compare the webhook's secret")
        try:
            event = json.loads(raw)
            age = now.timestamp() - float(event["timestamp"])
            is_ours = event["storeId"] == self._account.store
            found = reading.notice(event)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise BadSignature(f"a signed body that is not an event ({error!r})") from error
        if not -NEWEST_SECONDS <= age <= OLDEST_SECONDS:
            raise BadSignature(f"an event told {age:.0f} seconds ago; check the clocks of both machines")
        if not is_ours:
            raise BadSignature("an event of another store")
        return found

    def fetch(self, ref: str) -> Snapshot:
        """The truth about one gift: all invoices that were made for it, and what went back of them."""
        with understanding("BTCPay"):
            contribution = _uuid(ref)
            invoices = self._invoices(contribution)
            if not invoices:
                raise GiveUp(f"BTCPay knows no gift by {ref}")
            is_paid = any(one["status"] in ("Settled", "Expired") for one in invoices)
            return reading.snapshot(contribution, invoices, self._pulls() if is_paid else [], timezone.now())

    def refund(self, charge_id: str, amount: Money | None, key: str) -> str:
        """Set aside what goes back, in the invoice's currency, and answer the pull payment's id.

        The server keeps no keys and no ceiling: both are looked after here.
        """
        with understanding("BTCPay"):
            pulls = self._pulls()
            for pull in pulls:
                if reading.key_of(pull) == key:
                    return str(pull["id"])
            invoice = self._wire.ask("GET", f"/api/v1/invoices/{_part(charge_id)}?includePaymentMethods=true")
            now = timezone.now()
            charge = reading.charge(invoice, now)
            if charge is None:
                raise GiveUp("nothing of this invoice was paid")
            back = [one.amount.minor for one in reading.refunds({charge_id}, pulls, now) if not one.failed_at]
            left = charge.amount.minor - sum(back)
            minor = left if amount is None else amount.minor
            if not 0 < minor <= left:
                raise GiveUp(f"{left} minor units of this payment are left to give back")
            wish = {
                "name": f"Refund {charge_id}"[:50], "description": reading.described(key, charge_id, now),
                "refundVariant": "Custom", "customAmount": Money(minor, charge.amount.currency).decimal(),
                "customCurrency": charge.amount.currency,
            }  # fmt: skip
            return str(self._wire.ask("POST", f"/api/v1/invoices/{_part(charge_id)}/refund", wish)["id"])

    def cancel(self, ref: str, key: str) -> None:
        """Close what is open, and write into the first invoice that a gift which recurs has ended."""
        with understanding("BTCPay"):
            invoices = self._invoices(_uuid(ref))
            for invoice in invoices:
                if invoice["status"] == "New":
                    self._wire.ask("POST", f"/api/v1/invoices/{_part(invoice['id'])}/status", {"status": "Invalid"})
            if reading.recurs(invoices) and not reading.stopped_at(invoices):
                first, at = invoices[0], int(timezone.now().timestamp())
                said = {"metadata": {**first["metadata"], reading.STOPPED: at}}
                self._wire.ask("PUT", f"/api/v1/invoices/{_part(first['id'])}", said)

    def set_amount(self, ref: str, amount: Money, key: str) -> None:
        """Each payment is of what was promised."""
        raise GiveUp("the amount stays as it was promised")

    def pause(self, ref: str, until: datetime | None, key: str) -> None:
        """Nothing is taken by itself."""
        raise GiveUp("nothing is taken by itself")

    def method_url(self, ref: str, back: str) -> str:
        """Whoever pays says it each time."""
        raise GiveUp("nothing is taken by itself")

    def forget(self, ref: str, key: str) -> None:
        """Close what is open and drop what the server may have asked of the payer: the rest is amounts and coins."""
        self.cancel(ref, key)
        with understanding("BTCPay"):
            for invoice in self._invoices(_uuid(ref)):
                kept = {name: value for name, value in invoice["metadata"].items() if not name.startswith("buyer")}
                if kept != invoice["metadata"]:
                    self._wire.ask("PUT", f"/api/v1/invoices/{_part(invoice['id'])}", {"metadata": kept})

    def events_since(self, cursor: str) -> tuple[list[Notice], str]:
        """What the store's webhooks told or could not tell, after the delivery named by the cursor."""
        with understanding("BTCPay"):
            fresh = []
            for webhook in self._wire.ask("GET", f"{self._store}/webhooks"):
                there = f"/api/v1/webhooks/{_part(webhook['id'])}/deliveries"
                for one in self._wire.ask("GET", there):
                    if _place(one) > cursor:
                        fresh.append((_place(one), f"{there}/{_part(one['id'])}/request"))
            told = [notice for _, request in sorted(fresh) for notice in reading.notice(self._wire.ask("GET", request))]
            return _once(told), max((place for place, _ in fresh), default=cursor)

    def lines_since(self, cursor: str) -> tuple[list[StatementLine], str]:
        """Charges of invoices of which nothing more can come, in the order they were made, and refunds by their hour.

        An invoice that is not final yet holds up those made after it, a day at most.
        """
        with understanding("BTCPay"):
            now = timezone.now()
            made, back = (cursor or "0|0").split("|")
            invoices = self._pages(f"startDate={int(made.partition(':')[0])}&includePaymentMethods=true")
            charges, made = statement.charges(invoices, made, now)
            returns, back = statement.returns(self._pulls(), back, now)
            return [*charges, *returns], f"{made}|{back}" if charges or returns else cursor

    def paid_out(self, payout: str) -> Money | None:
        """The wallet is the newsroom's own: nothing is paid out."""
        return None

    def _invoices(self, contribution: UUID) -> list[dict[str, Any]]:
        """All that were made for a gift, oldest first."""
        found = self._pages(f"orderId={contribution}&includePaymentMethods=true")
        return sorted(found, key=statement.made)

    def _pages(self, query: str) -> Iterator[dict[str, Any]]:
        for skip in range(0, 1_000_000, PAGE):
            page = self._wire.ask("GET", f"{self._store}/invoices?{query}&skip={skip}&take={PAGE}")
            yield from page
            if len(page) < PAGE:
                return

    def _pulls(self) -> list[dict[str, Any]]:
        """The store's pull payments, archived ones with whether anything was fetched."""
        pulls = self._wire.ask("GET", f"{self._store}/pull-payments?includeArchived=true")
        return [pull | {"_claimed": pull["archived"] and self._is_claimed(pull)} for pull in pulls]

    def _is_claimed(self, pull: dict[str, Any]) -> bool:
        payouts = self._wire.ask("GET", f"/api/v1/pull-payments/{_part(pull['id'])}/payouts")
        return any(one["state"] in ("InProgress", "Completed") for one in payouts)


def _terms(intent: Intent, urls: Urls) -> dict[str, Any]:
    """What an invoice says. Nothing says who gives, and the server is told to ask nobody."""
    return {
        "amount": intent.amount.decimal(),
        "currency": intent.amount.currency,
        "metadata": {
            "orderId": str(intent.contribution), "itemDesc": intent.description, "attempt": intent.attempt_key,
            reading.CADENCE: str(intent.cadence),
        },
        "checkout": {
            "redirectURL": urls.back, "redirectAutomatically": True, "defaultLanguage": intent.language,
            "expirationMinutes": OPEN_MINUTES, "monitoringMinutes": WATCHED_MINUTES,
        },
    }  # fmt: skip


def _attempt(invoice: dict[str, Any]) -> str:
    return str((invoice["metadata"] or {}).get("attempt", ""))


def _place(delivery: dict[str, Any]) -> str:
    return f"{int(delivery['timestamp']):012}:{delivery['id']}"


def _once(told: list[Notice]) -> list[Notice]:
    return list({notice.event_id: notice for notice in told}.values())


def _uuid(text: str) -> UUID:
    """Raises GiveUp for what is no gift of ours."""
    try:
        return UUID(text)
    except ValueError:
        raise GiveUp(f"BTCPay knows no gift by {text}") from None


def _part(text: str) -> str:
    return quote(text, safe="")

"""Whether everything at PayPal stands as it must: for `doctor --providers`, in words that say what to mend."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from tamizdat.providers import webhooks
from tamizdat.providers.paypal import report
from tamizdat.providers.paypal.account import Account
from tamizdat.providers.wire import understanding
from tamizdat.support.rules.contract import GiveUp, TryLater

EVENTS = (
    "CHECKOUT.ORDER.APPROVED", "PAYMENT.CAPTURE.COMPLETED", "PAYMENT.CAPTURE.DENIED", "PAYMENT.CAPTURE.REFUNDED",
    "PAYMENT.CAPTURE.REVERSED", "PAYMENT.SALE.COMPLETED", "PAYMENT.SALE.REFUNDED", "PAYMENT.SALE.REVERSED",
    "BILLING.SUBSCRIPTION.ACTIVATED", "BILLING.SUBSCRIPTION.CANCELLED", "BILLING.SUBSCRIPTION.EXPIRED",
    "BILLING.SUBSCRIPTION.SUSPENDED", "BILLING.SUBSCRIPTION.PAYMENT.FAILED", "CUSTOMER.DISPUTE.CREATED",
    "CUSTOMER.DISPUTE.UPDATED", "CUSTOMER.DISPUTE.RESOLVED",
)  # fmt: skip


def findings(ask: Callable[..., Any], ours: Account, events_url: str) -> list[str]:
    """What is wrong, a sentence each; empty when all is well."""
    try:
        with understanding("PayPal"):
            there = ask("GET", "/v1/notifications/webhooks")["webhooks"]
    except (TryLater, GiveUp) as error:
        return [f"{error}: are client_id and client_secret those of one app, and is money = “{ours.money}” right?"]
    return [*_webhook(there, ours, events_url), *_report(ask)]


def _webhook(there: list[dict[str, Any]], ours: Account, events_url: str) -> list[str]:
    fitting = [one for one in there if one["url"] == events_url]
    if not fitting:
        return [webhooks.lost(events_url, (one["url"] for one in there), add="in the app, under Webhooks")]
    named = [one for one in fitting if one["id"] == ours.webhook_id]
    if not named:
        return [f"webhook_id is “{ours.webhook_id}”, and the webhook to {events_url} is {fitting[0]['id']}: copy that."]
    told = {one["name"] for one in named[0]["event_types"]}
    return webhooks.silent(EVENTS, told, add="add them, or let it tell all events")


def _report(ask: Callable[..., Any]) -> list[str]:
    now = timezone.now()
    try:
        list(report.rows(lambda path: ask("GET", path), now - timedelta(days=1), now))
    except (TryLater, GiveUp) as error:
        return [f"{error}: switch on Transaction search in the app, under Features; it takes hours until it works."]
    return []

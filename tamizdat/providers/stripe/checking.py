"""Whether everything at Stripe stands as it must: for `doctor --providers`, in words that say what to mend."""

from __future__ import annotations

from typing import Any

import stripe

from tamizdat.providers import webhooks
from tamizdat.providers.stripe.account import Account

DASHBOARD = "https://dashboard.stripe.com"
# What the webhook must tell. All of them are hints; without one, news of its kind waits for the nightly look.
EVENTS = (
    "checkout.session.completed", "checkout.session.async_payment_succeeded", "checkout.session.async_payment_failed",
    "checkout.session.expired", "invoice.paid", "invoice.payment_failed", "invoice.payment_action_required",
    "customer.subscription.created", "customer.subscription.updated", "customer.subscription.deleted",
    "customer.subscription.paused", "customer.subscription.resumed", "charge.refunded", "refund.created",
    "refund.updated", "refund.failed", "charge.dispute.created", "charge.dispute.updated", "charge.dispute.closed",
    "charge.dispute.funds_withdrawn", "charge.dispute.funds_reinstated", "radar.early_fraud_warning.created",
)  # fmt: skip


def findings(api: Any, ours: Account, events_url: str) -> list[str]:
    """What is wrong, a sentence each; empty when all is well."""
    try:
        account = api.accounts.retrieve_current().to_dict()
    except stripe.AuthenticationError:
        return [f"Stripe does not accept the key: copy it again from {DASHBOARD}/apikeys into keys/stripe.toml."]
    except stripe.PermissionError:
        return ["The restricted key may not read the account: give it “Read” for Accounts, as docs/stripe.md lists."]
    except stripe.StripeError as error:
        return [f"Stripe cannot be reached: {error}. If it stays so, look at the firewall."]
    return [*_account(account, ours), *_portal(api), *_webhook(api, events_url)]


def _account(account: dict[str, Any], ours: Account) -> list[str]:
    said = []
    if ours.account and account["id"] != ours.account:
        said.append(f"The key belongs to {account['id']}, but keys/stripe.toml says account = “{ours.account}”.")
    if not account["charges_enabled"]:
        said.append(
            f"Stripe does not let the account take payments yet: finish what {DASHBOARD}/account/onboarding asks."
        )
    if not account["payouts_enabled"]:
        said.append(f"Stripe does not pay out yet: name a bank account at {DASHBOARD}/settings/payouts.")
    if not ((account.get("settings") or {}).get("payments") or {}).get("statement_descriptor"):
        said.append(
            "There is no statement descriptor: bank statements would show whatever the account is called. "
            f"Set a neutral one at {DASHBOARD}/settings/public."
        )
    return said


def _portal(api: Any) -> list[str]:
    """Where supporters change their card."""
    try:
        found = api.billing_portal.configurations.list({"is_default": True, "limit": 1}).to_dict()["data"]
    except stripe.PermissionError:
        return ["The restricted key may not use the customer portal: give it “Write”, or nobody can change a card."]
    except stripe.StripeError as error:
        return [f"Stripe does not say how the customer portal is set: {error}. Ask again later."]
    if found and found[0]["features"]["payment_method_update"]["enabled"]:
        return []
    return [f"Supporters cannot change their card: allow payment methods at {DASHBOARD}/settings/billing/portal."]


def _webhook(api: Any, events_url: str) -> list[str]:
    try:
        endpoints = [one.to_dict() for one in api.webhook_endpoints.list({"limit": 100}).auto_paging_iter()]
    except stripe.PermissionError:
        return ["The restricted key may not read webhook endpoints, so that they cannot be checked: give it “Read”."]
    except stripe.StripeError as error:
        return [f"Stripe does not say which webhooks there are: {error}. Ask again later."]
    ours = [one for one in endpoints if one["url"] == events_url]
    if not ours:
        there = (one["url"] for one in endpoints)
        return [webhooks.lost(events_url, there, add=f"at {DASHBOARD}/webhooks")]
    heard = {event for one in ours if one["status"] == "enabled" for event in one["enabled_events"]}
    if not heard:
        return [f"The webhook to {events_url} is disabled: switch it on at {DASHBOARD}/webhooks."]
    return webhooks.silent(EVENTS, heard, add=f"add them at {DASHBOARD}/webhooks")

"""What PayPal is asked for. Nothing says who gives: it asks them itself."""

from __future__ import annotations

from typing import Any

from tamizdat.money import Money
from tamizdat.support.rules.contract import GiveUp, Intent, Urls

# Source: developer.paypal.com/reference/currency-codes.
CURRENCIES = frozenset({
    "AUD", "BRL", "CAD", "CNY", "CZK", "DKK", "EUR", "HKD", "HUF", "ILS", "JPY", "MXN", "TWD", "NZD", "NOK", "PLN",
    "GBP", "SGD", "SEK", "CHF", "THB", "USD",
})  # fmt: skip
WITHOUT_DECIMALS = ("HUF", "JPY", "TWD")
LOCALES = {"en": "en-US", "ru": "ru-RU", "es": "es-ES", "fr": "fr-FR", "de": "de-DE", "zh": "zh-CN", "ar": "ar-EG"}


def amount(of: Money) -> dict[str, str]:
    """Raises GiveUp for pence where PayPal has none."""
    text = of.decimal()
    if of.currency in WITHOUT_DECIMALS and "." in text:
        text, _, rest = text.partition(".")
        if int(rest):
            raise GiveUp(f"PayPal takes whole {of.currency} only")
    return {"currency_code": of.currency, "value": text}


def order(intent: Intent, urls: Urls) -> dict[str, Any]:
    """Paid when its payer agrees."""
    unit = {"custom_id": str(intent.contribution), "description": intent.description[:127]}
    page = _page(intent, urls) | {"user_action": "PAY_NOW", "landing_page": "NO_PREFERENCE"}
    return {
        "intent": "CAPTURE",
        "purchase_units": [{**unit, "amount": amount(intent.amount)}],
        "payment_source": {"paypal": {"experience_context": page}},
    }


def subscription(intent: Intent, urls: Urls, plan: str) -> dict[str, Any]:
    """To a plan, for another price."""
    price = {"sequence": 1, "pricing_scheme": {"fixed_price": amount(intent.amount)}}
    return {
        "plan_id": plan,
        "custom_id": str(intent.contribution),
        "plan": {"billing_cycles": [price]},
        "application_context": _page(intent, urls) | {"user_action": "SUBSCRIBE_NOW"},
    }


def _page(intent: Intent, urls: Urls) -> dict[str, str]:
    page = {"shipping_preference": "NO_SHIPPING", "return_url": urls.back, "cancel_url": urls.abandoned}
    locale = LOCALES.get(intent.language)  # others: as the browser asks
    return page | ({"locale": locale} if locale else {})

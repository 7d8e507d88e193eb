"""Addresses of this room's pages on the giving address, in full."""

from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils import translation

from tamizdat.newsroom import queries as newsroom
from tamizdat.support.giver import keys
from tamizdat.support.models import Contribution


def form(language: str, **query: str) -> str:
    return _full("support:give", language) + (f"?{urlencode(query)}" if query else "")


def again(contribution: Contribution) -> str:
    """The form as this contribution filled it, without the address."""
    return form(
        contribution.language,
        cadence=contribution.cadence,
        amount=contribution.amount.decimal(),
        currency=contribution.currency,
        source=contribution.source,
        left="1",
    )


def thanks(contribution: UUID, language: str) -> str:
    return _full("support:thanks", language, keys.thanks_token(contribution))


def mend(contribution: UUID, language: str) -> str:
    return _full("support:mend", language, keys.mend_token(contribution))


def private(key: str, language: str) -> str:
    return _full("support:private", language, key)


def _full(name: str, language: str, *args: str) -> str:
    with translation.override(language):
        return newsroom.configuration().paper.giving_address + reverse(name, args=args)

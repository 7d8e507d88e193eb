"""Which payment companies this newsroom works with. No company is named here: settings name them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from contextlib import suppress
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from tamizdat.newsroom import queries as newsroom
from tamizdat.support.rules.contract import Capabilities, GiveUp, NotSetUp, Provider, TryLater
from tamizdat.support.rules.statements import StatementReader

log = logging.getLogger("tamizdat.support")


class UnknownCompany(LookupError):
    """No such payment company: not in the settings, or pretending where money is real, or the reverse."""


def company(code: str) -> Provider:
    """The company with this code. A live newsroom has no make-believe one, a training newsroom no other."""
    path = settings.PAYMENT_PROVIDERS.get(code)
    if path is None:
        raise UnknownCompany(f"There is no payment company “{code}”; there are {known()}")
    try:
        provider: Provider = import_string(path).from_settings()
    except ImportError as error:
        raise UnknownCompany(f"“{code}” needs pip install 'tamizdat[{code}]' ({error})") from error
    except NotSetUp as error:
        raise UnknownCompany(f"“{code}” is not set up: {error}") from error
    if provider.capabilities().is_pretend not in (None, newsroom.is_training()):
        raise UnknownCompany(f"“{code}” is not for a {newsroom.kind()} newsroom")
    return provider


class Reader(Provider, StatementReader, Protocol):
    """A company of which a person brings statements."""


def reader(code: str) -> Reader:
    """The company with this code. Raises UnknownCompany for one that tells by itself what happened."""
    found = company(code)
    if not found.capabilities().by_statement:
        raise UnknownCompany(f"“{code}” needs no statement to be brought")
    return cast(Reader, found)


def known() -> str:
    return ", ".join(sorted(settings.PAYMENT_PROVIDERS)) or "none"


def codes_on() -> list[str]:
    """The codes of the companies that are switched on and may be used here."""
    return list(_on())


def by_statement() -> list[str]:
    """Of those the codes of which a person brings statements."""
    return [can.code for can in on() if can.by_statement and not can.by_hand]


def by_hand() -> list[str]:
    """Of those the codes of which a person writes down each gift."""
    return [can.code for can in on() if can.by_hand]


def asking() -> list[str]:
    """Of those the codes that take nothing by themselves of a gift that recurs."""
    return [can.code for can in on() if can.asks_each_time]


def for_hand() -> str:
    """The first of them. Raises UnknownCompany when none is switched on."""
    for code in by_hand():
        return code
    raise UnknownCompany("gifts in cash and by cheque are not switched on in newsroom.toml, [giving] providers")


def each(do: Callable[[str, Provider], int]) -> list[int]:
    """What `do` answers for every company that is on. One that fails holds up no other."""
    done = []
    for code, found in _on().items():
        try:
            done.append(do(code, found))
        except (TryLater, GiveUp) as error:
            log.warning("%s does not say what happened there: %s", code, error)
    return done


def on() -> list[Capabilities]:
    """What the companies can do that newsroom.toml switches on and that may be used here, in its order."""
    return [found.capabilities() for found in _on().values()]


def taking(currency: str) -> list[Capabilities]:
    """Of those the ones that take this currency."""
    return [can for can in on() if _takes(can, {currency})]


def _on() -> dict[str, Provider]:
    found = {}
    for code in newsroom.configuration().giving.providers:
        with suppress(UnknownCompany):
            found[code] = company(code)
    return {code: one for code, one in found.items() if _takes(one.capabilities(), _ours())}


def findings() -> list[str]:
    """What is wrong with the ways to pay that newsroom.toml switches on, a sentence each. Asks the companies."""
    giving = newsroom.configuration().giving
    if not giving.providers:
        return [why_none()]
    return [f"{code}: {said}" for code in giving.providers for said in _findings(code)]


def _findings(code: str) -> list[str]:
    try:
        found = company(code)
    except UnknownCompany as error:
        return [f"{error}."]
    if not _takes(found.capabilities(), _ours()):
        return [_why_not(code)]
    return found.check(f"{newsroom.configuration().paper.giving_address}/events/{code}/")


def why_none() -> str:
    """Why there is no way to give, for the desk; empty when there is one."""
    giving = newsroom.configuration().giving
    if any(can.cadences for can in on()):
        return ""
    if not giving.providers:
        return "No way to pay is switched on: name one in newsroom.toml, [giving] providers."
    return " ".join(_why_not(code) for code in giving.providers)


def _why_not(code: str) -> str:
    try:
        company(code)
    except UnknownCompany as error:
        return f"{error}."
    if code in codes_on():
        return f"“{code}” is written down at the desk: a reader cannot choose it."
    return f"“{code}” does not take {' or '.join(_ours())}."


def _takes(can: Capabilities, currencies: Collection[str]) -> bool:
    return can.currencies is None or not can.currencies.isdisjoint(currencies)


def _ours() -> Collection[str]:
    """The currencies that readers may give in, the newsroom's first."""
    return newsroom.configuration().giving.prices

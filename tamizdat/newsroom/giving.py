"""[giving] of newsroom.toml: in which currencies, how much, by whom."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tamizdat.money import EXPONENTS, Money, parse_amount
from tamizdat.newsroom.rules import ConfigurationError

CADENCES = ("once", "monthly", "annual")


@dataclass(frozen=True, kw_only=True)
class Prices:
    """In one currency the least that is taken, and by cadence what is offered."""

    minimum: Money
    suggested: Mapping[str, tuple[Money, ...]]


@dataclass(frozen=True, kw_only=True)
class Giving:
    """`prices` by the currencies that readers may give in, the newsroom's own, in which it counts, first."""

    currency: str
    prices: Mapping[str, Prices]
    providers: tuple[str, ...] = ()
    listed_in: tuple[str, ...] = ()
    second_person_above: Money | None = None

    @property
    def own(self) -> Prices:
        """In the newsroom's own currency."""
        return self.prices[self.currency]


def read(raw: dict[str, Any]) -> Giving:
    known = {"currency", "minimum", "suggested", "also", "providers", "listed_in", "second_person_above"}
    _refuse_unknown("giving", raw, known)
    currency, limit = raw.get("currency", "USD"), raw.get("second_person_above", "")
    return Giving(
        currency=currency,
        prices={currency: _prices(currency, raw)} | _others(raw.get("also", {}), currency),
        providers=tuple(raw.get("providers", ())),
        listed_in=countries("giving", "listed_in", raw.get("listed_in", [])),
        second_person_above=_amount("second_person_above", limit, currency) if limit else None,
    )


def _others(also: Any, currency: str) -> dict[str, Prices]:
    """Each says all of its own amounts: no rate makes round ones of ours."""
    if not isinstance(also, dict) or not all(isinstance(said, dict) for said in also.values()):
        raise ConfigurationError("newsroom.toml: [giving] also is a table for each currency, like [giving.also.EUR]")
    for code, said in also.items():
        _refuse_unknown(f"giving.also.{code}", said, {"minimum", "suggested"})
        if code == currency:
            raise ConfigurationError(f"newsroom.toml: [giving.also.{code}] is the newsroom's own: write it in [giving]")
        if not said.get("minimum") or set(said.get("suggested", {})) != set(CADENCES):
            needs = f"needs a minimum, and suggested amounts for {', '.join(CADENCES)}"
            raise ConfigurationError(f"newsroom.toml: [giving.also.{code}] {needs}")
    return {code: _prices(code, said) for code, said in also.items()}


def _refuse_unknown(section: str, raw: Mapping[str, Any], known: set[str]) -> None:
    for key in raw.keys() - known:
        raise ConfigurationError(f"newsroom.toml: [{section}] has no “{key}”; there are {', '.join(sorted(known))}")


def _prices(currency: str, raw: dict[str, Any]) -> Prices:
    if currency not in EXPONENTS:
        raise ConfigurationError(f"newsroom.toml: [giving] currency “{currency}” is not known, like USD or EUR")
    suggested = {"once": ["10", "25", "50"], "monthly": ["2", "5", "10"], "annual": ["25", "60", "120"]}
    said = raw.get("suggested", {})
    if not isinstance(said, dict) or not all(isinstance(amounts, list) for amounts in said.values()):
        raise ConfigurationError('newsroom.toml: [giving] suggested is a table of lists, like {monthly = ["2", "5"]}')
    suggested |= said
    for cadence in suggested.keys() - set(CADENCES):
        raise ConfigurationError(
            f"newsroom.toml: [giving.suggested] “{cadence}” is unknown; there are {', '.join(CADENCES)}"
        )
    return Prices(
        minimum=_amount("minimum", raw.get("minimum", "2"), currency),
        suggested={c: tuple(_amount(f"suggested {c}", a, currency) for a in suggested[c]) for c in CADENCES},
    )


def _amount(key: str, text: object, currency: str) -> Money:
    try:
        money = parse_amount(str(text), currency)
    except ValueError as error:
        raise ConfigurationError(f"newsroom.toml: [giving] {key}: {error}") from None
    if money.minor <= 0:
        raise ConfigurationError(f"newsroom.toml: [giving] {key} must be more than nothing")
    return money


def countries(section: str, key: str, codes: object) -> tuple[str, ...]:
    """Two-letter codes. One that is mistyped would protect nobody, so it is refused."""
    if not isinstance(codes, list | tuple):
        raise ConfigurationError(f"newsroom.toml: [{section}] {key} = {codes!r} should be a list in [ ]")
    for code in codes:
        if not (isinstance(code, str) and re.fullmatch("[A-Z]{2}", code)):
            raise ConfigurationError(f'newsroom.toml: [{section}] {key}: {code!r} is not a country\'s code like "RU"')
    return tuple(codes)

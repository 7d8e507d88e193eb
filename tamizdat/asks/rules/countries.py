"""In which country a device is, told by its time zone alone: an address is never looked at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from functools import cache

from babel import Locale
from babel.core import get_global

# Newer, or less lived in, than CLDR's table.
NOT_IN_CLDR = {"America/Coyhaique": "CL", "Antarctica/Troll": "AQ"}


@cache
def country_of_zone() -> dict[str, str]:
    """The country of every time zone that names a place; CLDR's tables, by way of Babel.

    Browsers go on saying names that were changed long ago, like Europe/Kiev: those too. What names no place, like
    UTC, is left to the device's language: see country.js.
    """
    named = {**get_global("zone_territories"), **NOT_IN_CLDR}
    named |= {old: named[new] for old, new in get_global("zone_aliases").items() if new in named}
    known = names("en").keys() - {"ZZ"}
    return {zone: country for zone, country in named.items() if country in known and names_place(zone)}


@cache
def names(language: str) -> dict[str, str]:
    """Every country's name by its code, in a language; in English where that language has none, as for Sark."""
    said = {**Locale("en").territories, **Locale.parse(language, sep="-").territories}
    return {str(code): str(name) for code, name in said.items() if str(code).isalpha()}


def names_place(zone: str) -> bool:
    return "/" in zone and not zone.startswith(("Etc/", "SystemV/"))


@cache
def _zones() -> dict[str, str]:
    found = defaultdict(list)
    for zone, country in sorted(country_of_zone().items()):
        found[country].append(zone)
    return {country: " ".join(zones) for country, zones in found.items()}


def zones(countries: Collection[str]) -> dict[str, str]:
    """The time zones of these countries, as a deck carries them: parted by spaces."""
    return {country: _zones()[country] for country in sorted(countries) if country in _zones()}

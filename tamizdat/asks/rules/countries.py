"""In which country a device is, told by its time zone alone: an address is never looked at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from functools import cache

from babel.core import get_global


@cache
def country_of_zone() -> dict[str, str]:
    """The country of every time zone that a device may name, old names too; CLDR's table, by way of Babel."""
    return {zone: country for zone, country in get_global("zone_territories").items() if country.isalpha()}


@cache
def _zones() -> dict[str, str]:
    found = defaultdict(list)
    for zone, country in sorted(country_of_zone().items()):
        found[country].append(zone)
    return {country: " ".join(zones) for country, zones in found.items()}


def zones(countries: Collection[str]) -> dict[str, str]:
    """The time zones of these countries, as a deck carries them: parted by spaces."""
    return {country: _zones()[country] for country in sorted(countries) if country in _zones()}

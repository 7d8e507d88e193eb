"""Requests as forms: nested, checked by name, and refused when a name is unknown."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl

from tamizdat.sandbox.company.refusal import Refused

Parameters = dict[str, Any]


def decode(encoded: str) -> Parameters:
    """`a[0][b]=1` as dictionaries and lists of strings."""
    root: Parameters = {}
    for key, value in parse_qsl(encoded, keep_blank_values=True):
        *path, last = re.findall(r"[^\[\]]+|(?<=\[)(?=\])", key)
        place = root
        for part in path:
            place = place.setdefault(part, {})
        place[last or str(len(place))] = value
    return _lists(root)


def _lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if value and all(key.isdigit() for key in value):
        return [_lists(value[key]) for key in sorted(value, key=int)]
    return {key: _lists(item) for key, item in value.items()}


def refused(message: str, parameter: str = "", *, status: int = 400, code: str = "") -> Refused:
    """No, in the company's own words."""
    said = {"type": "invalid_request_error", "param": parameter or None, "code": code or None}
    return Refused(status, message, **said)


def check(given: Parameters, allowed: dict[str, Any], within: str = "") -> None:
    """Raise Refused for a parameter that `allowed` does not name; "*" allows any. A list is checked item by item.

    An empty text takes back what any parameter that is known had set.
    """
    for name, value in given.items():
        full = f"{within}[{name}]" if within else name
        if name not in allowed and "*" not in allowed:
            raise refused(f"Received unknown parameter: {full}", full, code="parameter_unknown")
        wanted = allowed.get(name)
        for item in value if isinstance(value, list) else [value] if value != "" else []:
            if isinstance(wanted, dict) != isinstance(item, dict):
                raise refused(f"Invalid {full}", full)
            if isinstance(wanted, dict):
                check(item, wanted, full)


def whole(given: Parameters, name: str, *, default: int | None = None) -> int:
    """A whole number. Raises Refused."""
    if name not in given and default is not None:
        return default
    if not re.fullmatch(r"-?[0-9]{1,12}", str(given.get(name, ""))):
        raise refused(f"Invalid integer: {given.get(name)}", name, code="parameter_invalid_integer")
    return int(given[name])


def required(given: Parameters, *names: str) -> None:
    for name in names:
        if not given.get(name):
            raise refused(f"Missing required param: {name}.", name, code="parameter_missing")

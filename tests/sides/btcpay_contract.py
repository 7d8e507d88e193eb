"""Whether every request that was sent is one that the Greenfield API takes. An unknown parameter is an error.

Source: the folder `specs` (see its README); on a machine without it this half is not run.
"""

from __future__ import annotations

import json
import os
import re
from functools import cache
from typing import Any
from urllib.parse import parse_qsl

import pytest
from openapi_schema_validator import OAS30Validator

from tests.sides.wire_contract import FIGURES, SPECS, Checked

CHECKED = Checked()
NAMES = re.compile(r"\b(inv|pull|webhook|delivery|key|wallet)_[0-9a-f]{24}\b")


def check(requests: list[tuple[str, str, str]]) -> None:
    """Fails with everything that is wrong."""
    spec, wrong = _specification(), []
    for method, path, said in requests:
        CHECKED.requests += 1
        shape = (method, NAMES.sub(r"\1_x", path), NAMES.sub(r"\1_x", FIGURES.sub("7", said)))
        if shape in CHECKED.shapes:
            continue
        CHECKED.shapes.add(shape)
        if spec:
            operation, errors = spec.judged(method.lower(), path, said)
            CHECKED.operations.add(operation)
            wrong += [f"{method} {path}: {one}" for one in errors]
    assert not wrong, "\n".join(wrong[:20])


@cache
def _specification() -> Greenfield | None:
    if SPECS.exists():
        return Greenfield(json.loads((SPECS / "btcpay" / "greenfield-v2.4.1.json").read_text("utf-8")))
    if os.environ.get("CI"):
        pytest.fail("the published specifications are not there")
    print("not run: BTCPay's published specification is not on this machine")
    return None


class Greenfield:
    """The published specification as a judge of JSON bodies and queries."""

    def __init__(self, said: dict[str, Any]) -> None:
        self.said = said
        self.schema = cache(self._schema)

    def judged(self, method: str, path: str, said: str) -> tuple[str, list[str]]:
        """Which operation it is, and what is wrong with it."""
        template = self._template(method, path)
        if method == "get":
            return f"GET {template}", self._of_query(template, said)
        schema = self.schema(method, template)
        found = OAS30Validator(schema).iter_errors(json.loads(said or "{}"))
        errors = [f"{'/'.join(map(str, one.absolute_path))}: {one.message[:150]}" for one in found]
        return f"{method.upper()} {template}", errors

    def _template(self, method: str, path: str) -> str:
        fitting = [
            one for one in self.said["paths"]
            if re.fullmatch(re.sub(r"\{[^}]+\}", "[^/]+", one), path) and method in self.said["paths"][one]
        ]  # fmt: skip
        assert fitting, f"no such operation: {method} {path}"
        return min(fitting, key=lambda one: one.count("{"))

    def _of_query(self, template: str, said: str) -> list[str]:
        known = {one["name"]: one.get("schema", {}) for one in self.said["paths"][template]["get"].get("parameters", [])
                 if one.get("in") == "query"}  # fmt: skip
        wrong = []
        for name, value in parse_qsl(said, keep_blank_values=True):
            kind = known.get(name, {}).get("type")
            fits = {"number": value.isdecimal(), "integer": value.isdecimal(), "boolean": value in ("true", "false")}
            if name not in known or not fits.get(kind or "", True):
                wrong.append(f"the query {name}={value} is not known")
        return wrong

    def _schema(self, method: str, template: str) -> dict[str, Any]:
        (content,) = self.said["paths"][template][method]["requestBody"]["content"].values()
        return self._whole(content["schema"])

    def _whole(self, node: Any) -> Any:
        """The schema with what it refers to put in, its parts (allOf) made one, and closed to what it does not name."""
        if not isinstance(node, dict):
            return node
        if "$ref" in node:
            found: Any = self.said
            for part in node["$ref"].split("/")[1:]:
                found = found[part]
            return self._whole(found)
        made = {key: value for key, value in node.items() if key not in ("allOf", "properties", "items", "example")}
        if "items" in node:
            made["items"] = self._whole(node["items"])
        properties = {name: self._whole(one) for name, one in node.get("properties", {}).items()}
        for part in map(self._whole, node.get("allOf", [])):
            properties |= part.get("properties", {})
            made = {**part, **made}
        if properties:
            is_open = made.get("additionalProperties") is True or "anyOf" in made
            made |= {"type": "object", "properties": properties, "additionalProperties": is_open}
        made.pop("anyOf", None)
        return made

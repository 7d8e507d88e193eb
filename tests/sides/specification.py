"""A published OpenAPI 3.0 specification, as a judge of requests.

Objects that list their properties are closed, so that an unknown parameter is an error.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from openapi_schema_validator import OAS30Validator

from tamizdat.sandbox.stripe.parameters import decode

FORM = "application/x-www-form-urlencoded"
NUMBERS = {"integer": (r"-?\d+", int), "number": (r"-?\d+(\.\d+)?", float)}


class Specification:
    def __init__(self, path: Path) -> None:
        self.paths = json.loads(path.read_text("utf-8"))["paths"]
        # Fewest placeholders first: /events/types is not /events/{id}.
        self.templates = sorted(self.paths, key=lambda template: template.count("{"))
        self.schema = cache(self._schema)

    def errors(self, method: str, path: str, encoded: str) -> list[str]:
        """What is wrong with a form or a query, one line each. LookupError: no such operation."""
        schema = self.schema(method, self._template(method, path))
        found = OAS30Validator(schema).iter_errors(typed(decode(encoded), schema))
        return [f"{'/'.join(map(str, error.absolute_path))}: {error.message[:150]}" for error in found]

    def _template(self, method: str, path: str) -> str:
        for template in self.templates:
            pattern = re.sub(r"\{[^}]+\}", "[^/]+", template)
            if re.fullmatch(pattern, path) and method in self.paths[template]:
                return template
        raise LookupError(f"no such operation: {method} {path}")

    def _schema(self, method: str, template: str) -> dict[str, Any]:
        operation = self.paths[template][method]
        if method not in ("get", "delete"):
            return closed(operation["requestBody"]["content"][FORM]["schema"])
        asked = [one for one in operation.get("parameters", []) if one["in"] == "query"]
        return closed({
            "type": "object",
            "properties": {one["name"]: one["schema"] for one in asked},
            "required": [one["name"] for one in asked if one.get("required")],
        })  # fmt: skip


def closed(node: Any) -> Any:
    """The schema, with every object that lists its properties refusing others."""
    if isinstance(node, list):
        return [closed(item) for item in node]
    if not isinstance(node, dict):
        return node
    made = {key: closed(value) for key, value in node.items()}
    is_listed = made.get("type") == "object" and "properties" in made and not made.get("additionalProperties")
    return {**made, "additionalProperties": False} if is_listed else made


def typed(value: Any, schema: dict[str, Any]) -> Any:
    """Texts as the types that the schema asks for, where they fit."""
    for option in schema.get("anyOf", []):
        candidate = typed(value, option)
        if OAS30Validator(option).is_valid(candidate):
            return candidate
    kind = schema.get("type")
    if isinstance(value, list):
        return [typed(item, schema.get("items", {})) for item in value]
    if isinstance(value, dict):
        more = schema.get("additionalProperties")
        known = schema.get("properties", {})
        other = more if isinstance(more, dict) else {}
        return {key: typed(item, known.get(key, other)) for key, item in value.items()}
    if kind in NUMBERS and re.fullmatch(NUMBERS[kind][0], value):
        return NUMBERS[kind][1](value)
    return value == "true" if kind == "boolean" and value in ("true", "false") else value

"""Whether every request that was sent is one that the company's published API takes. An unknown parameter is an error.

Source: the folder `specs` (see its README); on a machine without it this half is not run.
"""

from __future__ import annotations

import json
import os
import re
from functools import cache, cached_property
from typing import Any
from urllib.parse import parse_qsl

import pytest
from openapi_schema_validator import OAS30Validator

from tests.sides.wire_contract import FIGURES, SPECS, Checked

NAMES = re.compile(r"\b(inv|pull|webhook|delivery|key|wallet)_[0-9a-f]{24}\b|\b(I-|P-|PP-D-[0-9]+-)?[0-9A-F]{12,17}\b")


class JsonContract:
    """One company's specifications, and how much was checked against them in this process."""

    def __init__(self, folder: str, *names: str) -> None:
        self.checked, self._files = Checked(), [SPECS / folder / f"{name}.json" for name in names]

    def check(self, requests: list[tuple[str, str, str]]) -> None:
        """Fails with everything that is wrong."""
        specs, wrong = self._specifications, []
        for method, path, said in requests:
            self.checked.requests += 1
            shape = (method, NAMES.sub("x", path), NAMES.sub("x", FIGURES.sub("7", said)))
            if shape in self.checked.shapes:
                continue
            self.checked.shapes.add(shape)
            if specs:
                (spec,) = [one for one in specs if one.knows(method.lower(), path)] or specs[:1]
                operation, errors = spec.judged(method.lower(), path, said)
                self.checked.operations.add(operation)
                wrong += [f"{method} {path}: {one}" for one in errors]
        assert not wrong, "\n".join(wrong[:20])

    @cached_property
    def _specifications(self) -> list[Specification]:
        if SPECS.exists():
            return [Specification(json.loads(one.read_text("utf-8"))) for one in self._files]
        if os.environ.get("CI"):
            pytest.fail("the published specifications are not there")
        print(f"not run: the specification {self._files[0].name} is not on this machine")
        return []


class Specification:
    """A published specification as a judge of JSON bodies and queries."""

    def __init__(self, said: dict[str, Any]) -> None:
        self.said = said
        self.schema = cache(self._schema)

    def knows(self, method: str, path: str) -> bool:
        return bool(self._fitting(method, path))

    def judged(self, method: str, path: str, said: str) -> tuple[str, list[str]]:
        """Which operation it is, and what is wrong with it."""
        template = self._template(method, path)
        if method == "get":
            return f"GET {template}", self._of_query(template, said)
        schema = self.schema(method, template)
        found = OAS30Validator(schema).iter_errors(json.loads(said or "{}"))
        errors = [f"{'/'.join(map(str, one.absolute_path))}: {one.message[:150]}" for one in found]
        return f"{method.upper()} {template}", errors

    def _fitting(self, method: str, path: str) -> list[str]:
        return [
            one for one in self.said["paths"]
            if re.fullmatch(re.sub(r"\{[^}]+\}", "[^/]+", one), path) and method in self.said["paths"][one]
        ]  # fmt: skip

    def _template(self, method: str, path: str) -> str:
        fitting = self._fitting(method, path)
        assert fitting, f"no such operation: {method} {path}"
        return min(fitting, key=lambda one: one.count("{"))

    def _of_query(self, template: str, said: str) -> list[str]:
        parameters = map(self._whole, self.said["paths"][template]["get"].get("parameters", []))
        known = {one["name"]: one for one in parameters if one.get("in") == "query"}
        given = dict(parse_qsl(said, keep_blank_values=True))
        wrong = [f"the query {name} is missing" for name in known if known[name].get("required") and name not in given]
        for name, value in given.items():
            kind = known.get(name, {}).get("schema", {}).get("type")
            fits = {"number": value.isdecimal(), "integer": value.isdecimal(), "boolean": value in ("true", "false")}
            if name not in known or not fits.get(kind or "", True):
                wrong.append(f"the query {name}={value} is not known")
        return wrong

    def _schema(self, method: str, template: str) -> dict[str, Any]:
        body = self._whole(self.said["paths"][template][method].get("requestBody", {"content": {"": {"schema": {}}}}))
        (content,) = body["content"].values()
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

"""Whether every request that was sent is one that the company takes: by the SDK's parameter types and the published
specifications. An unknown parameter is an error.

Source of the specifications: the folder `specs` (see its README); on a machine without it that half is not run.
"""

from __future__ import annotations

import importlib
import os
import re
import sys
import typing
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pydantic import ConfigDict, TypeAdapter, ValidationError
from stripe import RequestOptions
from typing_extensions import TypedDict, get_type_hints, is_typeddict

from tamizdat.sandbox.stripe.parameters import decode
from tests.sides.specification import Specification

SPECS = Path(__file__).parents[3] / "shared" / "specs"
NAMES = re.compile(r"\b([a-z]+(?:_test)?)_[0-9a-f]{24}\b")
FIGURES = re.compile(r"[0-9]+|[0-9a-f]{8}-[0-9a-f-]{27}")
# By path and method, the SDK's type of what is sent.
TYPES = {
    ("POST", r"/v1/checkout/sessions"): ("checkout", "SessionCreateParams"),
    ("GET", r"/v1/checkout/sessions"): ("checkout", "SessionListParams"),
    ("GET", r"/v1/checkout/sessions/[^/]+"): ("checkout", "SessionRetrieveParams"),
    ("POST", r"/v1/checkout/sessions/[^/]+/expire"): ("checkout", "SessionExpireParams"),
    ("GET", r"/v1/charges"): ("", "ChargeListParams"),
    ("GET", r"/v1/charges/[^/]+"): ("", "ChargeRetrieveParams"),
    ("GET", r"/v1/disputes"): ("", "DisputeListParams"),
    ("GET", r"/v1/refunds"): ("", "RefundListParams"),
    ("POST", r"/v1/refunds"): ("", "RefundCreateParams"),
    ("POST", r"/v1/subscriptions/[^/]+"): ("", "SubscriptionUpdateParams"),
    ("DELETE", r"/v1/subscriptions/[^/]+"): ("", "SubscriptionCancelParams"),
    ("DELETE", r"/v1/customers/[^/]+"): ("", "CustomerDeleteParams"),
    ("GET", r"/v1/balance_transactions"): ("", "BalanceTransactionListParams"),
    ("GET", r"/v1/events"): ("", "EventListParams"),
    ("GET", r"/v1/webhook_endpoints"): ("", "WebhookEndpointListParams"),
    ("POST", r"/v1/customers/[^/]+"): ("", "CustomerUpdateParams"),
    ("POST", r"/v1/billing_portal/sessions"): ("billing_portal", "SessionCreateParams"),
    ("GET", r"/v1/billing_portal/configurations"): ("billing_portal", "ConfigurationListParams"),
    ("GET", r"/v1/account"): ("", "AccountRetrieveCurrentParams"),
}


@dataclass
class Checked:
    """How much was checked in this process. A request like one that was seen is not judged again."""

    requests: int = 0
    shapes: set[tuple[str, str, str]] = field(default_factory=set)
    operations: set[str] = field(default_factory=set)

    def figures(self) -> dict[str, Any]:
        return {"requests": self.requests, "shapes": len(self.shapes), "request_failures": 0,
                "operations": sorted(self.operations), "specifications": SPECS.exists()}  # fmt: skip


CHECKED = Checked()


def check_stripe(requests: list[tuple[str, str, str]]) -> None:
    """Fails with everything that is wrong."""
    spec, wrong = _specification(), []
    for method, path, encoded in requests:
        CHECKED.requests += 1
        shape = (method, NAMES.sub(r"\1_x", path), NAMES.sub(r"\1_x", FIGURES.sub("7", encoded)))
        if shape in CHECKED.shapes:
            continue
        CHECKED.shapes.add(shape)
        key, adapter = _adapter(method, path)
        CHECKED.operations.add(key)
        wrong += [f"{method} {path}: {one}" for one in _by_type(adapter, encoded)]
        if spec:
            wrong += [f"{method} {path}: {one}" for one in _by_specification(spec, method, path, encoded)]
    assert not wrong, "\n".join(wrong[:20])


@cache
def _specification() -> Specification | None:
    if SPECS.exists():
        return Specification(SPECS / "stripe" / "spec-2023-08-16-subset.json")
    if os.environ.get("CI"):
        pytest.fail("the published specifications are not there")
    print("not run: Stripe's published specifications are not on this machine")
    return None


_ADAPTERS: dict[str, TypeAdapter] = {}


def _adapter(method: str, path: str) -> tuple[str, TypeAdapter]:
    for (verb, pattern), (module, name) in TYPES.items():
        if verb == method and re.fullmatch(pattern, path):
            key = f"{verb} {pattern}"
            if key not in _ADAPTERS:
                _ADAPTERS[key] = TypeAdapter(_type(module, name))
            return key, _ADAPTERS[key]
    pytest.fail(f"no type is known for {method} {path}: add it to tests/wire_contract.py")


def _type(module: str, name: str) -> Any:
    """The SDK's type of a form, closed: it and all that it is made of; without the options of the SDK itself."""
    found = getattr(importlib.import_module(f"stripe.params{'.' + module if module else ''}"), name)
    names = {**vars(typing), "StripeContext": str, **vars(sys.modules[found.__module__])}
    for part in names.values():
        if is_typeddict(part):
            part.__pydantic_config__ = ConfigDict(extra="forbid", arbitrary_types_allowed=True)
    hints = get_type_hints(found, globalns=names, include_extras=True)
    sent = {name: hint for name, hint in hints.items() if name not in RequestOptions.__annotations__}
    made = TypedDict(name, sent)
    made.__pydantic_config__ = ConfigDict(extra="forbid", arbitrary_types_allowed=True)
    return made


def _by_type(adapter: TypeAdapter, encoded: str) -> list[str]:
    try:
        adapter.validate_python(decode(encoded))
    except ValidationError as error:
        return [f"{'/'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
    return []


def _by_specification(spec: Specification, method: str, path: str, encoded: str) -> list[str]:
    try:
        return spec.errors(method.lower(), path, encoded)
    except LookupError:
        return []  # the subset does not hold it; its type does

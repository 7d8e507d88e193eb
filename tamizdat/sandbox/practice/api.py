"""The company's face to programs: JSON in, JSON out, by bearer key."""

import functools
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.urls import reverse

from tamizdat.sandbox.practice import actions, queries
from tamizdat.sandbox.practice.models import Order
from tamizdat.sandbox.practice.rules import Refused, Terms

Fields = dict[str, Any]
TERMS: dict[str, type] = dict.fromkeys(Terms.__annotations__, str) | {"amount_minor": int}


def api(**methods: Callable[..., Fields]) -> Callable[..., JsonResponse]:
    """One address of the API: a function a method, each answering with a JSON object or Refused."""

    def view(request: HttpRequest, **where: str) -> JsonResponse:
        try:
            _check_key(request)
            act = methods.get(request.method or "")
            if act is None:
                raise Refused("wrong_method", f"Here we answer {' and '.join(methods)}.", status=405)
            return JsonResponse(act(request, **where))
        except Refused as no:
            return JsonResponse({"error": {"code": no.code, "message": no.message}}, status=no.status)

    return view


def once(act: Callable[..., Fields]) -> Callable[..., Fields]:
    """Asks for an Idempotency-Key and acts once for it."""

    @functools.wraps(act)
    def acting(request: HttpRequest, **where: str) -> Fields:
        key = request.headers.get("Idempotency-Key", "")
        if not 0 < len(key) <= 200:
            raise Refused("key_missing", "Send an Idempotency-Key of 1 to 200 characters.")
        question = hashlib.sha256(request.path.encode() + b"\n" + request.body).hexdigest()
        return actions.answer_once(key=key, question=question, act=lambda: act(request, **where))

    return acting


@once
def open_order(request: HttpRequest) -> Fields:
    return _told(request, actions.open_order(terms=Terms(**_fields(request, TERMS))))


def tell_order(request: HttpRequest, order_id: str) -> Fields:
    return _told(request, queries.order(order_id))


def decide(request: HttpRequest, order_id: str) -> Fields:
    asked = _fields(request, {"verdict": str}, {"failing_renewals": list})
    return _told(request, actions.decide(order_id=order_id, **asked))


@once
def cancel(request: HttpRequest, order_id: str) -> Fields:
    return _told(request, actions.cancel(order_id=order_id))


@once
def set_amount(request: HttpRequest, order_id: str) -> Fields:
    return _told(request, actions.set_amount(order_id=order_id, **_fields(request, {"amount_minor": int})))


@once
def pause(request: HttpRequest, order_id: str) -> Fields:
    until = _fields(request, {"until": str})["until"]
    return _told(request, actions.pause(order_id=order_id, until=_moment(until) if until else None))


@once
def refund(request: HttpRequest, charge_id: str) -> Fields:
    asked = _fields(request, {}, {"amount_minor": int})
    made = actions.refund(charge_id=charge_id, amount_minor=asked.get("amount_minor"))
    return {"id": made.pk, "charge": charge_id, "amount_minor": made.amount_minor, "at": made.at.isoformat()}


def tell_lines(request: HttpRequest) -> Fields:
    return {"lines": queries.lines_since(_cursor(request))}


def tell_events(request: HttpRequest) -> Fields:
    return {"events": queries.events_since(_cursor(request)), "waiting": queries.waiting()}


def tell_clock(request: HttpRequest) -> Fields:
    return {"now": queries.now().isoformat()}


def advance_clock(request: HttpRequest) -> Fields:
    asked = _fields(request, {}, {"to": str, "days": int})
    if len(asked) != 1:
        raise Refused("bad_fields", "Send either “to” or “days”.")
    try:
        to = queries.now() + timedelta(days=asked["days"]) if "days" in asked else _moment(asked["to"])
    except OverflowError:
        raise Refused("bad_time", "So many days are more than a calendar has.") from None
    return {"now": actions.advance(to=to).isoformat()}


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Refused("bad_time", "Write a moment like 2026-11-23T12:00:00+00:00.") from None
    if moment.tzinfo is None:
        raise Refused("bad_time", "The moment lacks its time zone, like +00:00.")
    return moment


def _check_key(request: HttpRequest) -> None:
    given = request.headers.get("Authorization", "")
    if not hmac.compare_digest(given.encode(), f"Bearer {settings.KEY}".encode()):
        raise Refused("wrong_key", "Send the shop's key: Authorization: Bearer …", status=401)


def _fields(request: HttpRequest, needed: dict[str, type], allowed: dict[str, type] | None = None) -> Fields:
    """The body's fields, each of its type; one that is missing, strange or unknown is Refused."""
    try:
        body = json.loads(request.body or b"{}")
    except (ValueError, RecursionError):
        raise Refused("bad_json", "The body is not JSON.") from None
    if not isinstance(body, dict):
        raise Refused("bad_json", "The body is not a JSON object.")
    known = needed | (allowed or {})
    for name in (needed.keys() - body.keys()) | (body.keys() - known.keys()):
        raise Refused("bad_fields", f"“{name}” is {'missing' if name in needed else 'not known here'}.")
    for name, value in body.items():
        if type(value) is not known[name]:
            raise Refused("bad_fields", f"“{name}” should be of type {known[name].__name__}.")
    return body


def _cursor(request: HttpRequest) -> int:
    text = request.GET.get("since") or "0"
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise Refused("bad_cursor", "“since” is a cursor that we gave.")
    return int(text)


def _told(request: HttpRequest, order: Order) -> Fields:
    return queries.facts(order) | {"url": request.build_absolute_uri(reverse("pay", args=[order.pk]))}

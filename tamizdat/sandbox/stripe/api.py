"""The company's API: who asks, what, once, and how much of it they want to see."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tamizdat.sandbox.company.refusal import Refused
from tamizdat.sandbox.company.store import Store, Thing, shown
from tamizdat.sandbox.stripe import billing, charges, portal, sessions
from tamizdat.sandbox.stripe.events import tell
from tamizdat.sandbox.stripe.parameters import Parameters, check, refused, whole

Act = Callable[[Store, Thing, Parameters], Thing]
KINDS = {
    "checkout/sessions": "checkout.session", "charges": "charge", "customers": "customer", "disputes": "dispute",
    "events": "event", "invoices": "invoice", "payment_intents": "payment_intent", "payouts": "payout",
    "webhook_endpoints": "webhook_endpoint", "refunds": "refund", "subscriptions": "subscription",
    "balance_transactions": "balance_transaction", "payment_methods": "payment_method",
    "billing_portal/sessions": "billing_portal.session",
    "billing_portal/configurations": "billing_portal.configuration",
}  # fmt: skip
# By what each list can be narrowed.
FILTERS = {
    "checkout.session": ("customer", "payment_intent", "subscription", "status"),
    "charge": ("customer", "payment_intent"),
    "dispute": ("charge", "payment_intent"),
    "event": ("type",),
    "invoice": ("customer", "subscription", "status"),
    "payment_intent": ("customer",),
    "refund": ("charge", "payment_intent"),
    "subscription": ("customer", "status"),
    "balance_transaction": ("type", "source", "payout", "currency"),
    "payout": ("status",),
    "customer": ("email",),
    "webhook_endpoint": (),
    "payment_method": ("customer", "type"),
    "billing_portal.configuration": ("is_default", "active"),
}
BOOLEANS = {"true": True, "false": False}
PAGING = {
    "limit": 1,
    "starting_after": 1,
    "ending_before": 1,
    "expand": 1,
    "created": {"gte": 1, "lte": 1, "gt": 1, "lt": 1},
}


def _delete_customer(store: Store, thing: Thing, given: Parameters) -> Thing:
    """Its subscriptions end at once. It can be deleted once."""
    if thing.get("deleted"):
        raise charges.unknown(thing["id"], "customer")
    for of in store.find("subscription", customer=thing["id"]):
        if of["status"] != "canceled":
            billing.end(store, of)
    store.change(thing, email=None, deleted=True)
    tell(store, "customer.deleted", thing)
    return thing


VERBS: dict[tuple[str, str, str], tuple[Parameters, Act]] = {
    ("POST", "refunds", ""): (charges.REFUND | {"expand": 1}, lambda store, _, given: charges.refund(store, given)),
    ("POST", "checkout/sessions", "expire"): ({"expand": 1}, lambda store, thing, _: sessions.expire(store, thing)),
    ("POST", "subscriptions", ":"): (billing.UPDATE, billing.update),
    ("DELETE", "subscriptions", ":"): (billing.CANCEL, lambda store, thing, _: billing.end(store, thing)),
    ("DELETE", "customers", ":"): ({}, _delete_customer),
    ("POST", "customers", ":"): (portal.UPDATE, portal.update_customer),
    ("POST", "billing_portal/sessions", ""): (portal.CREATE, lambda store, _, given: portal.open_for(store, given)),
}


def answer(store: Store, method: str, path: str, given: Parameters) -> Thing:
    """What the API says. Raises Refused."""
    found = re.fullmatch(r"/v1/((?:checkout/|billing_portal/)?[a-z_]+)(?:/([A-Za-z0-9_]+))?(?:/([a-z]+))?", path)
    if path == "/v1/account" and method == "GET":
        return shown(store.find("account")[0])
    if found is None or found[1] not in KINDS:
        raise refused(f"Unrecognized request URL ({method}: {path}).", status=404)
    section, id, verb = found[1], found[2], found[3] or ""
    if (method, section, id) == ("POST", "checkout/sessions", None):
        check(given, sessions.CREATE)
        return expanded(store, sessions.create(store, given), given)
    if method == "GET" and not verb:
        return _read(store, section, id, given)
    known = VERBS.get((method, section, verb or (":" if id else "")))
    if known is None:
        raise refused(f"Unrecognized request URL ({method}: {path}).", status=404)
    allowed, act = known
    check(given, allowed)
    return expanded(store, act(store, _thing(store, KINDS[section], id) if id else {}, given), given)


def found(store: Store, events_to: str, *, exchanges_into: str = "") -> None:
    """A new company knows one shop: its account, which may exchange all that comes, and where its events go."""
    if store.find("account"):
        return
    store.add(
        "account", "acct", charges_enabled=True, payouts_enabled=True, country="US", default_currency="usd",
        settings={"payments": {"statement_descriptor": "SANDBOX"}}, _exchanges_into=exchanges_into,
    )  # fmt: skip
    features = {"payment_method_update": {"enabled": True}}
    store.add("billing_portal.configuration", "bpc", is_default=True, active=True, features=features)
    if events_to:
        store.add("webhook_endpoint", "we", url=events_to, status="enabled", enabled_events=["*"], livemode=False)


def _thing(store: Store, kind: str, id: str) -> Thing:
    found = store.get(id)
    if found is None or found["object"] != kind:
        raise charges.unknown(id, kind)
    return found


def _read(store: Store, section: str, id: str | None, given: Parameters) -> Thing:
    kind = KINDS[section]
    if id:
        check(given, {"expand": 1})
        return expanded(store, _thing(store, kind, id), given)
    asked = {name: given[name] for name in FILTERS[kind] if given.get(name) not in (None, "all")}
    narrowed = {name: BOOLEANS.get(value, value) for name, value in asked.items()}
    check(given, PAGING | dict.fromkeys(FILTERS[kind], 1))
    limit = whole(given, "limit", default=10)
    if not 1 <= limit <= 100:
        raise refused("Limit must be between 1 and 100", "limit")
    found, has_more = store.page(
        kind, limit=limit, before=given.get("ending_before", ""), after=given.get("starting_after", ""), **narrowed
    )
    since = whole(given.get("created", {}), "gte", default=0)
    within = [thing for thing in found if thing["created"] >= since]
    has_more = has_more and len(within) == len(found)
    told = {"object": "list", "url": f"/v1/{section}", "has_more": has_more, "data": within}
    return expanded(store, told, given)


def expanded(store: Store, thing: Thing, given: Parameters) -> Thing:
    """The thing as the API shows it, with what `expand` names put in where its id stands."""
    told = shown(thing)
    for path in given.get("expand", []):
        if path.count(".") > 3:
            raise refused("You cannot expand more than 4 levels of a property.", "expand")
        _expand(store, told, path.split("."))
    return told


def _expand(store: Store, told: Any, path: list[str]) -> None:
    if isinstance(told, list):
        for item in told:
            _expand(store, item, path)
        return
    name, *rest = path
    if told.get("object") == "charge" and name == "refunds" and name not in told:
        told["refunds"] = {
            "object": "list", "url": f"/v1/charges/{told['id']}/refunds", "has_more": False,
            "data": shown(store.find("refund", charge=told["id"])),
        }  # fmt: skip
    elif name not in told:
        raise refused(f"This property cannot be expanded ({name}).", "expand")
    elif isinstance(told[name], str):
        found = store.get(told[name])
        told[name] = shown(found) if found else None
    if rest and told[name]:
        _expand(store, told[name], rest)


def kept(store: Store, key: str, question: str, act: Callable[[], Thing]) -> tuple[int, Thing]:
    """The answer under an idempotency key: kept once the request has begun to be carried out, refusals too."""

    def tried() -> tuple[int, Thing]:
        try:
            with store.work():
                return 200, act()
        except Refused as no:
            return no.status, error(no)

    if not key:
        return tried()
    told = store.once(key, question, tried)
    if told is None:
        no = Refused(
            400,
            "Keys for idempotent requests can only be used with the same parameters they were first used with.",
            type="idempotency_error",
        )
        return 400, error(no)
    return told


def error(no: Refused) -> Thing:
    return {"error": {"message": no.message, **no.said}}

"""What the company tells, as plain values ready for JSON."""

from datetime import datetime
from typing import Any

from tamizdat.sandbox.practice.models import Charge, Clock, Delivery, Event, Line, Order, Refund
from tamizdat.sandbox.practice.rules import Refused

PAGE = 100


def now() -> datetime:
    """The company's time."""
    return Clock.objects.get().now()


def order(order_id: str) -> Order:
    """The order with its decision and ending at hand. Raises Refused when there is none."""
    found = Order.objects.select_related("decision", "ending").filter(pk=order_id).first()
    if found is None:
        raise Refused("unknown_order", "There is no such order.", status=404)
    return found


def facts(order: Order) -> dict[str, Any]:
    """The truth about an order: terms, status, charges, failures and refunds."""
    charges = list(order.charges.prefetch_related("refunds"))
    return {
        "id": order.pk,
        "amount_minor": order.amount_minor,
        "currency": order.currency,
        "cadence": order.cadence,
        "reference": order.reference,
        "description": order.description,
        "status": order.status,
        "created": order.created_at.isoformat(),
        "renews": order.renews_at and order.renews_at.isoformat(),
        "ended": order.ending.at.isoformat() if hasattr(order, "ending") else None,
        "paused_until": order.paused_until.isoformat() if order.paused_until and order.paused_until > now() else None,
        "charges": [charge_facts(charge) for charge in charges],
        "failures": [{"number": f.number, "at": f.at.isoformat()} for f in order.failures.all()],
        "refunds": [
            {"id": r.pk, "charge": charge.pk, "amount_minor": r.amount_minor, "at": r.at.isoformat()}
            for charge in charges
            for r in charge.refunds.all()
        ],
    }


def charge_facts(charge: Charge) -> dict[str, Any]:
    """One charge: gross, fee and net."""
    return {
        "id": charge.pk,
        "number": charge.number,
        "amount_minor": charge.amount_minor,
        "fee_minor": charge.fee_minor,
        "net_minor": charge.amount_minor - charge.fee_minor,
        "at": charge.at.isoformat(),
    }


def lines_since(cursor: int) -> list[dict[str, Any]]:
    """The next rows of the statement, oldest first; a row's id is the cursor to go on from."""
    lines = list(Line.objects.filter(pk__gt=cursor)[:PAGE])
    refs = [line.ref for line in lines]
    orders = dict(Charge.objects.filter(pk__in=refs).values_list("pk", "order"))
    orders |= dict(Refund.objects.filter(pk__in=refs).values_list("pk", "charge__order"))
    return [
        {
            "id": str(line.pk),
            "kind": line.kind,
            "ref": line.ref,
            "order": orders.get(line.ref, ""),
            "currency": line.currency,
            "gross_minor": line.gross_minor,
            "fee_minor": line.fee_minor,
            "net_minor": line.net_minor,
            "at": line.at.isoformat(),
        }
        for line in lines
    ]


def events_since(cursor: int) -> list[dict[str, Any]]:
    """The next events, oldest first, each with the cursor to go on from; delivered or not."""
    events = Event.objects.filter(pk__gt=cursor)[:PAGE]
    return [event_facts(event) | {"cursor": str(event.pk)} for event in events]


def event_facts(event: Event) -> dict[str, Any]:
    """The body of an event: only hints, nothing personal."""
    return {
        "id": event.name,
        "kind": event.kind,
        "ref": event.order_id,
        "created": event.created_at.isoformat(),
    }


def waiting() -> int:
    """How many deliveries have not been accepted yet."""
    return Delivery.objects.filter(delivered_at=None).count()

"""The practice company as a provider: it translates over HTTP and writes nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy

from tamizdat.money import Money
from tamizdat.providers.practice import signature
from tamizdat.providers.wire import Wire
from tamizdat.support.rules.contract import (
    Cadence,
    Capabilities,
    Change,
    Charge,
    GiveUp,
    Intent,
    Notice,
    NotSetUp,
    Redirect,
    Refunded,
    Snapshot,
    StatementLine,
    TryLater,
    Urls,
)


class Practice:
    """The make-believe company at `address`, with which we share `key`."""

    def __init__(self, address: str, key: str) -> None:
        self._key = key
        self._wire = Wire("the practice company", address, f"Bearer {key}")

    @classmethod
    def from_settings(cls) -> Practice:
        """The company that `tamizdat serve` starts beside us, or the one that PRACTICE_ADDRESS names."""
        beside_us = f"http://127.0.0.1:{settings.NEWSROOM.server.port + 1}"
        try:
            key = (settings.KEYS / "practice.key").read_text("ascii").strip()
        except OSError as error:
            raise NotSetUp(f"the practice company's key cannot be read: {error}") from error
        return cls(os.environ.get("PRACTICE_ADDRESS") or beside_us, key)

    def capabilities(self) -> Capabilities:
        """Every cadence and every currency, and no real money."""
        return Capabilities(
            code="practice",
            label=gettext_lazy("Practice company (no real money)"),
            cadences=frozenset(Cadence),
            currencies=None,
            is_pretend=True,
            changes=frozenset(Change),
        )

    def check(self, events_url: str) -> list[str]:
        """Whether the company answers: there is nothing else to set up."""
        try:
            self._wire.ask("GET", "/api/events")
        except (TryLater, GiveUp) as error:
            return [f"{error}: `tamizdat serve` starts it on the next port; PRACTICE_ADDRESS names another."]
        return []

    def start(self, intent: Intent, urls: Urls) -> Redirect:
        """Open an order; the reader decides on the company's page."""
        terms = {
            "amount_minor": intent.amount.minor,
            "currency": intent.amount.currency,
            "cadence": str(intent.cadence),
            "reference": str(intent.contribution),
            "description": intent.description,
            "return_url": urls.back,
            "cancel_url": urls.abandoned,
        }
        order = self._wire.ask("POST", "/api/orders", terms, key=intent.attempt_key)
        with _understanding():
            return Redirect(url=order["url"], ref=order["id"])

    def verify(self, headers: Mapping[str, str], raw: bytes, now: datetime) -> list[Notice]:
        """The event's hint. Raises BadSignature unless the company signed these very bytes lately."""
        signature.check(headers, raw, key=self._key, now=now)
        return [signature.read(raw)]

    def fetch(self, ref: str) -> Snapshot:
        """The order as the company knows it now."""
        order = self._wire.ask("GET", f"/api/orders/{_part(ref)}")
        with _understanding():
            return _snapshot(order)

    def refund(self, charge_id: str, amount: Money | None, key: str) -> str:
        """Give back part of a charge, or all that is left; the refund's id."""
        wish = {} if amount is None else {"amount_minor": amount.minor}
        made = self._wire.ask("POST", f"/api/charges/{_part(charge_id)}/refunds", wish, key=key)
        with _understanding():
            return str(made["id"])

    def cancel(self, ref: str, key: str) -> None:
        """Let no further charge come."""
        self._change(ref, "cancel", {}, key)

    def set_amount(self, ref: str, amount: Money, key: str) -> None:
        """From the next charge on it is this much."""
        self._change(ref, "amount", {"amount_minor": amount.minor}, key)

    def pause(self, ref: str, until: datetime | None, key: str) -> None:
        """No charge before `until`."""
        self._change(ref, "pause", {"until": until.isoformat() if until else ""}, key)

    def method_url(self, ref: str, back: str) -> str:
        """The order's page: the company knows no cards, and leads back to where it led before."""
        order = self._wire.ask("GET", f"/api/orders/{_part(ref)}")
        with _understanding():
            if order["status"] != "active":
                raise GiveUp("nothing of this order goes on")
            return str(order["url"])

    def _change(self, ref: str, what: str, said: object, key: str) -> None:
        with _understanding():
            if self._wire.ask("POST", f"/api/orders/{_part(ref)}/{what}", said, key=key)["id"] != ref:
                raise TryLater("the practice company answers about another order")

    def forget(self, ref: str, key: str) -> None:
        """The company never asked who pays; it only takes no more."""
        self.cancel(ref, key)

    def events_since(self, cursor: str) -> tuple[list[Notice], str]:
        """The next events, delivered or not; none is the end."""
        told = self._wire.ask("GET", f"/api/events?since={_part(cursor)}")
        with _understanding():
            events = told["events"]
            return [Notice(one["id"], one["kind"], one["ref"]) for one in events], (
                str(events[-1]["cursor"]) if events else cursor
            )

    def lines_since(self, cursor: str) -> tuple[list[StatementLine], str]:
        """The next page of the statement; an empty one is the end."""
        told = self._wire.ask("GET", f"/api/lines?since={_part(cursor)}")
        with _understanding():
            lines = [_line(line) for line in told["lines"]]
        return lines, lines[-1].id if lines else cursor

    def paid_out(self, payout: str) -> Money | None:
        """The company has no list of what a payout holds."""
        return None


def _part(text: str) -> str:
    return quote(text, safe="")


@contextmanager
def _understanding() -> Iterator[None]:
    """An answer that lacks what we need says nothing about the outcome."""
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise TryLater(f"the practice company answers strangely ({error!r})") from error


def _snapshot(order: dict[str, Any]) -> Snapshot:
    currency = order["currency"]
    return Snapshot(
        ref=order["id"],
        contribution=UUID(order["reference"]),
        status=order["status"],
        charges=tuple(
            Charge(
                id=charge["id"],
                amount=Money(charge["amount_minor"], currency),
                fee=Money(charge["fee_minor"], currency),
                at=datetime.fromisoformat(charge["at"]),
            )
            for charge in order["charges"]
        ),
        refunds=tuple(
            Refunded(
                id=refund["id"],
                charge_id=refund["charge"],
                amount=Money(refund["amount_minor"], currency),
                at=datetime.fromisoformat(refund["at"]),
            )
            for refund in order["refunds"]
        ),
        ended_at=datetime.fromisoformat(order["ended"]) if order["ended"] else None,
        amount=Money(order["amount_minor"], currency) if order["status"] == "active" else None,
        paused_until=datetime.fromisoformat(order["paused_until"]) if order["paused_until"] else None,
    )


def _line(line: dict[str, Any]) -> StatementLine:
    return StatementLine(
        id=line["id"],
        kind=line["kind"],
        ref=line["ref"],
        gross=Money(line["gross_minor"], line["currency"]),
        fee=Money(line["fee_minor"], line["currency"]),
        net=Money(line["net_minor"], line["currency"]),
        at=datetime.fromisoformat(line["at"]),
        about=line["order"],
    )

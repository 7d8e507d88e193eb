"""A reader made up at the desk, and a page as that reader would see it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django import forms

from tamizdat.articles import queries as articles
from tamizdat.articles.rules.sheets import Sheet
from tamizdat.asks.blocks import countries
from tamizdat.asks.board import value
from tamizdat.asks.models import Ask
from tamizdat.asks.queries import Asking
from tamizdat.asks.rules.asks import Deck
from tamizdat.asks.rules.countries import zones
from tamizdat.asks.rules.placements import Placement
from tamizdat.bakery.renderer import Renderer
from tamizdat.newsroom import queries as newsroom

SHIM = Path(__file__).with_name("made_up_reader.js")
NEVER = "9999-12-31"
MONTH = 30  # days


class ReaderForm(forms.Form):
    """Where the reader is, what they read, gave and closed; every field may stay empty."""

    page = forms.ChoiceField(label="Page")
    wording = forms.ChoiceField(required=False, label="Wording")
    device = forms.ChoiceField(
        required=False, label="Device", choices=[("", "A wide screen"), ("phone", "A telephone")]
    )
    country = forms.ChoiceField(required=False, label="Country")
    read = forms.IntegerField(required=False, min_value=0, max_value=999, label="Articles read in 30 days")
    weeks = forms.IntegerField(
        required=False, min_value=0, max_value=500, label="Weeks since the first visit", help_text="Empty: the first"
    )
    shown = forms.IntegerField(required=False, min_value=0, max_value=99, label="Times it was shown this month")
    closed = forms.IntegerField(required=False, min_value=0, max_value=999, label="Closed it so many days ago")
    later = forms.BooleanField(required=False, label="Asked to be reminded later")
    gave = forms.ChoiceField(
        required=False,
        label="Gave",
        choices=[
            ("", "Never"),
            ("once", "Once"),
            ("lapsed", "Regularly, and stopped"),
            ("recurring", "Gives regularly"),
        ],
    )
    gave_days = forms.IntegerField(required=False, min_value=0, max_value=9999, label="Days since then")
    hidden = forms.BooleanField(required=False, label="Has hidden all messages")
    gpc = forms.BooleanField(required=False, label="Global Privacy Control")
    hour = forms.IntegerField(required=False, min_value=0, max_value=23, initial=12, label="Hour of the day")

    def __init__(self, *args: Any, ask: Ask, **options: Any) -> None:
        super().__init__(*args, **options)
        names = [child.value["name"] for child in ask.wordings]
        self.fields["page"].choices = [(one.path, f"{one.title} ({one.path})") for one in articles.newest()]
        self.fields["wording"].choices = [("", "As the shares say"), *((name, name) for name in names)]
        self.fields["country"].choices = [("", "Not known"), *countries()]


# Readers to begin with, as the form's fields.
EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "First visit": {},
    "In Kazakhstan, 12 articles, closed it 3 days ago, on a telephone": {
        "country": "KZ", "read": 12, "weeks": 6, "closed": 3, "device": "phone",
    },
    "Reads every day, was never asked this month": {"read": 40, "weeks": 30},
    "Gives every month": {"read": 25, "weeks": 50, "gave": "recurring"},
}  # fmt: skip


def tried(ask: Ask, path: str, reader: Mapping[str, Any]) -> tuple[str, Deck]:
    """A page with the ask as it is drafted among those that are live, for that reader; and what the page holds."""
    sheet = _sheet(path, Placement(ask.placement))
    asking = _asking(ask)
    renderer = Renderer(asking)
    html, deck = renderer.render(sheet).decode(), renderer.deck(sheet)
    return _with_reader(html, sheet.path, _device(ask, reader, asking)), deck


def _sheet(path: str, placement: Placement) -> Sheet:
    """The page on which the placement stands: an appeal comes with the end of a long text."""
    (sheet,) = articles.sheets([articles.last_part(path) if placement == Placement.APPEAL else path])
    return sheet


def _asking(ask: Ask) -> Asking:
    asking = Asking.read()
    others = tuple(one for one in asking.board.asks if one.key != ask.key)
    return replace(asking, board=replace(asking.board, asks=(*others, value(ask))))


def _device(ask: Ask, reader: Mapping[str, Any], asking: Asking) -> dict[str, Any]:
    state = _remembered(ask, reader, asking, today=newsroom.today())
    named = zones([reader["country"]]).get(reader["country"], "") if reader.get("country") else ""
    return {
        "kept": json.dumps(state) if state else None,
        "zone": named.split(" ")[0] or "Etc/UTC",
        "gpc": bool(reader.get("gpc")),
        "hour": 12 if reader.get("hour") is None else reader["hour"],
    }


def _remembered(ask: Ask, reader: Mapping[str, Any], asking: Asking, *, today: date) -> dict[str, Any] | None:
    """What that reader's device would hold; None on a first visit."""

    def day(ago: int) -> str:
        return (today - timedelta(days=ago)).isoformat()

    manners = asking.board.manners
    quiet: dict[str, str] = {}
    state: dict[str, Any] = {"version": 2}
    if (closed := reader.get("closed")) is not None:
        quiet[ask.placement] = day(closed - (ask.close_days or manners.close_days))
    if reader.get("later"):
        quiet["asks"] = day(-MONTH)
    if gave := reader.get("gave"):
        quiet["gave"] = NEVER if gave == "recurring" else day((reader.get("gave_days") or 0) - manners.gave_days)
        state["gave"] = gave
    if reader.get("hidden"):
        state["hidden"] = True
    if (weeks := reader.get("weeks")) is not None:
        state["first"] = day(7 * weeks)
    if read := reader.get("read"):
        state["reads"] = {day(1): {"all": read}}
    if shown := reader.get("shown"):
        state["seen"] = {ask.placement: [day(2)] * shown}
    if wording := reader.get("wording"):
        state["dice"] = {ask.key: _drawn(ask, wording)}
    return {**state, "quiet": quiet} if quiet or len(state) > 1 else None


def _drawn(ask: Ask, wording: str) -> float:
    """What a device would have had to draw for a wording: the middle of its share."""
    before, whole = 0, sum(child.value["share"] for child in ask.wordings) or 1
    for child in ask.wordings:
        if child.value["name"] == wording:
            return (before + child.value["share"] / 2) / whole * (100 - ask.hold_out) / 100
        before += child.value["share"]
    return 0.0


def _with_reader(html: str, path: str, device: Mapping[str, Any]) -> str:
    """The page with the reader before its own script; before its policy too, which lets no other script run."""
    said = json.dumps(device).replace("<", "\\u003c")
    shim = f'<base href="{path}" target="_blank"><script>const reader = {said};\n{SHIM.read_text("utf-8")}</script>'
    return html.replace("<meta http-equiv=", f"{shim}<meta http-equiv=", 1)

"""An ask as an editor would have published it, and what pages counted of it."""

from datetime import date
from typing import Any

from tamizdat.asks import actions
from tamizdat.asks.models import Ask, Tally


def wording(name: str, share: int = 1) -> tuple[str, dict[str, Any]]:
    text = {"language": "en", "heading": "", "text": "Read us.", "button": "Support us"}
    said = {"name": name, "share": share, "texts": [text], "amounts": "", "cadence": "once"}
    return "wording", {**said, "ticker": True, "remind": True}


def publish(*names: str, key: str = "winter", **more: Any) -> Ask:
    """A live appeal with these wordings."""
    ask = Ask(**{"name": key.title(), "key": key, "placement": "appeal", **more})
    ask.wordings = [wording(name) for name in names]
    ask.save()
    actions.ask_published(ask=ask)
    return ask


def count(source: str, seen: int, click: int = 0, *, day: date) -> None:
    for event, n in (("seen", seen), ("click", click)):
        if n:
            Tally.objects.create(day=day, source=source, event=event, n=n)

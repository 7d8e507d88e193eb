"""Where an ask can stand on a page."""

from __future__ import annotations

from enum import StrEnum


class Placement(StrEnum):
    NOTICE = "notice"
    APPEAL = "appeal"
    INLINE = "inline"
    HEADER = "header"
    BAR = "bar"
    TICKER = "ticker"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    Placement.NOTICE: "Notice, at the top",
    Placement.APPEAL: "Appeal, after the last line",
    Placement.INLINE: "In the text of a long read",
    Placement.HEADER: "Link in the masthead",
    Placement.BAR: "Bar at the foot of a wide screen",
    Placement.TICKER: "Block on the front page",
}
CHOICES = [(one.value, one.label) for one in Placement]
EVERYWHERE = ("", "Everywhere")
# What the paper asks with where editors have written nothing: in every language, from the first minute.
PLAIN = "plain"
ALWAYS_THERE = (Placement.NOTICE, Placement.APPEAL, Placement.TICKER)


def source(placement: str, ask: str, variant: str = "") -> str:
    """What counts and gifts say of where they come from: "notice/plain", "notice/winter.warm"."""
    return f"{placement}/{ask}" + (f".{variant}" if variant else "")

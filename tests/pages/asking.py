"""What pages ask with in tests of pages: asks and manners made up, nothing read from a database."""

from datetime import date
from typing import Any

from tamizdat.asks.board import Board
from tamizdat.asks.queries import Asking
from tamizdat.asks.rules.asks import Ask, Manners
from tamizdat.asks.rules.wordings import Text, Variant
from tamizdat.money import Money

TODAY = date(2026, 11, 26)
HOME = "paper.example"
MANNERS: dict[str, Any] = {
    "most_showings": 4, "in_days": 30, "most_a_day": 3, "close_days": 14, "gave_days": 90, "sample": 1,
    "home": HOME, "counts_at": f"http://{HOME}",
}  # fmt: skip


def asking(*asks: Ask, **manners: Any) -> Asking:
    """A newsroom that asks with these, and with what comes with the paper."""
    board = Board(asks=asks, manners=Manners(**{**MANNERS, **manners}), today=TODAY)
    return Asking(board=board, methods=("Card",), need=Money(1_000_000, "USD"))


def variant(name: str, share: int = 1, html: str = "", **texts: str) -> Variant:
    """A wording that says its name, in English and in other languages."""
    said = {"en": html or f"<p>These are the {name} words.</p>", **texts}
    return Variant(
        name=name,
        share=share,
        texts={code: Text(language=code, heading=name, html=one, button="Give") for code, one in said.items()},
    )

"""Footnotes: a mark like [1] in the text leads to the first note, and the note leads back."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MARK = re.compile(r"\[([1-9]\d?)\]")
_LED = re.compile(r'="#note-(\d+)"')
_TAG = re.compile(r"(<[^>]*>)")


def marks(html: str) -> frozenset[int]:
    """Numbers of the notes that a text names. What stands inside a link is no mark: a link cannot hold another."""
    return frozenset(int(number) for piece, is_text in _pieces(html) if is_text for number in _MARK.findall(piece))


def named(html: str) -> list[int]:
    """Numbers of the notes that a text leads to, once its marks are links."""
    return sorted({int(number) for number in _LED.findall(html)})


def refusals(marked: frozenset[int], count: int) -> list[str]:
    """What is wrong between marks and notes, a sentence each with its remedy; empty when each has the other."""
    notes = frozenset(range(1, count + 1))
    without_note = [
        f"The text names footnote [{number}], and there is no note {number}. Add it to the footnotes, or write "
        f"({number}) if none is meant."
        for number in sorted(marked - notes)
    ]
    without_mark = [
        f"Nothing in the text leads to footnote {number}. Write [{number}] where it belongs, in a paragraph, a list "
        "or a fact box, or take the note away."
        for number in sorted(notes - marked)
    ]
    return without_note + without_mark


def linked(html: str, *, count: int, marked: set[int]) -> str:
    """The text with its marks as links to so many notes; `marked` remembers which have been linked to.

    A note that is named twice leads back to its first mark.
    """

    def link(found: re.Match[str]) -> str:
        number = int(found[1])
        if number > count:
            return found[0]
        place = "" if number in marked else f' id="mark-{number}"'
        marked.add(number)
        return f'<sup><a href="#note-{number}"{place} role="doc-noteref">{number}</a></sup>'

    return "".join(_MARK.sub(link, piece) if is_text else piece for piece, is_text in _pieces(html))


def _pieces(html: str) -> Iterator[tuple[str, bool]]:
    """Tags and what stands between them; true for text that may hold a mark."""
    is_link = False
    for piece in _TAG.split(html):
        if piece.startswith("<"):
            is_link = piece.startswith("<a ") or (is_link and not piece.startswith("</a"))
            yield piece, False
        else:
            yield piece, not is_link

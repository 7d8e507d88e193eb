"""The body of an article, from text that is easy to write to the blocks of the desk."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

Block = tuple[str, Any]
Line = tuple[int, str]


class BadText(Exception):
    """A line that cannot be understood, with its number and the remedy."""

    def __init__(self, line: int, remedy: str) -> None:
        super().__init__(remedy)
        self.line, self.remedy = line, remedy


def blocks(lines: Iterable[Line]) -> list[Block]:
    """Numbered lines to (kind, value) pairs, named like the blocks of an article's body. Raises BadText."""
    return [_block(group) for group in _groups(lines)]


def rich(text: str) -> str:
    """**bold**, *italic* and [links](/address/) as HTML; everything else is escaped."""
    text = escape(text, quote=False)
    text = re.sub(r"\[([^]]+)\]\(([^)\s]+)\)", r'<a href="\2">\1</a>', text)
    text = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", text)
    return re.sub(r"\*(.+?)\*", r"<i>\1</i>", text)


def _groups(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Lines that belong together: between blank ones, or all from “:::name” to “:::”."""
    group: list[Line] = []
    for number, text in lines:
        is_fenced = bool(group) and group[0][1].startswith(":::")
        if text.strip() or is_fenced:
            group.append((number, text.strip()))
        if group and (text.strip() == ":::" if is_fenced else not text.strip()):
            yield group
            group = []
    if group and group[0][1].startswith(":::"):
        raise BadText(group[0][0], "a box is opened here and never closed; end it with a line “:::”")
    if group:
        yield group


def _block(group: list[Line]) -> Block:
    number, first = group[0]
    for beginning, read in _READERS.items():
        if re.match(beginning, first):
            return read(group)
    if first.startswith(("#", ":::", "!", "|")):
        raise BadText(number, f"“{first[:30]}” begins no block; there are {', '.join(_SIGNS)}")
    return "paragraph", f"<p>{rich(' '.join(text for _, text in group))}</p>"


def _heading(group: list[Line]) -> Block:
    _alone(group, "a heading")
    return "heading", group[0][1].removeprefix("## ")


def _quote(group: list[Line]) -> Block:
    words = " ".join(_without(line, ">", "every line of a quotation begins with “> ”") for line in group)
    text, _, who = words.partition(" — ")
    if not who:
        raise BadText(group[0][0], "a quotation ends with “ — ” and who said it")
    return "quote", {"text": text, "who": who}


def _pull(group: list[Line]) -> Block:
    _alone(group, "a pull quote")
    return "pull", group[0][1].removeprefix(">> ")


def _bullets(group: list[Line]) -> Block:
    items = [rich(_without(line, "-", "every line of this list begins with “- ”")) for line in group]
    return "list", {"kind": "bullet", "items": items}


def _numbers(group: list[Line]) -> Block:
    items = []
    for wanted, line in enumerate(group, start=1):
        items.append(rich(_without(line, f"{wanted}.", f"the list is numbered; here stands “{wanted}. ”")))
    return "list", {"kind": "numbered", "items": items}


def _table(group: list[Line]) -> Block:
    rows = [_cells(line) for line in group if not re.fullmatch(r"[|\s:-]+", line[1]) or line is group[0]]
    for (number, _), row in zip(group, rows, strict=False):
        if len(row) != len(rows[0]):
            raise BadText(number, f"every row of this table has {len(rows[0])} cells, as its first")
    if not all(rows[0]):
        raise BadText(group[0][0], "the first row names the columns of a table; leave none without a name")
    return "table", rows


def _cells(line: Line) -> list[str]:
    number, text = line
    if len(text) < 2 or not (text.startswith("|") and text.endswith("|")):
        raise BadText(number, "a row of a table begins and ends with “|”")
    return [cell.strip() for cell in text[1:-1].split("|")]


def _picture(group: list[Line]) -> Block:
    """“![lighthouse]”, then a line each: “alt: …”, and if wanted “caption: …” and “credit: …”."""
    number, first = group[0]
    value = {"picture": first[2:-1], "alt": "", "credit": "", "caption": ""}
    for number, text in group[1:]:
        key, _, words = text.partition(": ")
        if key not in ("alt", "credit", "caption") or not words:
            raise BadText(number, "under a picture stand “alt: …”, “caption: …” and “credit: …”")
        value[key] = words
    if not value["alt"]:
        raise BadText(number, "a picture needs a line “alt: …” for those who do not see it")
    return "picture", value


def _gallery(group: list[Line]) -> Block:
    (number, _), *inside = group[:-1]
    pictures = [_picture(one) for one in _groups(inside) if one[0][1].startswith("![")]
    if len(pictures) < 2:
        raise BadText(number, "a gallery holds two pictures or more, each “![name]” with its lines below")
    return "gallery", [value for _, value in pictures]


def _notes(group: list[Line]) -> Block:
    """“[1]: …”, a line each; “[1]” in the text leads to it."""
    notes = []
    for place, (number, text) in enumerate(group, 1):
        if not text.startswith(f"[{place}]: "):
            raise BadText(number, f"footnotes stand one a line, and this one begins with “[{place}]: ”")
        notes.append(f"<p>{rich(text.removeprefix(f'[{place}]: '))}</p>")
    return "notes", notes


def _card(group: list[Line]) -> Block:
    (number, first), *inside = group[:-1]
    address = first.removeprefix(":::card").strip()
    if not address.startswith(("/", "https://")) or len(inside) < 2:
        raise BadText(number, "a card is “:::card /address/”, then a line with its title, then its text")
    return "card", {
        "address": address,
        "title": inside[0][1],
        "text": " ".join(text for _, text in inside[1:]),
    }


def _fact(group: list[Line]) -> Block:
    (number, first), *inside = group[:-1]
    title = first.removeprefix(":::fact").strip()
    if not title or not any(text for _, text in inside):
        raise BadText(number, "a fact box is “:::fact Its title”, then its paragraphs")
    return "fact", {"title": title, "paragraphs": _paragraphs(inside)}


def _paragraphs(lines: list[Line]) -> str:
    parts = "\n".join(text for _, text in lines).split("\n\n")
    return "".join(f"<p>{rich(' '.join(part.split()))}</p>" for part in parts if part.strip())


def _without(line: Line, sign: str, remedy: str) -> str:
    number, text = line
    if not text.startswith(f"{sign} "):
        raise BadText(number, remedy)
    return text.removeprefix(sign).strip()


def _alone(group: list[Line], what: str) -> None:
    if len(group) > 1:
        raise BadText(group[1][0], f"{what} stands alone; leave a blank line after it")


_READERS = {
    r"## ": _heading,
    r"> ": _quote,
    r">> ": _pull,
    r"- ": _bullets,
    r"1\. ": _numbers,
    r"\|": _table,
    r"!\[[a-z0-9-]+\]$": _picture,
    r"\[1\]: ": _notes,
    r":::card\b": _card,
    r":::gallery$": _gallery,
    r":::fact\b": _fact,
}
_SIGNS = (
    *("## heading", "> quote — who", ">> pull quote", "- item", "1. item", "| cell |", "![picture]", "[1]: footnote"),
    *(":::card", ":::fact", ":::gallery"),
)

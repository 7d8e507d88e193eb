"""Divides a long text into parts, so that each one's page stays within the bytes that every network lets through."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Iterator

from tamizdat.articles.rules.room import Box

# Elements that stand by themselves in a body; a run of anything else is one block.
BLOCKS = "p|h2|h3|ul|ol|figure|div|aside|section|blockquote|table"
_EDGE = re.compile(rf"<(/?)({BLOCKS})\b[^>]*>")
_TAG = re.compile(r"<(/?)(\w+)[^>]*>")
_ITEM = re.compile(r"<(/?)li\b[^>]*>")
_START = re.compile(r'^<ol(?: start="(\d+)")?')
_INSIDE = re.compile(r'"data:[^"]*"')  # a picture inside a preview weighs what its address will
_SENTENCE = re.compile(r"[.!?…؟][»”’)]*\s+|[。！？][”’）」]*")
_SPACE = re.compile(r"\s+")
_LETTER = re.compile(r"&\w+;|&#\d+;|[^\0]")
EVEN = 1.2  # of its share of the whole is room enough for a part: by itself it packs a tenth worse
SHORTEST = 400  # letters; less is never cut in two
NEAR = 10_000  # letters from the middle in which a good place for a cut is looked for


Said = Callable[[str], str]


def divided(html: str, *, room: int, ending: int = 0, beside: str = "", said: Said = str) -> list[str]:
    """The parts of a body in order; each weighs at most `room` bytes, packed, and the last one `ending` fewer.

    `beside` is what else each page says of this text; it takes of the room. `said` is a piece of it with what its page
    says because of it, like the notes that it names. Parts begin between blocks, and a
    heading stays with what follows it. Only a paragraph or list that is too heavy by itself is cut, at the end of
    a sentence if it has one; any other block too heavy for a page stays whole.
    """
    whole = _weight(beside + said(html))
    if whole <= room - ending:
        return [html]
    most = max(room // 4, (room - ending - _weight(beside)) * 9 // 10)  # a heading may come before it
    units = list(_with_headings(piece for block in blocks(html) for piece in _fitting(block, most)))
    parts = _packed(units, said, room=room, ending=ending, beside=beside)
    even = _packed(units, said, room=min(room, int(EVEN * (whole + ending) / len(parts))), ending=ending, beside=beside)
    return even if len(even) == len(parts) else parts


def blocks(html: str) -> Iterator[str]:
    """The blocks of a body, in order; together they are the body."""
    start = depth = 0
    for edge in _EDGE.finditer(html):
        if edge[1]:
            depth -= 1
        elif not depth and edge.start() > start:
            yield html[start : edge.start()]
            start, depth = edge.start(), 1
        else:
            depth += 1
        if depth == 0:
            yield html[start : edge.end()]
            start = edge.end()
    if start < len(html):
        yield html[start:]


def _with_headings(pieces: Iterable[str]) -> Iterator[str]:
    held = ""
    for piece in pieces:
        held += piece
        if not piece.startswith(("<h2", "<h3")):
            yield held
            held = ""
    if held:
        yield held


def _packed(units: list[str], said: Said, *, room: int, ending: int, beside: str) -> list[str]:
    """As many units a part as there is room for; one at least, whatever it weighs."""
    parts: list[str] = []
    box = Box(room)
    for left, unit in zip(range(len(units) - 1, -1, -1), units, strict=True):
        text = _as_baked(said(unit))
        if parts and box.take(text, leaving=0 if left else ending):
            parts[-1] += unit
        else:
            parts.append(unit)
            box = Box(room, _as_baked(beside) + text)
    return parts


def _weight(html: str) -> int:
    return len(zlib.compress(_as_baked(html).encode(), 6))


def _as_baked(html: str) -> str:
    return _INSIDE.sub('"site:/pictures/0123456789abcdef.webp"', html) if "data:" in html else html


def _fitting(block: str, room: int) -> Iterator[str]:
    """A block that fits a page, or the pieces that do."""
    content = _as_baked(block).encode()
    # Nothing but repetition packs to an eighth.
    is_light = len(content) <= room or (len(content) < room * 8 and _weight(block) <= room)
    halves = None if is_light else _halves(block)
    if not halves:
        yield block
        return
    for half in halves:
        yield from _fitting(half, room)


def _halves(block: str) -> tuple[str, str] | None:
    if block.startswith("<p>"):
        return _halves_of_words(block[3:-4])
    return _halves_of_list(block) if block.startswith(("<ul>", "<ol")) else None


def _halves_of_list(block: str) -> tuple[str, str] | None:
    """Two lists, cut between items; the numbers go on."""
    depth, starts = 0, []
    for edge in _ITEM.finditer(block):
        if not edge[1] and depth == 0:
            starts.append(edge.start())
        depth += -1 if edge[1] else 1
    if len(starts) < 2:
        return None
    middle = len(starts) // 2
    close, start = block[-5:], _START.match(block)
    again = f'<ol start="{int(start[1] or 1) + middle}">' if start else "<ul>"
    return block[: starts[middle]] + close, again + block[starts[middle] :]


def _halves_of_words(words: str) -> tuple[str, str] | None:
    """Two paragraphs, cut near the middle: after a sentence, else after a word, else after a letter."""
    bare = _TAG.sub(lambda tag: "\0" * len(tag[0]), words)
    if len(bare) - bare.count("\0") < SHORTEST:
        return None
    middle = len(bare) // 2
    near = min(middle // 2, NEAR)
    for end, reach in ((_SENTENCE, near), (_SPACE, near), (_LETTER, SHORTEST)):
        ends = (found.end() for found in end.finditer(bare, middle - reach, middle + reach))
        cut = min(ends, key=lambda place: abs(place - middle), default=None)
        if cut and (cut := _past_ends(words, cut)) < len(words):
            inside = _open_at(words[:cut])
            close = "".join(f"</{_TAG.match(tag)[2]}>" for tag in reversed(inside))  # type: ignore[index]
            return f"<p>{words[:cut]}{close}</p>", f"<p>{''.join(inside)}{words[cut:]}</p>"
    return None


def _past_ends(words: str, place: int) -> int:
    """What closes right here closes before the cut."""
    while words.startswith("</", place):
        place = words.index(">", place) + 1
    return place


def _open_at(words: str) -> list[str]:
    """The tags that are open where these words end."""
    inside: list[str] = []
    for tag in _TAG.finditer(words):
        if tag[1]:
            inside.pop()
        elif tag[2] != "br":
            inside.append(tag[0])
    return inside

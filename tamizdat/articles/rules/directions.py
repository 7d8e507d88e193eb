"""Which way words run, so that a passage in another script stands the way it is read."""

from __future__ import annotations

import re
import unicodedata

RIGHT_TO_LEFT = frozenset({"ar", "fa"})
# Passages that hold no passage of their own, as the setter writes them.
_PASSAGE = re.compile(r"<(p|h2|h3|li|td|figcaption)>((?:(?!<\1>).)*?)</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_BACKWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def direction(text: str) -> str:
    """ "rtl" or "ltr", as most of its letters run; "" when it has none."""
    kinds = [unicodedata.bidirectional(letter) for letter in text]
    backward, forward = sum(kind in ("R", "AL") for kind in kinds), kinds.count("L")
    return "" if backward == forward else "rtl" if backward > forward else "ltr"


def directed(html: str, *, language: str) -> str:
    """The printed HTML of a page in a language, with `dir` on the passages that run the other way."""
    own = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    if own == "ltr" and not _BACKWARD.search(html):
        return html

    def mark(found: re.Match[str]) -> str:
        there = direction(_TAG.sub("", found[2]))
        return found[0] if there in ("", own) else f'<{found[1]} dir="{there}">{found[2]}</{found[1]}>'

    return _PASSAGE.sub(mark, html)

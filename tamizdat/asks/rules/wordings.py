"""The words of an ask: placeholders and how they are filled, and hints for whoever writes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import escape

from tamizdat.money import Money

PLACEHOLDER = re.compile(r"\{\{\s*(\w*)\s*\}\}")
# Filled when baking, and filled on the device by the script of that name in reader/asks/.
BAKED = frozenset({"gap", "cost", "date"})
ON_DEVICE = frozenset({"articles_read", "months_reading", "country"})
KNOWN = BAKED | ON_DEVICE
SENTENCE = re.compile(r"[.!?…؟。！？]+")
STRONG, EMPHASISED = re.compile(r"\*\*(\S(?:.*?\S)?)\*\*"), re.compile(r"\*(\S(?:.*?\S)?)\*")
EMPTY_LINES = re.compile(r"\s*\n\s*\n\s*")
TAG = re.compile(r"<[^>]+>")
# Words: more are not read, in the field's experience; and letters where words are not spaced.
LONGEST = {"notice": 45, "appeal": 140, "inline": 60, "header": 4, "bar": 30, "ticker": 40}
LONGEST_SENTENCE = 22
# Björnsson's LIX (Läsbarhet, 1968): words in a sentence, and words of more than six letters in a hundred. Newspapers
# have 40 to 50. It says nothing of a few words, or where words are not spaced or written without vowels.
HARD, FEWEST_WORDS, LONG_WORD = 55, 30, 6
NO_LIX = frozenset({"ar", "fa", "zh"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Words in a language, safe HTML already, with placeholders. `html` holds paragraphs with a few marks."""

    language: str
    heading: str = ""
    html: str = ""
    button: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One wording. `share` is its part of the readers, in whole parts of all shares; texts by language."""

    name: str
    share: int
    texts: Mapping[str, Text]
    amounts: tuple[Money, ...] = ()
    cadence: str = "monthly"
    has_ticker: bool = False
    can_remind: bool = True


def placeholders(text: Text) -> frozenset[str]:
    """The names of the placeholders in a text, known or not."""
    return frozenset(PLACEHOLDER.findall(f"{text.heading} {text.html} {text.button}"))


def unknown(text: Text) -> list[str]:
    return sorted(placeholders(text) - KNOWN)


def filled(text: str, values: Mapping[str, str]) -> str:
    """A text with what is known when baking, which must be safe HTML; the rest becomes a place for the device to fill.

    The device's figures stand as style does, so that filling them moves nothing that was painted.
    """

    def said(found: re.Match[str]) -> str:
        name = found[1]
        return values[name] if name in BAKED else f'<span data-fill="{name}"></span>'

    return PLACEHOLDER.sub(said, text)


def with_values(text: Text, values: Mapping[str, str]) -> Text:
    return replace(
        text,
        heading=filled(text.heading, values),
        html=filled(text.html, values),
        button=filled(text.button, values),
    )


def needs(text: Text) -> tuple[str, ...]:
    """What the device must know for this text, in a settled order."""
    return tuple(sorted(placeholders(text) & ON_DEVICE))


def hints(placement: str, text: Text) -> list[str]:
    """What a friend would say of a draft: too long, sentences that one loses the thread of."""
    plain = TAG.sub(" ", text.html)
    words, most = len(plain.split()), LONGEST[placement]
    said = []
    if words > most:
        said.append(f"{words} words; readers stop after about {most} here.")
    longest = max((len(one.split()) for one in SENTENCE.split(plain)), default=0)
    if longest > LONGEST_SENTENCE:
        said.append(f"A sentence of {longest} words; two short ones are understood by more people.")
    if words >= FEWEST_WORDS and text.language not in NO_LIX and (hardness := lix(plain)) > HARD:
        said.append(f"Hard to read (LIX {hardness}; newspapers have 40 to 50): take shorter words.")
    return said


def lix(plain: str) -> int:
    """How hard a text of some words is to read, by Björnsson's formula; see above."""
    words = [word.strip(",;:.!?…«»“”\"'()") for word in plain.split()]
    sentences = sum(1 for one in SENTENCE.split(plain) if one.strip()) or 1
    return round(len(words) / sentences + 100 * sum(len(word) > LONG_WORD for word in words) / len(words))


def marked(source: str) -> str:
    """Safe HTML of what an editor wrote: paragraphs, **strong** and *emphasised*; everything else is itself."""
    safe = EMPHASISED.sub(r"<em>\1</em>", STRONG.sub(r"<strong>\1</strong>", escape(source.strip())))
    paragraphs = (one.strip().replace("\n", "<br>") for one in EMPTY_LINES.split(safe))
    return "".join(f"<p>{one}</p>" for one in paragraphs if one)

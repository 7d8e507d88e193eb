"""Which of the articles near one are worth reading after it, and the words that tell what an article is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from math import log, log2

FOR_A_TOPIC = 0.25  # each common topic counts as a quarter of the greatest likeness
FOR_FRESHNESS = 0.1
HALF_LIFE_DAYS = 180
FOR_NAMINGS = 0.03  # taken off each time that the number of articles naming one doubles
MOST_NAMINGS = 24  # then others have their turn, if there are any

STEM_LETTERS = 6  # what is left of a word without its endings, near enough in every alphabet
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]+")
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An article near another: `likeness` ≥ 0 of their words, in any unit that all candidates share.

    `namings` counts the other articles that recommend it already.
    """

    id: int
    likeness: float
    common_topics: int
    days_apart: int
    namings: int = 0


def best(candidates: Sequence[Candidate], *, count: int) -> list[int]:
    """Ids of the best, best first; the same candidates give the same order."""
    greatest = max((one.likeness for one in candidates), default=0.0) or 1.0
    ranked = sorted(
        candidates, key=lambda one: (one.namings >= MOST_NAMINGS, -round(_weight(one, greatest), 6), -one.id)
    )
    return [one.id for one in ranked[:count]]


def _weight(one: Candidate, greatest: float) -> float:
    freshness = 1 / (1 + one.days_apart / HALF_LIFE_DAYS)
    near = one.likeness / greatest + FOR_A_TOPIC * one.common_topics + FOR_FRESHNESS * freshness
    return near - FOR_NAMINGS * log2(1 + one.namings)


def likenesses(words: Sequence[str], others: Sequence[Sequence[str]]) -> list[float]:
    """How much each of the others has in common with these words: a word counts the more the fewer of them have it.

    As BM25 has it (Robertson and Zaragoza, 2009), whose other parts are alike for lists as long as these, without
    repetition.
    """
    having = Counter(word for one in others for word in set(one))
    worth = {word: log(1 + (len(others) - having[word] + 0.5) / (having[word] + 0.5)) for word in words}
    return [sum(worth.get(word, 0.0) for word in one) for one in others]


def stems(text: str) -> list[str]:
    """The words of a text without endings; pairs of signs where words are not spaced."""
    text = text.lower()
    unspaced = _UNSPACED.findall(text)
    pairs = [signs[at : at + 2] for signs in unspaced for at in range(len(signs) - 1)]
    return pairs + [word[:STEM_LETTERS] for word in _WORD.findall(_UNSPACED.sub(" ", text) if unspaced else text)]


def telling(head: str, text: str, *, usage: Mapping[str, int], among: int, count: int) -> list[str]:
    """The stems that tell most: often in the text, in its head above all, and in few of `among` other articles.

    `usage` says in how many of these a stem is. One that is in none may be a slip of the pen: it counts as rare, no
    more.
    """
    often = Counter(stems(text)) + Counter(stems(head))
    worth = {stem: times * log((among + 2) / (usage.get(stem, 0) + 1)) for stem, times in often.items()}
    ranked = sorted(worth, key=lambda stem: (-round(worth[stem], 6), stem))
    return ranked[:count]


def number_of(stem: str, *, language: str) -> int:
    """A word of a language as a number of 63 bits."""
    return int.from_bytes(blake2b(f"{language} {stem}".encode(), digest_size=8).digest()) >> 1

"""Events that nobody should send, at any company's door: refused with the right status, and nothing stored."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.apps import apps

from tests.soak import SEED, record

Make = Callable[[Any, random.Random], tuple[Any, bytes]]


def now() -> datetime:
    return datetime.now(UTC)


def prepared(code: str, settings: Any, keys: Path) -> Path:
    """A newsroom with that company on, which lets its own limit say what is too large; where its keys lie."""
    giving = replace(settings.NEWSROOM.giving, providers=(code,))
    settings.NEWSROOM, settings.KEYS = replace(settings.NEWSROOM, giving=giving), keys
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 25_000_000
    return keys / f"{code}.toml"


def post(client: Any, code: str, headers: Any, raw: bytes) -> Any:
    return client.post(f"/events/{code}/", raw, content_type="application/json", headers=headers)


def rows() -> dict[str, int]:
    """How many rows every table has."""
    return {model._meta.label: model.objects.count() for model in apps.get_models()}


def none_is_let_in(client: Any, side: Any, *, often: Sequence[Make], huge: Make, n: int) -> None:
    """One in a hundred is huge, and answered 413; every other is answered 400. No row is added, no traceback shown."""
    dice, before = random.Random(SEED), rows()
    tried, wrong = Counter[str](), Counter[str]()
    for number in range(n):
        make = huge if number % 100 == 0 else dice.choice(often)
        answer = post(client, side.code, *make(side, dice))
        tried[make.__name__] += 1
        if answer.status_code != (413 if make is huge else 400) or b"Traceback" in answer.content:
            wrong[f"{make.__name__} {answer.status_code}"] += 1
    record(f"adversarial events at {side.code}", n=n, seed=SEED, tried=dict(tried), let_in=dict(wrong))
    assert not wrong
    assert rows() == before

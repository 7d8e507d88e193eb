"""One request to a company that speaks JSON over HTTP, and what its failure means."""

from __future__ import annotations

import http.client
import json
from typing import Any
from urllib.parse import urlsplit

from tamizdat.support.rules.contract import GiveUp, TryLater

PATIENCE_SECONDS = 10
PASSING = frozenset({408, 425, 429})


class Wire:
    """`name` is the company's in sentences; `passing` are refusals that may change by themselves or be mended."""

    def __init__(self, name: str, address: str, authorization: str, *, passing: frozenset[int] = PASSING) -> None:
        self._name, self._where = name, urlsplit(address.rstrip("/"))
        self._authorization, self._passing = authorization, passing

    def ask(self, method: str, path: str, body: object = None, *, key: str = "") -> Any:
        """The company's JSON object or list.

        Raises GiveUp when it refuses, and TryLater whenever the outcome is unknown or may change: out of
        reach, cut off, busy, broken, or speaking something else than JSON. Redirects are not followed.
        """
        status, reason, raw = self._exchange(method, path, body, key)
        if status >= 500 or status in self._passing:
            raise TryLater(f"{self._name} answers {_refusal(raw) or f'{status} {reason}'}")
        if status >= 300:
            raise GiveUp(f"{self._name} refuses: {_refusal(raw) or f'{status} {reason}'}")
        try:
            told = json.loads(raw)
        except (ValueError, RecursionError):
            told = None
        if not isinstance(told, dict | list):
            raise TryLater(f"{self._name} answers something else than JSON")
        return told

    def _exchange(self, method: str, path: str, body: object, key: str) -> tuple[int, str, bytes]:
        headers = {"Authorization": self._authorization, "Content-Type": "application/json"}
        if key:
            headers["Idempotency-Key"] = key
        is_secure = self._where.scheme == "https"
        connect = http.client.HTTPSConnection if is_secure else http.client.HTTPConnection
        line = connect(self._where.netloc, timeout=PATIENCE_SECONDS)
        try:
            line.request(method, self._where.path + path, None if body is None else json.dumps(body), headers)
            answer = line.getresponse()
            return answer.status, answer.reason, answer.read()
        except (OSError, http.client.HTTPException) as error:
            raise TryLater(f"{self._name} is out of reach ({type(error).__name__})") from error
        finally:
            line.close()


def _refusal(raw: bytes) -> str:
    """What it says is wrong, whichever way it words it."""
    try:
        said = json.loads(raw)
        said = said[0] if isinstance(said, list) else said.get("error", said)
        return str(said["message"])[:200]
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        return ""

"""One request to a company that speaks JSON over HTTP, and what its failure means."""

from __future__ import annotations

import http
import http.client
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from tamizdat.support.rules.contract import GiveUp, TryLater

PATIENCE_SECONDS = 10
PASSING = frozenset({408, 425, 429})


class Wire:
    """`name` is the company's in sentences; `passing` are refusals that may change by themselves or be mended;
    `key_header` carries the idempotency key."""

    key_header = "Idempotency-Key"

    def __init__(self, name: str, address: str, authorization: str, *, passing: frozenset[int] = PASSING) -> None:
        self._name, self._where = name, urlsplit(address.rstrip("/"))
        self._authorization, self._passing = authorization, passing

    def ask(self, method: str, path: str, body: object = None, *, key: str = "") -> Any:
        """The company's JSON object or list, empty where it says that there is nothing. A text is sent as a form.

        Raises GiveUp when it refuses, and TryLater whenever the outcome is unknown or may change: out of
        reach, cut off, busy, broken, or speaking something else than JSON. Redirects are not followed.
        """
        status, reason, raw = self._exchange(method, path, body, key)
        if status >= 500 or status in self._passing:
            raise TryLater(f"{self._name} answers {_refusal(raw) or f'{status} {reason}'}")
        if status >= 300:
            raise GiveUp(f"{self._name} refuses: {_refusal(raw) or f'{status} {reason}'}")
        if status == http.HTTPStatus.NO_CONTENT:
            return {}
        try:
            told = json.loads(raw)
        except (ValueError, RecursionError):
            told = None
        if not isinstance(told, dict | list):
            raise TryLater(f"{self._name} answers something else than JSON")
        return told

    def read(self, path: str) -> bytes:
        """A file of the company's, as it is. Raises TryLater."""
        status, reason, raw = self._exchange("GET", path, None, "")
        if status != http.HTTPStatus.OK:
            raise TryLater(f"{self._name} answers {status} {reason}")
        return raw

    def _exchange(self, method: str, path: str, body: object, key: str) -> tuple[int, str, bytes]:
        kind = "application/x-www-form-urlencoded" if isinstance(body, str) else "application/json"
        sent = body if isinstance(body, str) or body is None else json.dumps(body)
        headers = {"Authorization": self._authorization, "Content-Type": kind}
        if key:
            headers[self.key_header] = key
        is_secure = self._where.scheme == "https"
        connect = http.client.HTTPSConnection if is_secure else http.client.HTTPConnection
        line = connect(self._where.netloc, timeout=PATIENCE_SECONDS)
        try:
            line.request(method, self._where.path + path, sent, headers)
            answer = line.getresponse()
            return answer.status, answer.reason, answer.read()
        except (OSError, http.client.HTTPException) as error:
            raise TryLater(f"{self._name} is out of reach ({type(error).__name__})") from error
        finally:
            line.close()


@contextmanager
def understanding(name: str) -> Iterator[None]:
    """An answer that lacks what we need says nothing about the outcome: within, it raises TryLater."""
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, ArithmeticError) as error:
        raise TryLater(f"{name} answers strangely ({error!r})") from error


def _refusal(raw: bytes) -> str:
    """What it says is wrong, whichever way it words it."""
    try:
        said = json.loads(raw)
        said = said[0] if isinstance(said, list) else said.get("error", said)
        detail = next(iter(said.get("details") or [{}]))
        return str(detail.get("description") or said["message"])[:200]
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        return ""

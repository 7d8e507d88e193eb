"""One request to the practice company, and what its failure means."""

import http.client
import json
from typing import Any
from urllib.parse import urlsplit

from tamizdat.support.rules.contract import GiveUp, TryLater

PATIENCE_SECONDS = 10


class Wire:
    def __init__(self, address: str, key: str) -> None:
        self._where, self._key = urlsplit(address.rstrip("/")), key

    def ask(self, method: str, path: str, body: object = None, *, key: str = "") -> dict[str, Any]:
        """The company's JSON object.

        Raises GiveUp when it refuses, and TryLater whenever the outcome is unknown or may change: out of
        reach, cut off, busy, broken, or speaking something else than JSON. Redirects are not followed.
        """
        status, reason, raw = self._exchange(method, path, body, key)
        if status >= 500 or status in (408, 425, 429):
            raise TryLater(f"the practice company answers {status} {reason}")
        if status >= 300:
            raise GiveUp(f"the practice company refuses: {_refusal(raw) or f'{status} {reason}'}")
        try:
            told = json.loads(raw)
        except (ValueError, RecursionError):
            told = None
        if not isinstance(told, dict):
            raise TryLater("the practice company answers something else than JSON")
        return told

    def _exchange(self, method: str, path: str, body: object, key: str) -> tuple[int, str, bytes]:
        headers = {"Authorization": f"Bearer {self._key}", "Content-Type": "application/json"}
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
            raise TryLater(f"the practice company is out of reach ({type(error).__name__})") from error
        finally:
            line.close()


def _refusal(raw: bytes) -> str:
    try:
        return str(json.loads(raw)["error"]["message"])[:200]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""

"""Against card testing: how many payments one corner of the network may begin.

Counts live in this process's memory, under hashes salted anew at every start and in every window; nothing is
written anywhere, and after ten minutes nothing can be read back.
"""

from __future__ import annotations

import hashlib
import ipaddress
import secrets
import threading
from collections import Counter
from datetime import datetime

WINDOW_SECONDS = 600


class Throttle:
    def __init__(self, most: int) -> None:
        self.most = most
        self._lock = threading.Lock()
        self._counts: Counter[bytes] = Counter()
        self._window, self._salt = 0, b""

    def is_too_many(self, client: str, now: datetime) -> bool:
        """Count one more from this client's corner; whether that is more than ten minutes may bring."""
        window = int(now.timestamp()) // WINDOW_SECONDS
        with self._lock:
            if window != self._window:
                self._window, self._salt = window, secrets.token_bytes(16)
                self._counts.clear()
            corner = hashlib.blake2b(_corner(client).encode(), key=self._salt, digest_size=16).digest()
            self._counts[corner] += 1
            return self._counts[corner] > self.most


def _corner(client: str) -> str:
    """The /24 or /48 that the client is in; all that have no address share one."""
    try:
        address = ipaddress.ip_address(client)
    except ValueError:
        return ""
    return str(ipaddress.ip_network(f"{address}/{24 if address.version == 4 else 48}", strict=False))

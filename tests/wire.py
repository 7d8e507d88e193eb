"""A reader without a browser: plain HTTP, with cookies and forms, from an address of one's choice."""

import http.client
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    raw: bytes

    @property
    def text(self) -> str:
        return self.raw.decode("utf-8", "replace")


@dataclass
class Reader:
    """Asks the server at `address`. `source` is the reader's own address: any of 127.0.0.0/8."""

    address: str
    source: str = "127.0.0.1"
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def fill(self, path: str, **fields: str) -> Answer:
        """Open the form at `path`, fill it in and send it back with its hidden fields."""
        hidden = dict(HIDDEN.findall(self.get(path).text))
        return self.post(path, **{**hidden, **fields})

    def post(self, path: str, **fields: str) -> Answer:
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.address}
        return self.ask("POST", path, urlencode(fields).encode(), kind)

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        where = urlsplit(self.address)
        line = http.client.HTTPConnection(where.netloc, timeout=30, source_address=(self.source, 0))
        cookie = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())} if self.cookies else {}
        try:
            line.request(method, path, body, {**cookie, **(headers or {})})
            answer = line.getresponse()
            for given in answer.headers.get_all("Set-Cookie") or []:
                name, _, value = given.partition(";")[0].partition("=")
                self.cookies[name] = value
            return Answer(answer.status, dict(answer.headers), answer.read())
        finally:
            line.close()

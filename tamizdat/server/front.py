"""The front door: a path is a file of the paper, a file of the desk, or a matter for Django."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from granian.rsgi import HTTPProtocol, Scope

from tamizdat.asks.rules.counting import Counted
from tamizdat.newsroom.configuration import Configuration
from tamizdat.server import pages
from tamizdat.server.bridge import Bridge
from tamizdat.server.counting import Counts
from tamizdat.server.files import Files, Manners
from tamizdat.server.messages import Answer, Header, Piece, Request
from tamizdat.server.proxies import Proxies

log = logging.getLogger("tamizdat.server")

DYNAMIC = frozenset({"support", "remind", "events", "desk"})
ALWAYS: tuple[Header, ...] = (
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
    ("cross-origin-opener-policy", "same-origin"),
)
STRICT_TRANSPORT: Header = ("strict-transport-security", "max-age=31536000; includeSubDomains; preload")
# Somebody's upload is looked at, never run.
UPLOADS: Header = ("content-security-policy", "default-src 'none'; sandbox")


class FrontDoor:
    """One RSGI application for everything on the newsroom's port. Whoever has stopped serving closes the counts."""

    def __init__(
        self,
        newsroom: Configuration,
        data: Path,
        load: Callable[[], Callable[..., Any]],
        keep: Callable[[Mapping[Counted, int]], object],
    ) -> None:
        paper = newsroom.paper
        always = (*ALWAYS, STRICT_TRANSPORT) if paper.address.startswith("https://") else ALWAYS
        self.languages = frozenset(paper.languages)
        self.paper = Files(
            data / "site",
            Manners(
                kept_for_ever="/pictures/",
                headers=always,
                onion=paper.onion_address,
                languages=paper.languages,
            ),
        )
        self.folders = {
            "static": Files(data / "static", Manners(cache="public, max-age=3600", headers=always)),
            "media": Files(data / "media", Manners(cache="private, max-age=3600", headers=(*always, UPLOADS))),
        }
        self.bridge = Bridge(load, Proxies(newsroom.server.trusted_proxies))
        self.keep, self.counts = keep, Counts(self._keep)
        # The same whatever was said: nobody learns from it what counts.
        self.heard = Answer(204, [("cache-control", "no-store"), *always])

    async def __rsgi__(self, scope: Scope, proto: HTTPProtocol) -> None:
        try:
            answer = await self._answer(scope, proto)
        except Exception:
            # The path names no reader; an address or a user agent would.
            log.exception("%s %s failed", scope.method, scope.path)
            answer = pages.answer(500, pages.plain(500), [("cache-control", "no-store")])
        if answer is not None:
            _send(answer, proto)

    def __rsgi_del__(self, loop: object) -> None:
        self.bridge.close()

    def _keep(self, counts: Mapping[Counted, int]) -> None:
        # Pages count from the first moment; what they said waits here until Django has been read.
        self.bridge.application.result()
        self.keep(counts)

    async def _answer(self, scope: Scope, proto: HTTPProtocol) -> Answer | None:
        first, _, rest = scope.path[1:].partition("/")
        spoken = rest.partition("/")[0] if first in self.languages else first
        if spoken in DYNAMIC:
            return await self.bridge.answer(scope, proto, is_desk=spoken == "desk")
        request = Request(scope.method, scope.path, scope.query_string, scope.headers.get)
        if first == "counts" and request.method == "POST":
            self.counts.hear(request)
            return self.heard
        if folder := self.folders.get(first):
            return folder.answer(Request(request.method, "/" + rest, request.query, request.header))
        return self.paper.answer(request)


def _send(answer: Answer, proto: HTTPProtocol) -> None:
    match answer.body:
        case b"":
            proto.response_empty(answer.status, answer.headers)
        case bytes(body):
            proto.response_bytes(answer.status, answer.headers, body)
        case Piece(path, start, end):
            proto.response_file_range(answer.status, answer.headers, path, start, end)

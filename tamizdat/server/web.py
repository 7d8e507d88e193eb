"""The web child: files at once, Django as soon as it has been read."""

from __future__ import annotations

import asyncio
import importlib
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from granian.constants import SSLProtocols
from granian.http import HTTP1Settings
from granian.server.embed import Server

from tamizdat.asks.rules.counting import Counted
from tamizdat.newsroom import configuration
from tamizdat.newsroom.configuration import Configuration
from tamizdat.server.front import FrontDoor

HEADER_MILLISECONDS = 10_000


def main(arguments: Sequence[str]) -> None:
    """Serve until SIGTERM or SIGINT; requests that have begun are answered first."""
    home = Path(os.environ["TAMIZDAT_HOME"])
    asyncio.run(_serve(configuration.load(home / "newsroom.toml", os.environ), home))
    # The server's own threads outlive the loop, and would panic at an interpreter that is being taken down.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


async def _serve(newsroom: Configuration, home: Path) -> None:
    here, keys = newsroom.server, (newsroom.server.tls_certificate, newsroom.server.tls_key)
    certificate, key = (home / path if path else None for path in keys)
    front = FrontDoor(newsroom, home / "data", _django, _keep)
    server = Server(
        front,
        address=here.host,
        port=here.port,
        websockets=False,
        # Its lines could carry a reader's address; ours are written by the front door.
        log_enabled=False,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_MILLISECONDS),
        ssl_cert=certificate,
        ssl_key=key,
        # Readers with old phones are readers too; nothing older than 1.2 is safe.
        ssl_protocol_min=SSLProtocols.tls12,
    )
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, server.stop)
    await server.serve()
    # In the loop, which hears a second SIGTERM without dying of it.
    await asyncio.to_thread(front.counts.close)


def _django() -> Callable[..., Any]:
    application: Callable[..., Any] = importlib.import_module("tamizdat.server.wsgi").application
    return application


def _keep(counts: Mapping[Counted, int]) -> None:
    try:
        importlib.import_module("tamizdat.asks.counting").add_counts(counts)
    finally:
        importlib.import_module("django.db").connections.close_all()

"""Whom we believe when they say who is asking: the proxies that the newsroom names, and nobody else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from ipaddress import ip_address, ip_network


class Proxies:
    """Networks whose X-Forwarded-For and X-Forwarded-Proto are true."""

    def __init__(self, networks: Sequence[str]) -> None:
        self.networks = [ip_network(network, strict=False) for network in networks]

    def trusts(self, address: str) -> bool:
        try:
            found = ip_address(address)
        except ValueError:
            return False
        return any(found in network for network in self.networks)

    def client(self, peer: str, header: Callable[[str], str | None]) -> str:
        """The nearest address that is not one of our proxies; the peer's own when nobody trusted speaks."""
        if not self.trusts(peer):
            return peer
        named = [part.strip() for part in (header("x-forwarded-for") or "").split(",") if part.strip()]
        return next((address for address in reversed(named) if not self.trusts(address)), peer)

    def scheme(self, peer: str, header: Callable[[str], str | None], own: str) -> str:
        """http or https as the reader's browser saw it."""
        said = (header("x-forwarded-proto") or "").strip().lower()
        return said if said in ("http", "https") and self.trusts(peer) else own

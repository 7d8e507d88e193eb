"""newsroom.toml, read once into typed values. Every mistake names the line to mend."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tamizdat.newsroom import giving
from tamizdat.newsroom.giving import countries
from tamizdat.newsroom.rules import ConfigurationError

LANGUAGES = ("en", "ru", "uk", "es", "fr", "de", "ar", "fa", "zh")


@dataclass(frozen=True, kw_only=True)
class Paper:
    name: str
    address: str
    giving_address: str
    tagline: Mapping[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = ("en",)
    time_zone: str = "UTC"
    ad_free_since: date | None = None
    banned_in: tuple[str, ...] = ()
    accent: str = "#8c1d2f"
    contact: str = ""
    onion_address: str = ""
    desk_host: str = ""

    @property
    def language(self) -> str:
        """The language whose tree stands at the root; others stand under /xx/."""
        return self.languages[0]


@dataclass(frozen=True, kw_only=True)
class Asks:
    """How often one reader is asked, as far as their device remembers, and how showings are counted."""

    most_showings: int = 4
    in_days: int = 30
    most_a_day: int = 3
    close_days: int = 14
    gave_days: int = 90
    sample: int = 10
    silent_in: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Post:
    """Where letters leave. Without a host none leave and `doctor` says so."""

    sender: str = ""
    host: str = ""
    port: int = 587
    user: str = ""
    password: str = field(default="", repr=False)
    security: str = "starttls"


@dataclass(frozen=True, kw_only=True)
class Server:
    host: str = "127.0.0.1"
    port: int = 8000
    web_processes: int = 1
    trusted_proxies: tuple[str, ...] = ()
    tls_certificate: str = ""
    tls_key: str = ""


@dataclass(frozen=True, kw_only=True)
class Mirror:
    name: str
    directory: str


@dataclass(frozen=True, kw_only=True)
class Configuration:
    paper: Paper
    giving: giving.Giving
    asks: Asks = Asks()
    post: Post = Post()
    server: Server = Server()
    mirrors: tuple[Mirror, ...] = ()
    database_url: str = ""


def load(path: Path, environ: Mapping[str, str]) -> Configuration:
    """Read the file; PORT and DATABASE_URL of the environment win over it. Raises ConfigurationError."""
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise ConfigurationError(
            f"There is no newsroom here: {path} is missing. Make one with `tamizdat new DIR`, or set TAMIZDAT_HOME."
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path.name} cannot be read: {error}") from None
    return parse(raw, environ)


def parse(raw: dict[str, Any], environ: Mapping[str, str]) -> Configuration:
    known = {"paper", "giving", "asks", "post", "server", "mirrors", "database"}
    for name in raw.keys() - known:
        raise ConfigurationError(f"newsroom.toml: [{name}] is unknown; there are {', '.join(sorted(known))}")
    server = _server(raw.get("server", {}), environ)
    return Configuration(
        paper=_paper(raw.get("paper", {}), server),
        giving=giving.read(raw.get("giving", {})),
        asks=_asks(raw.get("asks", {})),
        post=_post(raw.get("post", {})),
        server=server,
        mirrors=tuple(_section("mirrors", mirror, Mirror) for mirror in raw.get("mirrors", [])),
        database_url=environ.get("DATABASE_URL", "") or raw.get("database", {}).get("url", ""),
    )


def _section(name: str, raw: dict[str, Any], kind: type) -> Any:
    """Fill a dataclass from a table; unknown keys and wrong types are refused by name."""
    hints = {f.name: f for f in fields(kind)}
    for key, value in raw.items():
        if key not in hints:
            raise ConfigurationError(f"newsroom.toml: [{name}] has no “{key}”; there are {', '.join(hints)}")
        wanted = str(hints[key].type).split("[")[0].split(" ")[0]
        python = {"str": str, "int": int, "tuple": tuple, "Mapping": dict, "date": date}[wanted]
        if not isinstance(value, python) or isinstance(value, bool):
            raise ConfigurationError(f"newsroom.toml: [{name}] {key} = {value!r} should be {_WORDS[wanted]}")
    try:
        return kind(**raw)
    except TypeError as error:
        raise ConfigurationError(f"newsroom.toml: [{name}] is incomplete: {error}") from None


_WORDS = {
    "str": "text in quotes",
    "int": "a whole number",
    "tuple": "a list in [ ]",
    "Mapping": 'a table like {en = "…"}',
    "date": "a date like 2024-07-01",
}


def _tuples(raw: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in raw.items()}


def _paper(raw: dict[str, Any], server: Server) -> Paper:
    raw = _tuples(raw)
    if not raw.get("name"):
        raise ConfigurationError("newsroom.toml: [paper] name is missing; it is the name of the paper")
    raw.setdefault("address", f"http://{server.host}:{server.port}")
    raw.setdefault("giving_address", raw["address"])
    for key in ("address", "giving_address", "onion_address"):
        raw[key] = _address(key, raw.get(key, ""))
    paper = _section("paper", raw, Paper)
    for code in paper.languages:
        if code not in LANGUAGES:
            raise ConfigurationError(
                f"newsroom.toml: [paper] languages: “{code}” is not shipped; there are {', '.join(LANGUAGES)}"
            )
    if not paper.languages:
        raise ConfigurationError("newsroom.toml: [paper] languages is empty; name at least one")
    try:
        ZoneInfo(paper.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise ConfigurationError(
            f"newsroom.toml: [paper] time_zone “{paper.time_zone}” is unknown; write it like Europe/Riga"
        ) from None
    return paper


def _address(key: str, text: str) -> str:
    if not text and key == "onion_address":
        return ""
    parts = urlsplit(str(text))
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ConfigurationError(f"newsroom.toml: [paper] {key} “{text}” should look like https://paper.example")
    return str(text).rstrip("/")


def _asks(raw: dict[str, Any]) -> Asks:
    asks: Asks = _section("asks", _tuples(raw), Asks)
    countries("asks", "silent_in", asks.silent_in)
    for key in ("most_showings", "in_days", "most_a_day", "close_days", "gave_days"):
        if getattr(asks, key) < 1:
            raise ConfigurationError(f"newsroom.toml: [asks] {key} must be at least 1")
    if asks.sample not in (1, 10):
        raise ConfigurationError("newsroom.toml: [asks] sample is 1, to count every showing, or 10, one in ten")
    return asks


def _post(raw: dict[str, Any]) -> Post:
    post: Post = _section("post", raw, Post)
    if post.security not in ("starttls", "tls", "none"):
        raise ConfigurationError('newsroom.toml: [post] security is "starttls", "tls" or "none"')
    return post


def _server(raw: dict[str, Any], environ: Mapping[str, str]) -> Server:
    raw = _tuples(raw)
    port = environ.get("PORT", "")
    if port:
        if not port.isdigit() or not 0 < int(port) < 65536:
            raise ConfigurationError(f"PORT={port} is not a port; use a number like 8000")
        raw["port"] = int(port)
    server: Server = _section("server", raw, Server)
    if bool(server.tls_certificate) != bool(server.tls_key):
        raise ConfigurationError("newsroom.toml: [server] tls_certificate and tls_key go together")
    for network in server.trusted_proxies:
        try:
            ip_network(network, strict=False)
        except ValueError:
            raise ConfigurationError(
                f"newsroom.toml: [server] trusted_proxies: “{network}” should look like 127.0.0.1/32"
            ) from None
    return server

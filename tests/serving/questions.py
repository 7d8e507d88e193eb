"""What is asked of every server, and how."""

import http.client
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

HOST = "gazette.example"


@dataclass(frozen=True)
class Server:
    """Who is asked: over TLS when there is a certificate to believe."""

    name: str
    port: int
    certificate: Path | None = None

    def line(self, source: str) -> http.client.HTTPConnection:
        line = http.client.HTTPConnection(HOST)
        line.sock = socket.create_connection(("127.0.0.1", self.port), timeout=30, source_address=(source, 0))
        if self.certificate:
            trust = ssl.create_default_context(cafile=str(self.certificate))
            line.sock = trust.wrap_socket(line.sock, server_hostname=HOST)
        return line


@dataclass(frozen=True)
class Question:
    """TAG and DATE in a header stand for what the same server says of the same file."""

    path: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None

    def __str__(self) -> str:
        said = ", ".join(f"{name}: {value}" for name, value in self.headers.items())
        return f"{self.method} {self.path[:80]} {said}".strip()


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


def ask(server: Server, question: Question, *, source: str = "127.0.0.1") -> Answer:
    """`source` is the reader's own address: any of 127.0.0.0/8."""
    headers = dict(question.headers)
    if any("TAG" in value or "DATE" in value for value in headers.values()):
        accepted = {name: value for name, value in headers.items() if name == "Accept-Encoding"}
        known = ask(server, Question(question.path, headers=accepted)).headers
        headers = {
            name: value.replace("TAG", known["etag"]).replace("DATE", known["last-modified"])
            for name, value in headers.items()
        }
    line = server.line(source)
    try:
        line.putrequest(question.method, question.path, skip_host=True, skip_accept_encoding=True)
        # Without a proxy in front the test is the proxy, and says what one would.
        for name, value in {"Host": HOST, "X-Forwarded-Proto": "https", **headers}.items():
            line.putheader(name, value)
        if question.body is not None:
            line.putheader("Content-Length", str(len(question.body)))
        line.endheaders(question.body)
        given = line.getresponse()
        names = [name.lower() for name, _ in given.getheaders()]
        assert len(set(names) - {"set-cookie"}) == len(names) - names.count("set-cookie"), f"said twice: {names}"
        return Answer(given.status, {name.lower(): value for name, value in given.getheaders()}, given.read())
    finally:
        line.close()


GALE, RUSSIAN = "/news/gale/", "/ru/news/%D1%88%D1%82%D0%BE%D1%80%D0%BC/"
BROWSER = {"Accept-Encoding": "gzip, deflate, br, zstd"}
OLD, NEW = "Tue, 14 Nov 2023 22:13:20 GMT", "Tue, 14 Nov 2034 22:13:20 GMT"


def files(picture: str, upload: str) -> list[Question]:
    """Every kind of file, and of address that is none."""
    paths = [
        "/", "/news/", GALE, RUSSIAN, "/ru/", "/ar/", "/ar/news/asifa/", "/index.html", "/news/gale/index.html",
        "/?source=appeal", f"{GALE}?a=b&c=%20d", "/feed.xml", "/news/feed.xml", "/ru/feed.xml", "/sitemap.xml",
        "/robots.txt", "/ticker.json", "/404.html", picture, upload, "/static/wagtailadmin/css/core.css",
        # A forgotten slash, one too many, an address that moved.
        "/news", "/news?a=b", "/news/gale", RUSSIAN[:-1], "/feed.xml/", "/index.html/", "/news/storm/", "/news/storm",
        "/away.txt", "/away.txt/", "/away.txt?a=b",
        # Nothing there, in each language; nothing to be seen.
        "/nowhere/", "/nowhere", "/news/nowhere.html", "/ru/nowhere/", "/ar/nowhere/", "/de/nowhere/",
        "/static/nowhere.css", "/media/nowhere.jpg", "/static/", "/media/", "/pictures/", "/static", "/media",
        "/manifest.json", "/manifest.json.br", "/manifest.jsonx", "/redirects.json", "/redirects.json.gz",
        "/manifests/1.json", "/manifests/", "/manifests", "/.well-known/", "/.index.html.aside",
        "/news/.hidden", "/news/./", "/.",
        # A variant by its own name is a file like others.
        "/index.html.br", "/index.html.gz", "/feed.xml.br",
    ]  # fmt: skip
    return [Question(path, headers=headers) for path in paths for headers in ({}, BROWSER)]


ODD_PATHS = [
    "/news%2Fgale/", "/%6Eews/", "/news/%67ale/", "/news%2fgale%2f", "/%2Fnews/",
    "/ru/news/%d1%88%d1%82%d0%be%d1%80%d0%bc/",
    "/%2e%2e/paper.sqlite3", "/..%2fpaper.sqlite3", "/../paper.sqlite3", "/news/../../paper.sqlite3", "/news/../",
    "/news/..", "/static/../site/index.html", "/static/..%2fpaper.sqlite3", "/static/%2e%2e/paper.sqlite3",
    "/media/../paper.sqlite3", "/media//etc/passwd", "/static/....//paper.sqlite3", "//", "//news/", "/news//",
    "/news//gale/", "///", "//evil.example/", "/news/%00", "/%00", "/index.html%00.txt", "/news/%0d%0aset-cookie:x",
    "/%c0%af", "/%c0%ae%c0%ae/paper.sqlite3", "/%ff/", "/news/%ff", "/%252e%252e/", "/news%252Fgale/", "/%25", "/\\",
    "/news\\gale/", "/..\\paper.sqlite3", "/news/%5c..%5c", "/news;a=b/", "/news/+/", "/news/a+b", "/news/~/",
    "/news/'/",
    '/news/"', "/news/{}", "/news/|", "/news/^", "/news/*", "/news/@", "/news/:", "/news/a:b",
    "/news/$uri", "/news/%20", "/" + "a" * 300, "/" + "a" * 1030, "/" + "a/" * 400,
    "/" + "a" * 5000, "/" + "%D0%B9" * 300, "/?" + "a" * 5000, "/?", "/news/?%00", "/News/", "/NEWS",
    "/index.HTML", "/index.php", "/wp-login.php", "/.env", "/.git/config",
]  # fmt: skip


# What is no address at all: some servers say so (400), some look for it (404).
NO_ADDRESSES = ["/news/<script>", "/news/`", "/news/%zz", "/news/%", "/news/%2", "/%zz/../../paper.sqlite3"]


def conditions() -> list[Question]:
    told = [
        {"If-None-Match": "TAG"}, {"If-None-Match": "W/TAG"}, {"If-None-Match": '"x", TAG, "y"'},
        {"If-None-Match": "*"}, {"If-None-Match": '"x"'}, {"If-None-Match": "x"}, {"If-None-Match": ""},
        {"If-Modified-Since": "DATE"}, {"If-Modified-Since": OLD}, {"If-Modified-Since": NEW},
        {"If-Modified-Since": "yesterday"}, {"If-None-Match": '"x"', "If-Modified-Since": "DATE"},
        {"If-None-Match": "TAG", "If-Modified-Since": "DATE"}, {"If-None-Match": "TAG", "Range": "bytes=0-3"},
        {"If-Match": "TAG"}, {"If-Match": '"x"'}, {"If-Match": "*"}, {"If-Match": "W/TAG"},
        {"If-Unmodified-Since": "DATE"}, {"If-Unmodified-Since": OLD}, {"If-Unmodified-Since": NEW},
    ]  # fmt: skip
    return [
        Question(path, method, {**accepted, **condition})
        for path, accepted in ((GALE, {}), (GALE, BROWSER), ("/feed.xml", {"Accept-Encoding": "gzip"}))
        for method in ("GET", "HEAD")
        for condition in told
    ]


RANGES = [
    "bytes=0-0", "bytes=5-8", "bytes=5-", "bytes=-4", "bytes=-99999999", "bytes=5-99999999", "bytes=99999999-",
    "bytes=-0", "bytes=8-5", "bytes=999999999999999999-", "bytes=9999999999999999999999999-", "bytes=0-1,4-5",
    "bytes=0-1, 4-5", "bytes=-", "bytes=", "bytes=a-b", "bytes=1", "bytes =0-1", "bytes= 0-1", "Bytes=0-1", "lines=0-1",
    "",
]  # fmt: skip


def parts(picture: str) -> list[Question]:
    asked = [{"Range": wanted} for wanted in RANGES]
    asked += [
        {"Range": "bytes=0-3", "If-Range": known}
        for known in ("TAG", "W/TAG", '"x"', "DATE", OLD, NEW, "yesterday", "")
    ]
    return [
        Question(path, method, {**accepted, **part})
        for path, accepted in ((GALE, {}), (GALE, BROWSER), (picture, BROWSER))
        for method in ("GET", "HEAD")
        for part in asked
    ]


ENCODINGS = [
    "", "identity", "gzip", "br", "br, gzip", "gzip,br", "gzip, deflate", "GZIP", "BR", "deflate", "zstd", "brx",
    "xgzip", "x-gzip", "*", "*;q=0", "identity;q=0", "br;q=0", "br;q=0, gzip", "gzip;q=0", "gzip;q=1.0, br;q=0.5",
    "gzip;q=0.5, br;q=0.5", "br;q=0.000", "br;q=nonsense", "br;q=0, *", "gzip ; q=0.3", "gzip;q=1.0,identity;q=0.5",
    "*, gzip",
]  # fmt: skip


def encodings(picture: str) -> list[Question]:
    return [
        Question(path, method, {"Accept-Encoding": accepted})
        for path in (GALE, "/feed.xml", picture, "/nowhere/")
        for method in ("GET", "HEAD")
        for accepted in ENCODINGS
    ]


def methods() -> list[Question]:
    verbs = ["HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND", "BREW"]
    paths = ["/", GALE, "/news", "/nowhere/", "/feed.xml", "/static/nowhere.css", "/manifest.json"]
    bodies = {"POST": b"a=b", "PUT": b"a=b", "PATCH": b"a=b"}
    return [Question(path, verb, body=bodies.get(verb)) for path in paths for verb in verbs]


def counts() -> list[Question]:
    """What pages count, and what only looks like it: the answer tells nobody which."""
    paths = [
        "/counts/notice/plain/seen/10", "/counts/appeal/plain/click/1", "/counts/notice/nobody/seen/1",
        "/counts/notice/plain/seen/7", "/counts/notice/plain/seen/1?who=me", "/counts/", "/counts",
        "/counts/" + "a" * 900,
    ]  # fmt: skip
    told = [{"User-Agent": "Somebody/7.0"}, {"User-Agent": "Googlebot/2.1"}, {"Sec-GPC": "1"}, {"Origin": "null"}]
    posted = [Question(path, "POST", headers, body) for path in paths for headers in told for body in (None, b"who=me")]
    return posted + [Question(path, method) for path in paths for method in ("GET", "HEAD", "OPTIONS", "PUT")]

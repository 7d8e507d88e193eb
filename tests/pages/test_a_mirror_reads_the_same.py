"""A copy on another server, under another name, at its root or under a prefix: the same paper, the same asks."""

import json
import threading
import urllib.request
from collections import deque
from dataclasses import dataclass, field
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import HTTPError
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest

from tests import browser
from tests.soak import record

LEADS = {"href", "src", "action", "srcset", "poster"}
ASKS = ("/support/", "/remind/")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


class Leads(HTMLParser):
    """Where a page leads and what it loads; what only names it (rel="canonical", "alternate") apart."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "link" and said.get("rel") == "canonical":
            return
        for name in LEADS & said.keys():
            value = said[name] or ""
            self.found |= {part.split()[0] for part in value.split(",")} if name == "srcset" else {value}


@dataclass
class Crawl:
    """Everything that can be reached from `root` without leaving it."""

    root: str
    pages: dict[str, str] = field(default_factory=dict)
    status: dict[str, int] = field(default_factory=dict)
    leaving: dict[str, set[str]] = field(default_factory=dict)
    links: int = 0

    def run(self) -> "Crawl":
        todo = deque([self.root])
        while todo:
            url = todo.popleft()
            if url not in self.status:
                todo.extend(sorted(self._open(url) - self.status.keys()))
        return self

    def _open(self, url: str) -> set[str]:
        self.status[url], kind, text = fetch(url)
        if not kind.startswith("text/html"):
            return set()
        self.pages[url] = text
        found = {urldefrag(urljoin(url, lead)).url for lead in Leads(text).found}
        found = {lead for lead in found if not lead.startswith(("data:", "mailto:"))}
        self.links += len(found)
        self.leaving[url] = {lead for lead in found if not lead.startswith(self.root)}
        return found - self.leaving[url]


def fetch(url: str) -> tuple[int, str, str]:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read().decode("utf-8", "replace")
    except HTTPError as error:
        return error.code, "", ""


@pytest.fixture(scope="module")
def directory(demo, tmp_path_factory):
    """The directory that the configuration names, filled by the paper itself."""
    place = tmp_path_factory.mktemp("elsewhere") / "copy"
    place.mkdir()
    toml = demo.home / "newsroom.toml"
    toml.write_text(f'{toml.read_text("utf-8")}\n[[mirrors]]\nname = "attic"\ndirectory = "{place}"\n', "utf-8")
    demo.run("push")
    assert demo.run("doctor").returncode == 0
    return place


@pytest.fixture(scope="module", params=["/", "/a/b/"])
def mirror(request, directory, tmp_path_factory):
    """Its address on another server under another host name."""
    root = tmp_path_factory.mktemp("served")
    if request.param == "/":
        root = directory
    else:
        (root / "a").mkdir()
        (root / "a" / "b").symlink_to(directory)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=root))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}{request.param}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def crawl(mirror):
    return Crawl(mirror).run()


def test_every_page_of_the_build_opens(mirror, directory):
    names = json.loads((directory / "manifest.json").read_text())["files"]
    assert len(names) > 300
    assert {name: fetch(mirror + name.removesuffix("index.html"))[0] for name in names} == dict.fromkeys(names, 200)


def test_every_link_resolves(crawl, mirror):
    assert [url for url, status in crawl.status.items() if status != 200] == []
    assert len(crawl.pages) > 100
    record(f"mirror under {urlsplit(mirror).path}", n=len(crawl.pages), links=crawl.links)


def test_every_page_of_the_build_is_reached(crawl, mirror, directory):
    pages = {mirror + file.parent.relative_to(directory).as_posix() + "/" for file in directory.rglob("index.html")}
    pages = {url.replace("/./", "/") for url in pages}
    redirects = {url for url in pages if 'http-equiv="refresh"' in fetch(url)[2]}
    assert pages - redirects - crawl.pages.keys() == set()


def test_nothing_but_the_asks_leads_to_the_paper_and_the_asks_lead_to_the_giving_address(crawl, demo):
    asks = set()
    for leads in crawl.leaving.values():
        asks |= {lead for lead in leads if urlsplit(lead).path.endswith(ASKS)}
        assert not [lead for lead in leads - asks if lead.startswith(demo.address)]
        assert not [lead for lead in leads if urlsplit(lead).hostname == "localhost"]
    assert asks and all(lead.startswith(demo.address) for lead in asks)
    assert {urlsplit(lead).path for lead in asks} == {p + a for p in ("", "/ru", "/ar") for a in ASKS}
    inside = {urlsplit(url).path for url in crawl.status}
    assert not [path for path in inside if path.endswith(ASKS)]


def test_every_article_asks(crawl):
    articles = [url for url, text in crawl.pages.items() if "<article" in text and 'class="byline"' in text]
    assert len(articles) == 52
    for url in articles:
        assert {urlsplit(lead).path.split("/")[-2] for lead in crawl.leaving[url]} >= {"support", "remind"}, url


@pytest.mark.parametrize("with_script", [True, False])
def test_a_reader_walks_through_it(mirror, chromium, with_script):
    context = browser.reader(chromium, java_script_enabled=with_script)
    context.set_default_timeout(10_000)
    page, complaints = context.new_page(), []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(mirror)
    page.locator(".front .cards a").first.click()
    page.wait_for_url(f"{mirror}*/*/")
    assert (
        page.locator("article img").first.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") > 0
    )
    page.locator(".masthead nav a").first.click()
    page.wait_for_url(f"{mirror}news/")
    page.get_by_role("link", name="العربية").first.click()
    page.wait_for_url(f"{mirror}ar/**")
    page.get_by_role("link", name="ادعمونا").first.click()
    page.wait_for_url("**/ar/support/**")
    assert complaints == []
    context.close()

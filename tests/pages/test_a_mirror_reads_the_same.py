"""A copy on another server, under another name, at its root or under a prefix: the same paper, the same asks.

Three addresses, so that nothing is taken for another: the paper's own cannot be reached (as where it is banned),
the giving address is the demo's server, the mirror is Python's own server under another host name.
"""

import json
import re
import threading
import urllib.request
from collections import deque
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest

import tamizdat
from tests import browser
from tests.newsrooms import Newsroom
from tests.soak import record

PAPER = "https://gazette.example"
ARTICLES = list(Path(tamizdat.__file__).parent.glob("demo/content/articles/*.md"))
SENSITIVE = "/news/seafarers-centre/"  # in every language
ASKS = ("/support/", "/remind/")
MOVED = """
from wagtail.contrib.redirects.models import Redirect
Redirect.objects.create(old_path="/old/archive", redirect_link="/news/court-returns-archive/")
"""
WIDTHS = """pictures => Promise.all(pictures.map(picture => {
  picture.loading = "eager";
  return picture.decode().then(() => picture.naturalWidth, () => 0);
}))"""


class AnotherServer(SimpleHTTPRequestHandler):
    def list_directory(self, path: object) -> None:
        """A folder without a page is no page."""
        self.send_error(404)

    def log_message(self, *_: object) -> None:
        pass


class Leads(HTMLParser):
    """Where a page leads and what it loads; what only says a name (canonical, and in other languages) apart."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.canonical = ""
        self.translations: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if said.get("rel") == "canonical":
            self.canonical = said["href"]
            return
        if said.get("rel") == "alternate" and "hreflang" in said:
            self.translations.add(said["href"])
            return
        self.found |= {said[name] for name in {"href", "src", "action", "poster"} & said.keys()}
        self.found |= {part.split()[0] for part in said.get("srcset", "").split(",") if part}
        if said.get("http-equiv") == "refresh":
            self.found.add(said["content"].partition("url=")[2])


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
        self.status[url], kind, said = fetch(url)
        if not kind.startswith("text/html"):
            return set()
        self.pages[url] = said.decode()
        found = {lead for lead in leads(url, self.pages[url]) if not lead.startswith(("data:", "mailto:"))}
        self.links += len(found)
        self.leaving[url] = {lead for lead in found if not lead.startswith(self.root)}
        return found - self.leaving[url]


def leads(url: str, text: str) -> set[str]:
    return {urldefrag(urljoin(url, lead)).url for lead in Leads(text).found}


def fetch(url: str) -> tuple[int, str, bytes]:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read()
    except HTTPError as error:
        return error.code, "", b""


@pytest.fixture(scope="module")
def directory(demo, tmp_path_factory):
    """The mirror that newsroom.toml names, filled by the demo's paper restored under an address of its own."""
    folder = tmp_path_factory.mktemp("elsewhere")
    demo.run("backup", str(folder / "backup"), "--keys", str(folder / "keys"))
    (backup,), (keys,) = (folder / "backup").iterdir(), (folder / "keys").iterdir()
    paper = Newsroom(folder / "paper", demo.port)
    demo.run("restore", str(backup), "--keys", str(keys), str(paper.home))
    (folder / "copy").mkdir()
    toml = paper.home / "newsroom.toml"
    addresses = f'[paper]\naddress = "{PAPER}"\ngiving_address = "{demo.address}"\n'
    mirror = f'\n[[mirrors]]\nname = "attic"\ndirectory = "{folder / "copy"}"\n'
    toml.write_text(toml.read_text("utf-8").replace("[paper]\n", addresses, 1) + mirror, "utf-8")
    paper.shell(MOVED)
    paper.run("bake")
    paper.run("push")
    return folder / "copy"


@pytest.fixture(scope="module")
def files(directory):
    """What the mirror's manifest lists, by name."""
    parts = json.loads((directory / "manifest.json").read_text())["parts"]
    listed = {
        name: file for part in parts for name, file in json.loads((directory / part).read_text())["files"].items()
    }
    assert len(listed) > 300
    return listed


@pytest.fixture(scope="module", params=["/", "/a/b/"])
def mirror(request, directory, tmp_path_factory):
    """Its address on another server under another host name."""
    root = directory
    if request.param != "/":
        root = tmp_path_factory.mktemp("served")
        (root / "a").mkdir()
        (root / "a" / "b").symlink_to(directory)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(AnotherServer, directory=root))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}{request.param}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def crawl(mirror):
    return Crawl(mirror).run()


def test_every_file_of_the_build_opens_and_is_the_same(mirror, files):
    for name, file in files.items():
        status, _, said = fetch(mirror + name.removesuffix("index.html"))
        assert (status, sha256(said).hexdigest()) == (200, file["sha256"]), name


def test_every_link_resolves(crawl, mirror):
    assert [url for url, status in crawl.status.items() if status != 200] == []
    record(f"mirror under {urlsplit(mirror).path}", n=len(crawl.pages), opened=len(crawl.status), links=crawl.links)


def test_every_page_and_picture_of_the_build_is_reached(crawl, mirror, files):
    names = {name.removesuffix("index.html") for name in files}
    unlinked = {
        "old/archive/",
        "404.html",
        "ru/404.html",
        "ar/404.html",
        "robots.txt",
        "redirects.json",
        "ticker.json",
    }
    unlinked |= {name for name in names if name.rpartition("/")[2].startswith("sitemap")}
    assert {mirror + name for name in names - unlinked} - crawl.status.keys() == set()


def test_an_old_address_leads_on_inside_the_mirror(mirror):
    old = mirror + "old/archive/"
    assert leads(old, fetch(old)[2].decode()) == {mirror + "news/court-returns-archive/"}


def test_nothing_but_the_asks_leaves_and_the_asks_lead_to_the_giving_address(crawl, mirror, demo):
    leaving = set().union(*crawl.leaving.values())
    assert not [lead for lead in leaving if lead.startswith(PAPER)]
    assert not [lead for lead in leaving if urlsplit(lead).netloc == urlsplit(mirror).netloc]
    assert not [url for url in crawl.status if urlsplit(url).path.endswith(ASKS)]
    asks = {lead for lead in leaving if urlsplit(lead).path.endswith(ASKS)}
    expected = {demo.address + language + ask for language in ("", "/ru", "/ar") for ask in ASKS}
    assert {lead.partition("?")[0] for lead in asks} == expected


def test_every_article_asks_unless_it_is_sensitive(crawl):
    articles = [url for url, text in crawl.pages.items() if 'class="byline"' in text and "<article" in text]
    assert len(articles) == len(ARTICLES)
    for url in articles:
        parts = (part for part in crawl.leaving if re.fullmatch(re.escape(url) + r"(\d+/)?", part))
        paths = {urlsplit(lead).path for part in parts for lead in crawl.leaving[part]}
        asks = {path.split("/")[-2] for path in paths if path.endswith(ASKS)}
        assert asks == ({"support"} if url.endswith(SENSITIVE) else {"support", "remind"}), url


def test_every_page_says_its_one_name_and_those_of_its_translations(crawl, mirror):
    elsewhere = 0
    for url, text in crawl.pages.items():
        said, own = Leads(text), PAPER + "/" + url.removeprefix(mirror)
        assert {mirror + name.removeprefix(PAPER + "/") for name in said.translations} <= crawl.status.keys(), url
        if said.canonical != own:  # first published by somebody else, to whom the page leads
            assert said.canonical in crawl.leaving[url], url
            elsewhere += 1
    assert elsewhere == 1


def test_what_names_the_paper_in_full_names_what_the_mirror_has_too(mirror, files):
    """Feeds, sitemap, robots and the page for what is missing are read away from their place."""
    named = set()
    for name in files:
        if name.endswith((".xml", ".txt", "404.html")):
            text = unescape(unescape(fetch(mirror + name)[2].decode()))
            named |= set(re.findall(PAPER + r"(/[^\s\"<]*)", text))
    assert len(named) > 100
    assert {path for path in named if fetch(mirror + path[1:])[0] != 200} == set()


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def page(request, chromium, mirror, demo):
    """A reader's page that must have no reason to complain, and asks nobody but the mirror and the giving pages."""
    context = browser.reader(chromium, java_script_enabled=request.param)
    context.set_default_timeout(10_000)
    page, complaints, asked = context.new_page(), [], []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(mirror)
    yield page
    context.close()
    assert complaints == []
    assert [url for url in asked if not url.startswith((mirror, demo.address, "data:"))] == []


def test_a_reader_walks_through_it_and_gives(page, mirror, demo):
    assert min(page.locator("img").evaluate_all(WIDTHS)) > 0
    page.locator(".front .cards a").first.click()
    page.wait_for_url(f"{mirror}*/*/")
    assert min(page.locator("img").evaluate_all(WIDTHS)) > 0
    page.locator(".masthead nav a").first.click()
    page.wait_for_url(f"{mirror}news/")
    page.get_by_role("link", name="العربية").first.click()
    page.wait_for_url(f"{mirror}ar/**")
    page.get_by_role("link", name="ادعمونا").first.click()
    page.wait_for_url(f"{demo.address}/ar/support/**")


def test_a_reader_of_it_asks_to_be_reminded(page, demo):
    page.locator(".front .cards a").first.click()
    while not page.locator(".appeal").count():  # a long text asks at its end
        part = page.locator("main a[rel=next]").get_attribute("href")
        page.locator("main a[rel=next]").click()
        page.locator(f"main a[rel=next][href='{part}']").wait_for(state="detached")
    page.locator(".appeal summary").click()
    page.get_by_role("button", name="Remind me").click()
    page.wait_for_url(f"{demo.address}/remind/**")

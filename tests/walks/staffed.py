"""A newsroom in two languages, with an editor, a journalist, a fundraiser and articles for them to work on."""

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import brotli

from tests.newsrooms import Newsroom, founded, wait_until

PASSWORD = "a long word for the desk"
ARTICLES = ("Barges", "Cranes", "Docks", "Eels", "Ferries", "Gales", "Herring", "Islands")
STAFF = f"""
import json
from django.contrib.auth.models import Group, User
from tamizdat.articles import actions
from tamizdat.articles.models import ArticlePage, FrontPage, SectionPage

for login, role in (("ed", "Editors"), ("jo", "Journalists"), ("fu", "Fundraisers")):
    User.objects.create_user(login, login + "@gazette.example", {PASSWORD!r}).groups.add(Group.objects.get(name=role))
actions.lay_paper(languages=["en", "ar"])
made = {{}}

def add(parent, page):
    page.live, page.locale = False, parent.locale
    parent.add_child(instance=page)
    page.save_revision().publish()
    made[page.title] = page.pk

front = FrontPage.objects.get(slug="en")
news = SectionPage.objects.child_of(front).get()
made["News"] = news.pk
add(front, SectionPage(title="Harbour", slug="harbour"))
for title in {ARTICLES!r}:
    body = [("paragraph", "<p>About " + title.lower() + ".</p>")]
    add(news, ArticlePage(title=title, slug=title.lower(), standfirst="A short one.", body=body))
print(json.dumps(made))
"""


@dataclass
class Staffed:
    """`made` holds the ids of sections and articles, by title."""

    newsroom: Newsroom
    made: dict[str, int]

    @property
    def address(self) -> str:
        return self.newsroom.address

    def form(self, title: str) -> str:
        """Where an article is edited."""
        return f"{self.address}/desk/pages/{self.made[title]}/edit/"

    def file(self, path: str) -> str:
        """What the file of a site path says; nothing while it is not there, or not whole with its variants."""
        place = self.newsroom.home / "data" / "site" / (path[1:] + ("index.html" if path.endswith("/") else ""))
        try:
            plain = place.read_bytes()
            packed = [gzip.decompress(_beside(place, ".gz")), brotli.decompress(_beside(place, ".br"))]
        except FileNotFoundError:
            return ""
        return plain.decode() if packed == [plain, plain] else ""

    def manifest(self) -> bytes:
        """What the manifest of all files says."""
        return (self.newsroom.home / "data" / "site" / "manifest.json").read_bytes()

    def is_quiet(self) -> bool:
        """Whether nothing is left to do: what was to be seen of a change is there."""
        self.newsroom.wait_until_idle()
        return True

    def wait_for(self, path: str, words: str) -> str:
        """The file, once it says so."""
        wait_until(lambda: words in self.file(path), f"{path} to say {words!r}", seconds=60)
        return self.file(path)

    def wait_until_gone(self, path: str, words: str) -> None:
        """Until the file says so no longer, or is no longer there."""
        wait_until(lambda: words not in self.file(path), f"{path} to lose {words!r}", seconds=60)

    def lists(self, title: str) -> set[str]:
        """Which of the paper's lists name an article."""
        lists = ("/", "/news/", "/harbour/", "/feed.xml", "/news/feed.xml", "/harbour/feed.xml")
        return {path for path in lists if title in self.file(path)}


def _beside(place: Path, variant: str) -> bytes:
    return place.with_name(place.name + variant).read_bytes()


@contextmanager
def staffed(folder: Path) -> Iterator[Staffed]:
    """Found it and serve it, whole."""
    with founded(folder) as newsroom:
        toml = newsroom.home / "newsroom.toml"
        toml.write_text(toml.read_text("utf-8").replace('languages = ["en"]', 'languages = ["en", "ar"]'), "utf-8")
        made = json.loads(newsroom.shell(STAFF))
        with newsroom.serving():
            yield Staffed(newsroom, made)

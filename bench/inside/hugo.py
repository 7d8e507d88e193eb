"""The archive as Hugo's content: the same texts, lists and words on every page. Runs inside the newsroom."""

from __future__ import annotations

import json
import re
import shutil
from collections import defaultdict
from pathlib import Path

from django.conf import settings

from tamizdat.articles import queries
from tamizdat.articles.models import Galley, Shelf, Shelving
from tamizdat.articles.rules.sheets import Article, Kind, Sheet
from tamizdat.articles.shelving import BY_YEAR
from tamizdat.bakery.renderer import Renderer

THEME = Path(__file__).parents[1] / "hugo"
# What all of our pages hold alike, taken from one of them, so that Hugo's weigh the same.
ALIKE = {
    "head": r'<meta http-equiv="Content-Security-Policy".*?</script>',
    "notice": r'<aside class="training">.*<aside class="notice".*?</aside>',
    "appeal": r'<aside class="appeal".*?</aside>',
}


def export(place: str) -> None:
    """Write Hugo's site into a folder that is not there yet."""
    folder = Path(place)
    shutil.copytree(THEME, folder)
    _write_parts(folder)
    _write_shelves(folder / "content")
    catalogue = queries.catalogue()
    for batch in queries.batches():
        if batch.kind == "pages":
            sheets = [one for one in queries.sheets_of(catalogue, batch) if isinstance(one.page, Article)]
            _write_articles(folder / "content", sheets)


def _write_parts(folder: Path) -> None:
    """Languages say the same in other words; one language's are as good."""
    sheet = next(sheet for sheet in queries.sheets() if sheet.kind is Kind.ARTICLE and sheet.language == "en")
    page = Renderer().render(sheet).decode()
    for name, pattern in ALIKE.items():
        found = re.search(pattern, page, re.DOTALL)
        assert found, name
        # Hugo reads templates: nothing of ours looks like one.
        (folder / "layouts/_partials" / f"{name}.html").write_text(found[0].replace("{{", "{ {"), "utf-8")


def _write_shelves(content: Path) -> None:
    for shelf in Shelf.objects.exclude(kind=Shelf.Kind.AUTHORS):
        path = "" if shelf.kind == Shelf.Kind.FRONT else _below(shelf.path, shelf.language)
        title = settings.NEWSROOM.paper.name if shelf.kind == Shelf.Kind.FRONT else shelf.title
        folder = content / shelf.language / path
        folder.mkdir(parents=True, exist_ok=True)
        said = {"title": title, "name": _name(shelf), "translationKey": str(shelf.translation_key)}
        (folder / "_index.md").write_text(json.dumps(said, ensure_ascii=False) + "\n" + shelf.intro, "utf-8")
    for language in settings.NEWSROOM.paper.languages:
        months = content / language / "months"
        months.mkdir()
        without_feeds = {"title": "Months", "cascade": {"outputs": ["html"]}}
        (months / "_index.md").write_text(json.dumps(without_feeds), "utf-8")


def _write_articles(content: Path, sheets: list[Sheet]) -> None:
    months, keys = _months([sheet.path for sheet in sheets])
    for sheet in sheets:
        page = sheet.page
        assert isinstance(page, Article)
        said = {
            "title": page.headline,
            "kicker": page.kicker,
            "standfirst": page.standfirst,
            "date": page.published.isoformat(),
            "authors": [_last(author.path) for author in page.authors],
            "topics": [_last(topic.path) for topic in page.topics],
            "months": months[sheet.path],
            "more": ["/" + _below(card.path, sheet.language).rstrip("/") for card in page.read_more],
            "translationKey": keys[sheet.path],
        }
        path = content / sheet.language / f"{_below(sheet.path, sheet.language).rstrip('/')}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(said, ensure_ascii=False) + "\n\n" + _markdown(page.body), "utf-8")


def _months(paths: list[str]) -> tuple[dict[str, list[str]], dict[str, str]]:
    """The months of each of an article's lists, by its path, and what ties it to its translations."""
    found = defaultdict(list)
    rows = Shelving.objects.filter(galley__path__in=paths).select_related("shelf", "galley")
    for row in rows.only("shelf__kind", "shelf__source_id", "galley__path", "month"):
        month = row.month[:4] if row.shelf.kind in BY_YEAR else row.month
        found[row.galley.path].append(f"{_name(row.shelf)}-{month}")
    return found, {
        path: str(key) for path, key in Galley.objects.filter(path__in=paths).values_list("path", "translation_key")
    }


def _name(shelf: Shelf) -> str:
    return f"{shelf.kind}-{shelf.source_id}"


def _below(path: str, language: str) -> str:
    """A site path below its language's root."""
    return path.removeprefix(f"/{language}").removeprefix("/")


def _last(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]


def _markdown(body: str) -> str:
    """What a writer would have typed; the archive's bodies are paragraphs and headings."""
    typed = re.sub(r"<h2>(.*?)</h2>", r"## \1\n\n", body)
    return re.sub(r"<p>(.*?)</p>", r"\1\n\n", typed)

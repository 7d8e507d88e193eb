"""The content files as plain values. A bad file is refused with its name, the line and the remedy."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from tamizdat.demo.blocks import BadText, Block, blocks

CONTENT = Path(__file__).parent / "content"
LANGUAGES = ("en", "ru", "ar")
ORIGINAL = "en"

Words = Mapping[str, str]
File = TypeVar("File", "Article", "PlainPage")


class BadFile(Exception):
    """What is wrong, where, and what to do."""

    def __init__(self, path: Path, line: int, remedy: str) -> None:
        super().__init__(f"{path.name}, line {line}: {remedy}")


@dataclass(frozen=True, kw_only=True)
class Article:
    """One article in one language. A translation takes from its original whatever it does not say itself."""

    slug: str
    language: str
    title: str
    standfirst: str
    kicker: str = ""
    section: str = ""
    topics: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    published: int = 0
    updated_note: str = ""
    correction: str = ""
    first_publication: str = ""
    is_sensitive: bool = False
    picture: str = ""
    picture_alt: str = ""
    picture_credit: str = ""
    picture_caption: str = ""
    body: list[Block] = field(default_factory=list)

    @property
    def path(self) -> str:
        """Where it stands within its language."""
        return f"/{self.section}/{self.slug}/"


@dataclass(frozen=True, kw_only=True)
class PlainPage:
    slug: str
    language: str
    title: str
    body: list[Block] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Named:
    """A section, topic or author: its slug, its names and what else is said of it, by language."""

    slug: str
    names: Words
    text: Words = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Cost:
    dollars: int
    names: Words


@dataclass(frozen=True, kw_only=True)
class Content:
    name: Words
    top: tuple[str, ...]
    sections: tuple[Named, ...]
    topics: tuple[Named, ...]
    authors: tuple[Named, ...]
    costs: tuple[Cost, ...]
    articles: tuple[Article, ...]
    pages: tuple[PlainPage, ...]


def read(folder: Path = CONTENT) -> Content:
    """The whole paper, originals before translations, oldest first. Raises BadFile."""
    paper = _toml(folder / "paper.toml")
    content = Content(
        name=paper["name"],
        top=tuple(paper["top"]),
        sections=_named(paper["sections"], "standfirst"),
        topics=_named(paper["topics"]),
        authors=_named(paper["authors"], "bio"),
        costs=tuple(Cost(dollars=c.pop("dollars"), names=c) for c in _toml(folder / "costs.toml")["costs"]),
        articles=_articles(folder / "articles"),
        pages=tuple(read_page(path) for path in sorted((folder / "pages").glob("*.md"))),
    )
    for article in content.articles:
        _check(article, content, folder / "articles" / f"{article.slug}.{article.language}.md")
    return content


def read_ask(folder: Path = CONTENT) -> dict[str, Any]:
    """The ask that waits at the desk. Raises BadFile."""
    return _toml(folder / "asks.toml")


def read_article(path: Path) -> Article:
    """One file, named slug.language.md. Raises BadFile."""
    return _read(path, Article)


def read_page(path: Path) -> PlainPage:
    """One file, named slug.language.md. Raises BadFile."""
    return _read(path, PlainPage)


def _articles(folder: Path) -> tuple[Article, ...]:
    read = [read_article(path) for path in sorted(folder.glob("*.md"))]
    originals = {article.slug: article for article in read if article.language == ORIGINAL}
    for article in read:
        if article.slug not in originals:
            path = folder / f"{article.slug}.{article.language}.md"
            raise BadFile(path, 1, f"a translation needs its original; write {article.slug}.{ORIGINAL}.md")
    whole = [_completed(article, originals[article.slug]) for article in read]
    return tuple(sorted(whole, key=lambda a: (a.language != ORIGINAL, -a.published, a.slug, a.language)))


def _completed(article: Article, original: Article) -> Article:
    if article is original:
        return article
    taken = {name: getattr(original, name) for name in _ORIGINALS_ONLY}
    return replace(article, **taken)


def _read(path: Path, kind: type[File]) -> File:
    slug, _, language = path.stem.rpartition(".")
    if not re.fullmatch(r"[a-z0-9-]+", slug) or language not in LANGUAGES:
        raise BadFile(path, 1, f"name the file slug.language.md, with a language of {', '.join(LANGUAGES)}")
    text = path.read_text("utf-8")
    head, body, first = _parted(path, text)
    wanted = _fields(kind, language)
    for key, value in head.items():
        if key not in wanted:
            raise BadFile(path, _line_of(text, key), f"“{key}” is unknown here; there are {', '.join(wanted)}")
        if type(value) is not wanted[key]:
            raise BadFile(path, _line_of(text, key), f"“{key}” should be {_MEANT[wanted[key]]}")
    for key in wanted.keys() - head.keys() - _MAY_BE_LEFT_OUT:
        raise BadFile(path, 1, f"“{key}” is missing; write it between the two lines +++")
    try:
        read = blocks(enumerate(body.splitlines(), start=first))
    except BadText as error:
        raise BadFile(path, error.line, error.remedy) from None
    if not read:
        raise BadFile(path, first, "there is no text; write it below the second line +++")
    lists = {key: tuple(value) for key, value in head.items() if isinstance(value, list)}
    return kind(slug=slug, language=language, body=read, **{**head, **lists})


def _parted(path: Path, text: str) -> tuple[dict[str, Any], str, int]:
    """The front matter, the body, and the number of the body's first line."""
    parts = re.split(r"^\+\+\+\n", text, maxsplit=2, flags=re.MULTILINE)
    if len(parts) != 3 or parts[0]:
        raise BadFile(path, 1, "the file begins with a line +++, the front matter, and another line +++")
    try:
        head = tomllib.loads(parts[1])
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        raise BadFile(path, 1 + int(at[1]) if at else 1, f'not TOML ({error}); write key = "text"') from None
    return head, parts[2], parts[1].count("\n") + 3


_ORIGINALS_ONLY: dict[str, type] = {
    "section": str,
    "topics": list,
    "authors": list,
    "published": int,
    "picture": str,
    "first_publication": str,
    "is_sensitive": bool,
}
_MAY_BE_LEFT_OUT = {
    *("updated_note", "correction", "first_publication", "is_sensitive"),
    *("picture", "picture_alt", "picture_credit", "picture_caption"),
}
_MEANT = {str: "text in quotes", bool: "true or false", int: "a whole number of days", list: "a list in [ ]"}


def _fields(kind: type, language: str) -> dict[str, type]:
    """What may stand in the front matter, and as what."""
    if kind is PlainPage:
        return {"title": str}
    pictured = ("picture_alt", "picture_credit", "picture_caption")
    words = ("title", "standfirst", "kicker", "updated_note", "correction", *pictured)
    return dict.fromkeys(words, str) | (_ORIGINALS_ONLY if language == ORIGINAL else {})


def _line_of(text: str, key: str) -> int:
    return next((n for n, line in enumerate(text.splitlines(), 1) if line.startswith(key)), 1)


def _check(article: Article, content: Content, path: Path) -> None:
    """Whatever an article names must exist: section, topics, authors, and the pages that it links to."""
    text = path.read_text("utf-8")
    for key, named, known in (
        ("section", (article.section,), content.sections),
        ("topics", article.topics, content.topics),
        ("authors", article.authors, content.authors),
    ):
        for slug in set(named) - {one.slug for one in known}:
            slugs = ", ".join(one.slug for one in known)
            raise BadFile(path, _line_of(text, key), f"“{slug}” is unknown in {key}; there are {slugs}")
    if article.picture and not article.picture_alt:
        raise BadFile(path, 1, "a picture needs picture_alt for those who do not see it")
    pages = {a.path for a in content.articles} | {f"/{page.slug}/" for page in content.pages}
    for number, line in enumerate(text.splitlines(), 1):
        for address in re.findall(r"\]\((/[^)]*)\)|^:::card (/\S+)", line):
            if "".join(address) not in pages:
                raise BadFile(path, number, f"the link leads to {''.join(address)}, and there is no such page")


def _named(table: Mapping[str, Mapping[str, Any]], text: str = "") -> tuple[Named, ...]:
    return tuple(
        Named(slug=slug, names={code: one[code] for code in LANGUAGES}, text=one.get(text, {}))
        for slug, one in table.items()
    )


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))

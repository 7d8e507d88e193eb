"""A body's blocks to HTML, once, when it is published. Links and pictures of the paper bear their mark."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Any

from wagtail.blocks import StreamValue

from tamizdat.articles import pictures
from tamizdat.articles.pictures import Plates, Specs
from tamizdat.articles.richtext import anchor, printed
from tamizdat.articles.rules.directions import directed
from tamizdat.articles.rules.notes import linked
from tamizdat.articles.rules.paths import marked, safe_link


@dataclass
class Setter:
    """Sets one page. `paper` is the paper's address, `paths` finds where a page stands by its id."""

    paper: str
    paths: Callable[[int], str | None]
    plates: Plates = field(default_factory=Plates)
    mentions: set[int] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)
    marked: set[int] = field(default_factory=set)

    def body(self, stream: StreamValue, *, language: str) -> str:
        """The body's HTML; its footnotes are left in `notes`."""
        lists = [child.value for child in stream if child.block_type == "notes"]
        self.notes = [directed(_unwrapped(self.rich(note.source)), language=language) for one in lists for note in one]
        blocks = (getattr(self, f"_{child.block_type}")(child.value) for child in stream if child.block_type != "notes")
        return directed("".join(blocks), language=language)

    def rich(self, source: object) -> str:
        return linked(printed(str(source), self._lead), count=len(self.notes), marked=self.marked)

    def _lead(self, link: Mapping[str, str]) -> str | None:
        if link.get("linktype") == "page" and link.get("id", "").isdigit():
            return self._page(int(link["id"]))
        return safe_link(link.get("href", ""), paper=self.paper)

    def _page(self, page: int) -> str | None:
        self.mentions.add(page)
        path = self.paths(page)
        return marked(path) if path else None

    def _paragraph(self, value: Any) -> str:
        return self.rich(value.source)

    def _heading(self, value: str) -> str:
        return f"<h2>{escape(value)}</h2>"

    def _picture(self, value: Mapping[str, Any]) -> str:
        return self._figure(value, pictures.WHOLE)

    def _gallery(self, value: Iterable[Mapping[str, Any]]) -> str:
        return f'<div class="gallery">{"".join(self._figure(one, pictures.SMALL) for one in value)}</div>'

    def _figure(self, value: Mapping[str, Any], specs: Specs) -> str:
        image = value["picture"]
        if image is None:
            return ""  # deleted from the desk's pictures since
        return f"<figure>{_shown(self.plates.picture(image, specs, {}), value['alt'])}{_caption(value)}</figure>"

    def _quote(self, value: Mapping[str, str]) -> str:
        who = f"<figcaption>{escape(value['who'])}</figcaption>" if value["who"] else ""
        return f'<figure class="quote"><blockquote><p>{_lines(value["text"])}</p></blockquote>{who}</figure>'

    def _pull(self, value: str) -> str:
        return f'<p class="pull">{escape(value)}</p>'

    def _list(self, value: Mapping[str, Any]) -> str:
        tag = "ol" if value["kind"] == "numbered" else "ul"
        items = "".join(f"<li>{_unwrapped(self.rich(item.source))}</li>" for item in value["items"])
        return f"<{tag}>{items}</{tag}>"

    def _table(self, value: Mapping[str, Any] | None) -> str:
        rows = (value or {}).get("data") or []
        if not value or not rows:
            return ""
        caption = value.get("table_caption")
        head = f"<caption>{escape(caption)}</caption>" if caption else ""
        has_head, has_side = value.get("first_row_is_table_header"), value.get("first_col_is_header")
        if has_head:
            head += f"<thead>{_row(rows[0], 'col', has_side=False)}</thead>"
        body = "".join(_row(row, "", has_side=bool(has_side)) for row in rows[1 if has_head else 0 :])
        return f'<div class="table" tabindex="0"><table>{head}<tbody>{body}</tbody></table></div>'

    def _card(self, value: Mapping[str, str]) -> str:
        href = safe_link(value["address"], paper=self.paper)
        title = f"<b>{escape(value['title'])}</b>"
        text = f"<p>{escape(value['text'])}</p>" if value["text"] else ""
        return f'<aside class="card">{f"{anchor(href)}{title}</a>" if href else title}{text}</aside>'

    def _fact(self, value: Mapping[str, Any]) -> str:
        title, inside = escape(value["title"]), self.rich(value["paragraphs"].source)
        return f'<aside class="box"><h3>{title}</h3>{inside}</aside>'


def text(html: str) -> str:
    """The words of printed HTML, in order."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def _shown(made: Mapping[str, Any], alt: str) -> str:
    """A picture in WebP, sharper where the screen is, and in JPEG for whoever knows no WebP."""
    size = f'width="{made["width"]}" height="{made["height"]}"'
    image = f'<img src="{marked(made["jpeg"] or made["path"])}" {size} alt="{escape(alt)}" loading="lazy">'
    if not made["jpeg"]:
        return image
    source = '<source type="image/webp"'
    wide = f'{source} media="(min-resolution: 1.5dppx)" srcset="{marked(made["large"])}">' if made["large"] else ""
    return f'<picture>{wide}{source} srcset="{marked(made["path"])}">{image}</picture>'


def _caption(value: Mapping[str, str]) -> str:
    caption, credit = escape(value["caption"]), escape(value["credit"])
    if not (caption or credit):
        return ""
    credit = f' <span class="quiet">{credit}</span>' if credit else ""
    return f"<figcaption>{caption}{credit}</figcaption>"


def _lines(value: str) -> str:
    return escape(value.strip()).replace("\n", "<br>")


def _unwrapped(html: str) -> str:
    """An item of one paragraph without the paragraph."""
    return html[3:-4] if html.startswith("<p>") and html.count("<p>") == 1 and html.endswith("</p>") else html


def _row(cells: list[str | None], scope: str, *, has_side: bool) -> str:
    def cell(index: int, value: str | None) -> str:
        words = escape(value or "")
        if scope or (has_side and index == 0):
            return f'<th scope="{scope or "row"}">{words}</th>'
        return f"<td>{words}</td>"

    return f"<tr>{''.join(cell(index, value) for index, value in enumerate(cells))}</tr>"

"""Rich text from the desk to HTML that is safe to print: a few elements, links that lead where they say."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from html.parser import HTMLParser

PRINTED = frozenset({"p", "b", "i", "strong", "em", "br", "ul", "ol", "li"})
UNPRINTED = frozenset({"script", "style", "template", "iframe", "object"})
# Pasted tables and boxes lose their walls; the words on both sides must not grow together.
WALLS = frozenset({"td", "th", "tr", "caption", "div", "section", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"})
# What a link on the desk is made of (linktype, id, href) to what stands in the paper; None leads nowhere.
Lead = Callable[[dict[str, str]], str | None]


def printed(source: str, lead: Lead) -> str:
    """The text with its emphasis and its links. Whatever else it holds is dropped; its words stay."""
    printer = _Printer(lead)
    printer.feed(source)
    printer.close()
    return "".join([*printer.parts, *(f"</{tag}>" for tag in reversed(printer.open) if tag)])


class _Printer(HTMLParser):
    def __init__(self, lead: Lead) -> None:
        super().__init__()
        self.lead = lead
        self.parts: list[str] = []
        self.open: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNPRINTED:
            self.silent += 1
        elif tag == "a":
            self._open_link({name: value or "" for name, value in attrs})
        elif tag == "br":
            self.parts.append("<br>")
        elif tag in PRINTED:
            if tag == "p":
                self.handle_endtag("p")  # no paragraph holds another
            self.parts.append(f"<{tag}>")
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in UNPRINTED:
            self.silent = max(0, self.silent - 1)
        elif tag in self.open:
            # Whatever was left open inside closes with it.
            while (last := self.open.pop()) != tag:
                self.parts.append(f"</{last}>")
            self.parts.append(f"</{tag}>")
        elif tag in WALLS:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(escape(data))

    def _open_link(self, attributes: dict[str, str]) -> None:
        href = self.lead(attributes)
        if href:
            self.parts.append(anchor(href))
            self.open.append("a")


def anchor(href: str) -> str:
    """The beginning of a link. Nobody outside learns where the reader came from."""
    is_outside = href.startswith(("http:", "https:"))
    return f'<a href="{escape(href)}"' + (' rel="noopener noreferrer">' if is_outside else ">")

"""The few pages that are said without the paper and without Django: kind, plain, in the path's language."""

from __future__ import annotations

import gettext as catalogues
from collections.abc import Iterable
from functools import cache
from html import escape
from pathlib import Path

from tamizdat.server.messages import Answer, Header

LOCALES = Path(__file__).parents[1] / "locale"


def _(text: str) -> str:
    """Marks a sentence for the catalogues; it is translated when it is said."""
    return text


SENTENCES = {
    400: (_("This request cannot be read"), _("Go back, reload the page and try again.")),
    403: (_("This form can no longer be sent"), _("Go back, reload the page and send it again.")),
    404: (_("There is no such page"), _("The address may have changed. The front page has everything new.")),
    405: (_("This page can only be read"), _("Nothing was sent. Go back to the page you came from.")),
    408: (_("That took too long"), _("Nothing was stored. Go back and try again.")),
    413: (_("That is too much at once"), _("Nothing was stored. Go back and send less.")),
    500: (
        _("Something went wrong here"),
        _("It is our fault, not yours, and we have been told. Try again later."),
    ),
    503: (_("Too many people at once"), _("Nothing was stored. Try again in a minute.")),
}
_HTML = (
    '<!doctype html><html lang="{language}"><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width"><title>{title}</title>'
    '<h1>{title}</h1><p>{text}</p><p><a href="{home}">{front}</a></p></html>'
)


def plain(status: int, language: str = "") -> bytes:
    """A page for a status, in a language that has a catalogue or else in English."""
    translate = _catalogue(language).gettext
    title, text = (escape(translate(sentence)) for sentence in SENTENCES[status])
    front = escape(translate(_("Front page")))
    return _HTML.format(language=language or "en", title=title, text=text, front=front, home="/").encode()


def answer(status: int, body: bytes, headers: Iterable[Header] = ()) -> Answer:
    kind = ("content-type", "text/html; charset=utf-8")
    return Answer(status, [kind, ("content-length", str(len(body))), *headers], body)


@cache
def _catalogue(language: str) -> catalogues.NullTranslations:
    return catalogues.translation("django", str(LOCALES), [language or "en"], fallback=True)

"""The one template environment: for baked pages, dynamic pages and letters alike."""

import base64
import functools
import hashlib
import json
from datetime import date, datetime
from decimal import Decimal
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import rcssmin
import rjsmin
import segno
from babel import Locale
from babel.dates import format_date, format_skeleton, format_time
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, get_currency_name
from django.conf import settings
from django.utils.timezone import get_default_timezone
from django.utils.translation import get_language, gettext, ngettext, pgettext
from markupsafe import Markup, escape

from tamizdat.money import EXPONENTS, Money
from tamizdat.months import Month
from tamizdat.newsroom.queries import is_training
from tamizdat.reader.casting import Foundry

_HERE = Path(__file__).parent
RIGHT_TO_LEFT = frozenset({"ar", "fa"})
_MARKS = "\u200e\u200f"  # directions that a locale writes into its pattern for money


def environment(**options: Any) -> Foundry:
    """The environment with translation, the paper's filters, its style and its scripts."""
    env = Foundry(
        **{**options, "autoescape": _is_html, "trim_blocks": True, "lstrip_blocks": True},
        extensions=["jinja2.ext.i18n"],
    )
    env.install_gettext_callables(gettext, ngettext, newstyle=True, pgettext=pgettext)  # type: ignore[attr-defined]
    env.filters |= {"money": money, "day": day, "moment": moment, "month": month, "number": number}
    env.filters["mail_date"] = format_datetime  # as RSS writes dates
    # One encoder for all: by itself Jinja makes a new one for every value.
    env.policies |= {"json.dumps_function": json.JSONEncoder(ensure_ascii=False).encode, "json.dumps_kwargs": {}}
    env.globals |= {
        "newsroom": settings.NEWSROOM,
        "to": paper_address,
        "giving": giving_address,
        "inlined": inlined,
        "csp_hash": csp_hash,
        "origin_of": origin_of,
        "language_name": language_name,
        "currency_name": currency_name,
        "place_names": place_names,
        "current_language": get_language,
        "direction": direction,
        "home_path": home_path,
        "costs_path": costs_path,
        "icon": icon,
        "camera_code": camera_code,
        "is_training": is_training,
    }
    return env


def _is_html(name: str | None) -> bool:
    """Everything is escaped but the plain text of letters."""
    return not (name or "").endswith(".txt")


def locale() -> Locale:
    """Babel's locale for the language in force."""
    return _locale(get_language() or settings.LANGUAGE_CODE)


_locale = functools.cache(functools.partial(Locale.parse, sep="-"))


def direction(language: str) -> str:
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def money(amount: Money) -> str:
    """ "$5" or "$5.50": without minor units when there are none."""
    here, is_whole = locale(), amount.minor % 10 ** EXPONENTS[amount.currency] == 0
    pattern = here.currency_formats["standard"].pattern
    said = format_currency(
        Decimal(amount.decimal()),
        amount.currency,
        pattern.replace(".00", "") if is_whole else pattern,
        locale=here,
        currency_digits=not is_whole,
    )
    # Among right-to-left words a sign written beside the figure would jump to its other side: isolate the sum.
    return said if direction(here.language) == "ltr" else f"\u2066{said.strip(_MARKS)}\u2069"


def day(when: date | datetime, language: str = "") -> str:
    """The day in words, in `language` or the one in force; of a moment, the day that it is in the newsroom's zone."""
    here = language or get_language() or settings.LANGUAGE_CODE
    return _day(_local(when).date() if isinstance(when, datetime) else when, here)


@functools.lru_cache(maxsize=4096)
def _day(when: date, language: str) -> str:
    return format_date(when, "long", locale=_locale(language))


def moment(when: datetime) -> str:
    """A day and a time of day in the newsroom's time zone, named: a baked page is read anywhere."""
    time = format_time(_local(when), "HH:mm ZZZZ", locale=locale())
    return str(locale().datetime_formats["medium"]).format(time, day(when))


def _local(when: datetime) -> datetime:
    return when.astimezone(get_default_timezone())


def month(when: Month) -> str:
    return format_skeleton("yMMMM", when.first_day, locale=locale())


def number(count: int) -> str:
    return format_decimal(count, locale=locale())


@functools.cache
def language_name(code: str) -> str:
    """A language's name in itself."""
    return (Locale.parse(code).get_language_name(code) or code).capitalize()


def currency_name(code: str) -> str:
    """A currency's name in the language in force."""
    return get_currency_name(code, locale=locale())


def place_names(codes: tuple[str, ...]) -> str:
    """Countries' names in the language in force, as a list in words."""
    here = locale()
    return format_list([here.territories.get(code, code) for code in codes], locale=here)


def home_path(language: str) -> str:
    """Where the front page of a language stands."""
    return "/" if language == settings.NEWSROOM.paper.language else f"/{language}/"


def costs_path(language: str) -> str:
    """Where the public costs of a language stand."""
    return home_path(language) + "costs/"


@functools.cache
def icon() -> str:
    """The paper's initial as a picture inside the page: no request, and the browser asks for no favicon."""
    initial = settings.NEWSROOM.paper.name.removeprefix("The ").strip()[:1]
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">'
        f'<text x="4" y="7" font-size="8" text-anchor="middle" fill="{settings.NEWSROOM.paper.accent}">'
        f"{escape(initial)}</text></svg>"
    )
    return "data:image/svg+xml," + quote(drawing, safe="/ ='")


def camera_code(text: str, words: str) -> Markup:
    """A text as squares that a phone's camera reads; `words` say so to who cannot see them."""
    drawn = segno.make(text, error="m", boost_error=False, micro=False)
    squares = drawn.svg_inline(border=4, scale=4, dark="#000", light="#fff", omitsize=True)
    frame = Markup('<div class="camera-code" role="img" aria-label="{}">{}</div>')
    return frame.format(words, Markup(squares))  # noqa: S704 (the library draws it)


def paper_address(path: str) -> str:
    """Where a page of the paper stands, in full; a baked page replaces this by a relative link."""
    return settings.NEWSROOM.paper.address + path


def giving_address(path: str, *, language: str = "", **query: str) -> str:
    """Where a dynamic page stands, on the giving address, in the reader's language."""
    paper = settings.NEWSROOM.paper
    language = language or get_language() or paper.language
    prefix = "" if language == paper.language else f"/{language}"
    asked = {name: value for name, value in query.items() if value}
    return paper.giving_address + prefix + path + (f"?{urlencode(asked)}" if asked else "")


def origin_of(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


@functools.cache
def inlined(*names: str) -> Markup:
    """Style sheets or scripts of this folder as one, minified, to stand inside the page."""
    text = "".join((_HERE / name).read_text("utf-8") for name in names)
    if names[0].endswith(".css"):
        text = text.replace("#8c1d2f", settings.NEWSROOM.paper.accent)
        return Markup(rcssmin.cssmin(text))  # noqa: S704  our own file, not anybody's input
    return Markup(rjsmin.jsmin(text))  # noqa: S704  our own file, not anybody's input


@functools.cache
def csp_hash(*names: str) -> str:
    """What a content security policy says to allow what is inlined of these files, and nothing else."""
    digest = hashlib.sha256(str(inlined(*names)).encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"

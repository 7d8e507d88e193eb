"""A new paper: its languages, front pages, plain pages and a first section."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override
from wagtail.models import Locale, Page, Site

from tamizdat.articles.models import AuthorsPage, FrontPage, PlainPage, SectionPage
from tamizdat.articles.models.printable import Printable
from tamizdat.articles.rules.paths import AUTHORS


def _(text: str) -> str:
    """Marks words for the catalogues; they are translated when they are laid."""
    return text


PLAIN = {
    "about": (
        _("About us"),
        _("We are a newspaper without advertising. Readers pay for it, and everybody may read it."),
    ),
    "imprint": (_("Imprint"), _("Responsible for everything in this paper: its newsroom.")),
    "privacy": (
        _("Privacy"),
        _(
            "These pages set no cookie, ask nobody else for anything and do not know who reads them. "
            "What you tell us when you give or ask for a reminder is used for that alone."
        ),
    ),
    "costs": (
        _("What it costs"),
        _("What making this paper costs in a month, by name, and what readers have given toward it."),
    ),
}


@transaction.atomic
def lay_paper(*, languages: Sequence[str]) -> None:
    """Make what every paper has, in each language; the first stands at the root. Doing it twice is harmless.

    Pages that exist already are left as they are.
    """
    root = Page.objects.get(depth=1)
    fronts: list[FrontPage] = []
    for language in languages:
        locale, _is_new = Locale.objects.get_or_create(language_code=language)
        with override(language):
            front = _front(root, locale, fronts[0] if fronts else None)
            fronts.append(front)
            _furnish(front, fronts[0])
    _point_site_at(fronts[0])


def _front(root: Page, locale: Locale, first: FrontPage | None) -> FrontPage:
    found = FrontPage.objects.filter(locale=locale, slug=locale.language_code).first()
    if found:
        return found
    page = FrontPage(title=settings.NEWSROOM.paper.name, slug=locale.language_code, locale=locale)
    return _published(page, under=root, like=first)


def _furnish(front: FrontPage, first: FrontPage) -> None:
    """A first section, the authors and the plain pages, each tied to the same page of the first language."""
    if not front.get_children().type(SectionPage).exists():
        _add(front, first, SectionPage(title=gettext("News"), slug="news"))
    _add(front, first, AuthorsPage(title=gettext("Authors"), slug=AUTHORS))
    for what, (title, text) in PLAIN.items():
        body = [("paragraph", f"<p>{gettext(text)}</p>")]
        _add(front, first, PlainPage(title=gettext(title), slug=what, what=what, body=body))


def _add(front: FrontPage, first: FrontPage, page: Printable) -> None:
    if front.get_children().filter(slug=page.slug).exists():
        return
    same = type(page).objects.child_of(first).filter(slug=page.slug).first() if front != first else None
    page.locale = front.locale
    _published(page, under=front, like=same)


def _published(page: Printable, *, under: Page, like: Page | None) -> Printable:
    if like:
        page.translation_key = like.translation_key
    page.live = False
    under.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def _point_site_at(front: FrontPage) -> None:
    """The one site has the default language as its root; Wagtail's welcome page goes."""
    address = urlsplit(settings.NEWSROOM.paper.address)
    port = address.port or (443 if address.scheme == "https" else 80)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    welcome = site.root_page if site.pk else None
    site.hostname, site.port, site.site_name = address.hostname or "", port, settings.NEWSROOM.paper.name
    site.root_page = Page.objects.get(pk=front.pk)
    site.save()
    if welcome and welcome.pk != front.pk and welcome.specific_class is Page:
        welcome.delete()

"""Old addresses lead on to where a page stands now."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from tamizdat.articles.rules import paths as at


def lead_on(moved: Iterable[tuple[str, int]]) -> None:
    """Write redirects from old site paths to pages, in the transaction that moved them."""
    site = Site.objects.filter(is_default_site=True).first()
    rows = {Redirect.normalise_path(path): page for path, page in moved}
    Redirect.objects.filter(old_path__in=rows, automatically_created=True).delete()
    Redirect.objects.bulk_create(
        [
            Redirect(old_path=old, redirect_page_id=page, site=site, automatically_created=True)
            for old, page in rows.items()
        ],
        ignore_conflicts=True,
        batch_size=500,
    )


def lead_on_to_topic(old: str, new: str) -> None:
    """Topics are no pages: their old addresses lead to the new one in full."""
    site = Site.objects.filter(is_default_site=True).first()
    Redirect.objects.update_or_create(
        old_path=Redirect.normalise_path(old),
        site=site,
        defaults={"redirect_link": settings.NEWSROOM.paper.address + new, "automatically_created": True},
    )


def leading_to(page: int) -> frozenset[str]:
    """The files that lead on to a page."""
    old_paths = Redirect.objects.filter(redirect_page=page).values_list("old_path", flat=True)
    return frozenset({at.REDIRECTS, *(at.stub_path(old) or at.REDIRECTS for old in old_paths)})

"""The forms of the desk as a browser sends them."""

from typing import Any

from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield


def article_form(title: str, *blocks: tuple[str, Any], slug: str = "", **fields: Any) -> dict[str, Any]:
    """An article's form, whole and valid, with a paragraph when no blocks are given."""
    there = blocks or (("paragraph", rich_text("<p>It blew.</p>")),)
    return nested_form_data(
        {
            "title": title,
            "slug": slug or title.lower().replace(" ", "-"),
            "body": streamfield(there),
            "bylines": inline_formset([]),
            "corrections": inline_formset([]),
            "comments": inline_formset([]),
            **fields,
        }
    )


def form_of(page: Page, **fields: Any) -> dict[str, Any]:
    return article_form(page.title, slug=page.slug, **fields)

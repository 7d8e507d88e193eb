"""An editor with articles to correct, and the forms that the desk would send. Runs inside the newsroom."""

from __future__ import annotations

import json
from random import Random
from typing import Any

from django.contrib.auth import get_user_model
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from bench.archive import SEED
from tamizdat.articles.models import ArticlePage


def corrections(count: int, *, login: str, password: str) -> str:
    """Articles of any age as JSON: id, path, and the form that corrects a word of each."""
    get_user_model().objects.create_superuser(login, "desk@gazette.example", password)
    ids = list(ArticlePage.objects.order_by("pk").values_list("pk", flat=True))
    chosen = ArticlePage.objects.filter(pk__in=Random(SEED).sample(ids, count))
    return json.dumps([[page.pk, page.site_path, _form(page)] for page in chosen])


def _form(page: ArticlePage) -> list[tuple[str, str]]:
    """As a browser sends it; its first paragraph says which article was corrected."""
    blocks: list[tuple[str, Any]] = []
    for block in page.body:
        is_text = block.block_type == "paragraph"
        blocks.append((block.block_type, block.value.source if is_text else block.value))
    kind, text = blocks[0]
    blocks[0] = kind, text.replace("<p>", f"<p>Correction{page.pk}: ", 1)
    bylines = [
        {"id": one.pk, "author": one.author_id, "ORDER": place, "DELETE": ""}
        for place, one in enumerate(page.bylines.all(), start=1)
    ]
    form = nested_form_data({
        "title": page.title,
        "slug": page.slug,
        "kicker": page.kicker,
        "standfirst": page.standfirst,
        "body": streamfield([(kind, rich_text(value) if kind == "paragraph" else value) for kind, value in blocks]),
        "bylines": inline_formset(bylines, initial=len(bylines)),
        "corrections": inline_formset([]),
        "comments": inline_formset([]),
        "action-publish": "action-publish",
    })  # fmt: skip
    topics = [("topics", str(pk)) for pk in page.topics.values_list("pk", flat=True)]
    return [(name, str(value)) for name, value in form.items()] + topics

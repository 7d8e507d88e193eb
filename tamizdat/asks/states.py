"""What an ask does at present, in an editor's words."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Revision

from tamizdat.asks.models import Ask


def scheduled() -> frozenset[str]:
    """The ids of asks that an editor has published for a later day, as revisions name them."""
    kind = ContentType.objects.get_for_model(Ask)
    coming = Revision.objects.filter(content_type=kind).exclude(approved_go_live_at=None)
    return frozenset(coming.values_list("object_id", flat=True))


def state(ask: Ask, silent: Collection[str], coming: Collection[str]) -> str:
    """One or two words. `silent` are the placements in which nothing is asked today ("" is all of them), `coming` is
    what is `scheduled`."""
    if ask.archived_at:
        return "Archived"
    if ask.live:
        says = "Silenced" if "" in silent or ask.placement in silent else "Live"
        return f"{says}, with a newer draft" if ask.has_unpublished_changes else says
    if str(ask.pk) in coming:
        return "Scheduled"
    if ask.expired:
        return "Ended"
    return "Stopped" if ask.first_published_at else "Draft"

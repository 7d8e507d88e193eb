"""Wagtail's own serving, and what an article's page shows beside its text."""

from django.urls import include, path
from wagtail import urls
from wagtail.models import Page

from tamizdat.articles.models import ArticlePage

MENU, READ_MORE = 8, 6


def context(self, request, *args, **kwargs):
    """As a plain Wagtail site has it: the way up, the sections, what else is new."""
    front = self.get_ancestors().filter(depth=2).get()
    return Page.get_context(self, request, *args, **kwargs) | {
        "way": self.get_ancestors().filter(depth__gte=2),
        "sections": front.get_children().live().in_menu()[:MENU] or front.get_children().live()[:MENU],
        "read_more": ArticlePage.objects.live()
        .filter(locale=self.locale)
        .exclude(pk=self.pk)
        .order_by("-first_published_at")[:READ_MORE],
        "topics": self.topics.all(),
    }


ArticlePage.template = "article.html"
ArticlePage.get_context = context
ArticlePage.serve = Page.serve
urlpatterns = [path("", include(urls))]

"""What every page of the paper has in common: its address and its preview."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from wagtail.models import Page

from tamizdat.articles.rules import paths

# Rows that are written without a place have none to be told apart by; a page must not change its mind about them.
IN_ORDER = ["sort_order", "pk"]


class Printable(Page):
    """A page that is read as a file. Wagtail never serves it; it is shown to editors as it will be baked."""

    # Only children of the front page share the root with the paper's own addresses.
    is_at_root = True
    # A file has no door: the desk must not offer a password that would keep nobody out.
    private_page_options: list[str] = []

    class Meta:
        abstract = True

    @property
    def site_path(self) -> str:
        return paths.site_path(self.url_path, default=settings.NEWSROOM.paper.language)

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        roots = self._get_relevant_site_root_paths(request)
        return (roots[0].site_id, settings.NEWSROOM.paper.address, self.site_path) if roots else None

    def clean(self) -> None:
        super().clean()
        languages = frozenset(settings.NEWSROOM.paper.languages)
        refusal = paths.refused_slug(self.slug, is_at_root=self.is_at_root, languages=languages)
        if refusal:
            raise ValidationError({"slug": refusal})

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return HttpResponse(import_string(settings.PAGE_RENDERER)(self))

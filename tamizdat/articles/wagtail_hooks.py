"""Where Wagtail's admin is told of the paper: topics have a place of their own, pictures are printed bare."""

from typing import Any

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.images.image_operations import FilterOperation
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from tamizdat.articles.blocks import LONGEST_TEXT
from tamizdat.articles.models import Topic


class Bare(FilterOperation):
    """A picture without what its camera wrote into it: where, when and with which device."""

    def construct(self) -> None:
        """Takes no arguments."""

    def run(self, willow: Any, image: Any, env: dict[str, Any]) -> Any:
        for kept in ("exif", "xmp", "comment"):
            willow.image.info.pop(kept, None)
        return willow


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    menu_label = "Topics"
    menu_order = 200
    add_to_admin_menu = True


register_snippet(TopicViewSet)


@hooks.register("register_image_operations")
def bare_pictures() -> list[tuple[str, type[FilterOperation]]]:
    return [("bare", Bare)]


@hooks.register("insert_editor_js")
def refused_pastes() -> str:
    return format_html('<script src="{}" data-most="{}"></script>', static("articles/paste.js"), LONGEST_TEXT)


@hooks.register("insert_editor_js")
def sending_waits_for_the_draft() -> str:
    return format_html('<script src="{}"></script>', static("articles/send.js"))

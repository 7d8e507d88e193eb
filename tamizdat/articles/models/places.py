"""The pages that articles stand under, and the plain ones."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField

from tamizdat.articles.blocks import FEATURES, BodyBlock
from tamizdat.articles.models.printable import Printable
from tamizdat.articles.rules import paths


class FrontPage(Printable):
    """The front page of one language: the top of its tree. Its newest articles lay themselves out."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["articles.SectionPage", "articles.AuthorsPage", "articles.PlainPage"]

    def clean(self) -> None:
        super(Printable, self).clean()
        if self.slug not in settings.NEWSROOM.paper.languages:
            raise ValidationError({"slug": "A front page is named by its language, like “en”."})


class SectionPage(Printable):
    intro = RichTextField(
        blank=True, features=FEATURES, help_text="A sentence or two that stand above the section's articles."
    )

    content_panels = [*Printable.content_panels, FieldPanel("intro")]
    parent_page_types = ["articles.FrontPage"]
    subpage_types = ["articles.ArticlePage"]


class AuthorsPage(Printable):
    """Everybody who writes, by name."""

    max_count_per_parent = 1
    parent_page_types = ["articles.FrontPage"]
    subpage_types = ["articles.AuthorPage"]

    def clean(self) -> None:
        super(Printable, self).clean()
        if self.slug != paths.AUTHORS:
            raise ValidationError({"slug": f"The authors stand at “{paths.AUTHORS}”."})


class AuthorPage(Printable):
    is_at_root = False
    bio = RichTextField(blank=True, features=FEATURES, help_text="Who this is, in two or three sentences.")
    picture = models.ForeignKey(
        "wagtailimages.Image",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Optional. Ask first: a face can put somebody in danger.",
    )

    content_panels = [*Printable.content_panels, FieldPanel("bio"), FieldPanel("picture")]
    parent_page_types = ["articles.AuthorsPage"]
    subpage_types: list[str] = []


class PlainPage(Printable):
    class What(models.TextChoices):
        ABOUT = "about", "About the paper"
        IMPRINT = "imprint", "Imprint"
        PRIVACY = "privacy", "Privacy"
        COSTS = "costs", "What it costs (shows the month's costs)"
        OTHER = "other", "Something else"

    what = models.CharField(max_length=7, choices=What, default=What.OTHER, verbose_name="what it is")
    body = StreamField(BodyBlock(), blank=True)

    content_panels = [
        *Printable.content_panels,
        MultiFieldPanel([FieldPanel("what")], heading="Kind"),
        FieldPanel("body"),
    ]
    parent_page_types = ["articles.FrontPage"]
    subpage_types: list[str] = []

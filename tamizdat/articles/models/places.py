"""The pages that articles stand under, and the plain ones."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable

from tamizdat.articles.blocks import FEATURES, BodyBlock
from tamizdat.articles.models.printable import IN_ORDER, Printable
from tamizdat.articles.rules import paths

MOST_CHOSEN = 7


class FrontPage(Printable):
    """The front page of one language: the top of its tree. What no editor arranges lays itself out, newest first."""

    content_panels = [
        *Printable.content_panels,
        InlinePanel(
            "chosen",
            heading="On top of the front page",
            label="article",
            max_num=MOST_CHOSEN,
            help_text="The first leads, the others stand beside it for as long as they are published. "
            "Leave it empty, and the newest stand here.",
        ),
    ]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["articles.SectionPage", "articles.AuthorsPage", "articles.PlainPage"]

    class Meta:
        verbose_name = "front page"

    def clean(self) -> None:
        super(Printable, self).clean()
        if self.slug not in settings.NEWSROOM.paper.languages:
            raise ValidationError({"slug": "A front page is named by its language, like “en”."})


class Chosen(Orderable):
    """An article that an editor has put on top of a front page."""

    page = ParentalKey(FrontPage, on_delete=models.CASCADE, related_name="chosen")
    article = models.ForeignKey("articles.ArticlePage", on_delete=models.CASCADE, related_name="+")

    panels = [PageChooserPanel("article")]

    class Meta:
        ordering = IN_ORDER
        constraints = [models.UniqueConstraint(fields=["page", "article"], name="article_is_chosen_once")]

    def __str__(self) -> str:
        return f"{self.article_id} on top of {self.page_id}"


class SectionPage(Printable):
    intro = RichTextField(
        blank=True, features=FEATURES, help_text="A sentence or two that stand above the section's articles."
    )

    content_panels = [*Printable.content_panels, FieldPanel("intro")]
    parent_page_types = ["articles.FrontPage"]
    subpage_types = ["articles.ArticlePage"]
    page_description = "A part of the paper with articles of its own, named in the masthead."

    class Meta:
        verbose_name = "section"


class AuthorsPage(Printable):
    """Everybody who writes, by name."""

    max_count_per_parent = 1
    parent_page_types = ["articles.FrontPage"]
    subpage_types = ["articles.AuthorPage"]
    page_description = "Everybody who writes. A language has one."

    class Meta:
        verbose_name = "list of authors"
        verbose_name_plural = "lists of authors"

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
    page_description = "Somebody who signs articles, with a few words and perhaps a picture."

    class Meta:
        verbose_name = "author"


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
    page_description = "What is no journalism: about us, imprint, privacy, costs. The foot of every page names it."

    class Meta:
        verbose_name = "plain page"

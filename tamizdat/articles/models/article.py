"""The article as an editor writes it."""

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils import timezone
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from tamizdat.articles.blocks import BodyBlock
from tamizdat.articles.models.printable import IN_ORDER, Printable


class ArticlePage(Printable):
    """A piece of journalism. What readers see of it is kept in its galley, made when it is published."""

    is_at_root = False
    kicker = models.CharField(max_length=60, blank=True, help_text="One or two words above the headline.")
    standfirst = models.TextField(
        blank=True, max_length=400, help_text="One or two sentences under the headline, and in every list."
    )
    body = StreamField(BodyBlock(), blank=True)
    topics = ParentalManyToManyField("articles.Topic", blank=True, related_name="articles")
    picture = models.ForeignKey(
        "wagtailimages.Image",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Set its focal point: lists show a strip of it, sixteen to nine.",
    )
    picture_alt = models.CharField(
        "what the picture shows",
        max_length=300,
        blank=True,
        help_text="For readers who cannot see it. Needed as soon as there is a picture.",
    )
    picture_credit = models.CharField("credit", max_length=120, blank=True)
    picture_caption = models.CharField("caption", max_length=300, blank=True)
    dated = models.DateTimeField(
        null=True,
        blank=True,
        help_text="Only to overrule the day of first publication, as for an old article.",
    )
    updated_note = models.CharField(
        "what was updated", max_length=300, blank=True, help_text="Shown with the time of this publication."
    )
    first_publication = models.URLField(
        "first published at",
        max_length=500,
        blank=True,
        validators=[URLValidator(["http", "https"])],
        help_text="Only when somebody else published it first: its full address there. The page says so, and "
        "search engines are led to it.",
    )
    has_no_asks = models.BooleanField(
        "no asks here",
        default=False,
        help_text="No notice above and no appeal below the text. The link “Support us” in the masthead stays.",
    )
    is_sensitive = models.BooleanField(
        "sensitive",
        default=False,
        help_text="About death, violence or somebody in danger: asking for money beside it would hurt. "
        "Nothing is asked here, now or later.",
    )

    content_panels = [
        FieldPanel("kicker"),
        *Printable.content_panels,
        FieldPanel("standfirst"),
        InlinePanel("bylines", heading="Authors", label="author"),
        MultiFieldPanel(
            [
                FieldPanel("picture"),
                FieldPanel("picture_alt"),
                FieldPanel("picture_credit"),
                FieldPanel("picture_caption"),
            ],
            heading="Picture",
        ),
        FieldPanel("body"),
        FieldPanel("topics"),
        InlinePanel(
            "corrections",
            heading="Corrections",
            label="correction",
            help_text="What was wrong and what is right. Shown with its day at the article's end, newest first.",
        ),
        MultiFieldPanel(
            [FieldPanel("updated_note"), FieldPanel("dated"), FieldPanel("first_publication")],
            heading="Updates and first publication",
        ),
        MultiFieldPanel([FieldPanel("has_no_asks"), FieldPanel("is_sensitive")], heading="Asking for support"),
    ]
    search_fields = [*Printable.search_fields, index.SearchField("standfirst"), index.SearchField("body")]
    parent_page_types = ["articles.SectionPage"]
    subpage_types: list[str] = []
    page_description = "A piece of journalism: news, report, essay, letter."

    class Meta:
        verbose_name = "article"

    def clean(self) -> None:
        super().clean()
        if self.picture_id and not self.picture_alt.strip():
            raise ValidationError({"picture_alt": "Say what the picture shows; some readers cannot see it."})


class Byline(Orderable):
    """One author of an article, in the order of the byline."""

    page = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey("articles.AuthorPage", on_delete=models.CASCADE, related_name="bylines")

    panels = [PageChooserPanel("author")]

    class Meta:
        ordering = IN_ORDER
        constraints = [models.UniqueConstraint(fields=["page", "author"], name="author_signs_once")]

    def __str__(self) -> str:
        return f"{self.page_id} by {self.author_id}"


class Correction(Orderable):
    """What was wrong in an article and what is right, on the day that it was put right."""

    page = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="corrections")
    dated = models.DateField("day", default=timezone.localdate)
    text = models.TextField("what was wrong, and what is right", max_length=600)

    panels = [FieldPanel("dated"), FieldPanel("text")]

    class Meta:
        ordering = IN_ORDER

    def __str__(self) -> str:
        return f"{self.page_id} corrected on {self.dated}"

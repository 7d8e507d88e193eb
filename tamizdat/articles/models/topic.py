"""What an article is about, across sections."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import TranslatableMixin

from tamizdat.articles.blocks import FEATURES
from tamizdat.articles.rules import paths


class Topic(TranslatableMixin):
    name = models.CharField(max_length=80)
    slug = models.SlugField(
        max_length=80, allow_unicode=True, help_text="The topic's address: /topics/…/. Old addresses lead on."
    )
    intro = RichTextField(
        blank=True,
        features=FEATURES,
        help_text="What a reader should know before reading on. May stay empty.",
    )

    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("intro")]

    class Meta(TranslatableMixin.Meta):
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["locale", "slug"], name="topic_slug_is_free")]

    def __str__(self) -> str:
        return self.name

    @property
    def site_path(self) -> str:
        tree = f"/{self.locale.language_code}/topics/{self.slug}/"
        return paths.site_path(tree, default=settings.NEWSROOM.paper.language)

    def clean(self) -> None:
        super().clean()
        refusal = paths.refused_slug(self.slug, is_at_root=False, languages=frozenset())
        if refusal:
            raise ValidationError({"slug": refusal})

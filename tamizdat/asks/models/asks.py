"""An ask as an editor writes it, and the times and places at which nothing is asked."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, LockableMixin, RevisionMixin

from tamizdat.asks.blocks import AudienceBlock, WordingsBlock, is_name
from tamizdat.asks.rules.placements import CHOICES, PLAIN


class Ask(DraftStateMixin, LockableMixin, RevisionMixin, models.Model):
    """A request to readers. Live, it stands in the paper from one time to another, to whom its audience says."""

    name = models.CharField(max_length=80, help_text="For the newsroom, like: Winter, for readers in Kazakhstan.")
    key = models.CharField(
        "short name",
        max_length=20,
        unique=True,
        validators=[is_name],
        help_text="For counts and gifts, like winter. It stays as it is once the ask has been live.",
    )
    placement = models.CharField(max_length=10, choices=CHOICES)
    priority = models.PositiveSmallIntegerField(
        default=50,
        validators=[MaxValueValidator(100)],
        help_text="Of two asks that suit a reader, the one with the higher figure stands. The shipped ones have 0.",
    )
    audience = StreamField(AudienceBlock(), blank=True)
    most_showings = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="To one reader in thirty days; empty is what the newsroom has settled."
    )
    close_days = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text="Days of quiet after a reader closes it; empty is what the newsroom has settled.",
    )
    paragraph = models.PositiveSmallIntegerField(
        "after paragraph", default=6, validators=[MinValueValidator(2)], help_text="Only for asks within a text."
    )
    wordings = StreamField(WordingsBlock())
    hold_out = models.PositiveSmallIntegerField(
        "readers who are shown nothing",
        default=0,
        validators=[MaxValueValidator(50)],
        help_text="Per cent, to see what asking changes. Usually 0.",
    )
    is_same_words = models.BooleanField(
        "a trial of the trial", default=False, help_text="All wordings say the same: no difference may be found."
    )

    archived_at = models.DateTimeField(null=True, blank=True, editable=False)
    archived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("key"), FieldPanel("placement"), FieldPanel("priority")], "Ask"
        ),
        FieldPanel(
            "audience",
            heading="Who is asked",
            help_text="Everybody whom nothing speaks against. Each condition that you add must hold.",
        ),
        MultiFieldPanel(
            [
                FieldPanel("most_showings", heading="Showings to one reader"),
                FieldPanel("close_days", heading="Quiet after it was closed"),
                FieldPanel("paragraph"),
            ],
            "How often, and where",
        ),
        FieldPanel("wordings", help_text="Write two or more to try which brings more; each reader keeps to one."),
        MultiFieldPanel([FieldPanel("hold_out"), FieldPanel("is_same_words")], "Trying wordings"),
        PublishingPanel(),
    ]

    class Meta:
        ordering = ["-live", "placement", "-priority", "name"]
        permissions = [("stop_asking", "Can stop all asks of a place at once")]

    def __str__(self) -> str:
        return self.name

    def with_content_json(self, content: dict[str, Any]) -> Ask:
        """An older wording of it. Whether it lies in the archive is not a matter of wording."""
        ask = super().with_content_json(content)
        ask.archived_at, ask.archived_by_id = self.archived_at, self.archived_by_id
        return ask

    def clean(self) -> None:
        super().clean()
        if self.key == PLAIN:
            raise ValidationError({"key": f"“{PLAIN}” are the asks that come with the paper; choose another."})
        first = Ask.objects.filter(pk=self.pk).exclude(first_published_at=None).first() if self.pk else None
        if first and first.key != self.key:
            raise ValidationError({"key": f"This ask has been live as “{first.key}”, and is counted by that name."})
        if first and first.placement != self.placement:
            raise ValidationError({"placement": "This ask has been live elsewhere, and is counted there. Copy it."})
        self._require_country()

    def _require_country(self) -> None:
        """A reader's country is known on the device only where an audience names it."""
        texts = [one for wording in self.wordings for one in wording.value["texts"]]
        if any("{{ country }}" in f"{one['heading']} {one['text']}" for one in texts) and not any(
            child.block_type == "country" for child in self.audience
        ):
            raise ValidationError({"audience": "{{ country }} needs an audience that names countries."})


class Source(models.Model):
    """A wording that has been published, by the name that counts and gifts carry; it is known for ever."""

    ask = models.ForeignKey(Ask, on_delete=models.PROTECT, related_name="sources")
    variant = models.CharField(max_length=12)
    source = models.CharField(max_length=60, unique=True)

    def __str__(self) -> str:
        return self.source


class Silence(models.Model):
    """A place, or the whole paper (""), in which nothing is asked: from a day on, or until somebody ends it.

    A day of mourning has both days; a stopped placement has only its first. Ended, it stays as it was.
    """

    placement = models.CharField(max_length=10, blank=True, choices=CHOICES)
    first = models.DateField("from")
    last = models.DateField("to", null=True, blank=True, help_text="Empty: until somebody ends it.")
    why = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )

    class Meta:
        ordering = ["-first", "-at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last=None) | models.Q(last__gte=models.F("first")),
                name="silence_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_placement_display() or 'Everything'} from {self.first}"

    def holds(self, day: date) -> bool:
        """Whether nothing is asked on a day of the newsroom's."""
        return self.ended_at is None and self.first <= day and (self.last is None or day <= self.last)

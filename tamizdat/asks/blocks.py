"""What an ask is made of, as an editor writes it: conditions with names, and wordings in languages."""

from __future__ import annotations

from html import escape
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import get_language
from wagtail import blocks
from wagtail.blocks import StreamBlockValidationError, StructBlockValidationError, StructValue

from tamizdat.articles import queries as articles
from tamizdat.asks.rules import wordings
from tamizdat.asks.rules.countries import names
from tamizdat.money import Money, parse_amount

MOST_WORDINGS = 4
is_name = RegexValidator(r"^[a-z0-9][a-z0-9-]*$", "Write it with small letters, figures and hyphens, like warm-2.")
Choices = list[tuple[str, str]]


def languages() -> Choices:
    return [(code, str(name)) for code, name in settings.LANGUAGES]


def countries() -> Choices:
    """Every country by its name in the desk's language."""
    return sorted(names(get_language() or "en").items(), key=lambda one: one[1])


def places() -> Choices:
    """Sections, topics and authors of every language, by their site paths."""
    return [(place.path, f"{place.title} ({place.path})") for place in articles.places()]


class SpanBlock(blocks.StructBlock):
    """From `least` to `most`; an empty one is no bound."""

    least = blocks.IntegerBlock(required=False, min_value=0, label="At least")
    most = blocks.IntegerBlock(required=False, min_value=0, label="At most")

    def clean(self, value: StructValue) -> StructValue:
        cleaned = super().clean(value)
        least, most = cleaned["least"], cleaned["most"]
        if least is None and most is None:
            raise StructBlockValidationError({"least": ValidationError("Write at least one of the two.")})
        if least is not None and most is not None and least > most:
            raise StructBlockValidationError({"most": ValidationError("This is less than the least.")})
        return cleaned


class ReadsBlock(SpanBlock):
    days = blocks.IntegerBlock(min_value=1, max_value=90, default=30, label="In so many days")
    topic = blocks.ChoiceBlock(choices=places, required=False, help_text="Only articles about this; empty is all.")


class HoursBlock(blocks.StructBlock):
    least = blocks.IntegerBlock(min_value=0, max_value=23, label="From hour")
    most = blocks.IntegerBlock(min_value=0, max_value=23, label="To the end of hour")


class AudienceBlock(blocks.StreamBlock):
    """Conditions of which all must hold. Without any, everybody is asked who is not to be left in peace."""

    languages = blocks.MultipleChoiceBlock(choices=languages, label="Pages in these languages")
    pages = blocks.MultipleChoiceBlock(
        choices=[("front", "Front pages"), ("article", "Articles"), ("other", "Lists and other pages")],
        label="Kinds of pages",
    )
    about = blocks.MultipleChoiceBlock(choices=places, label="Section, topic or author is one of")
    not_about = blocks.MultipleChoiceBlock(choices=places, label="Section, topic or author is none of")
    age = SpanBlock(label="The article’s age in days")
    length = SpanBlock(label="The article’s length in words")
    country = blocks.MultipleChoiceBlock(choices=countries, label="The reader’s device is in")
    elsewhere = blocks.MultipleChoiceBlock(choices=countries, label="The reader’s device is not in")
    reads = ReadsBlock(label="Articles read on this device")
    visit = blocks.ChoiceBlock(choices=[("first", "The first day"), ("back", "A later day")], label="Day of reading")
    weeks = SpanBlock(label="Weeks since the first visit")
    supporter = blocks.MultipleChoiceBlock(
        choices=[
            ("new", "Never gave"),
            ("once", "Gave once, some time ago"),
            ("lapsed", "Gave regularly, and stopped"),
        ],
        label="As far as the device knows, the reader",
    )
    device = blocks.ChoiceBlock(choices=[("phone", "A narrow screen"), ("desk", "A wide screen")], label="Device")
    privacy = blocks.ChoiceBlock(
        choices=[("off", "Not with Global Privacy Control on")], default="off", label="Privacy signal"
    )
    hours = HoursBlock(label="Hours of the reader’s day")

    class Meta:
        required = False
        block_counts = {
            name: {"max_num": 1} for name in ("age", "length", "visit", "weeks", "device", "privacy", "hours")
        }


class TextBlock(blocks.StructBlock):
    language = blocks.ChoiceBlock(choices=languages)
    heading = blocks.CharBlock(required=False, max_length=120)
    text = blocks.TextBlock(
        required=False,
        max_length=1200,
        help_text="An empty line begins a paragraph; **so** is strong, *so* is emphasised. Placeholders: {{ gap }}, "
        "{{ cost }}, {{ date }}, {{ country }}, {{ articles_read }}, {{ months_reading }}.",
    )
    button = blocks.CharBlock(max_length=40, default="Support us")

    class Meta:
        label = "Text"
        label_format = "{language}"

    def clean(self, value: StructValue) -> StructValue:
        cleaned = super().clean(value)
        if strange := wordings.unknown(text(cleaned)):
            said = f"There is no {{{{ {strange[0]} }}}}; there are {', '.join(sorted(wordings.KNOWN))}."
            raise StructBlockValidationError({"text": ValidationError(said)})
        return cleaned


class WordingBlock(blocks.StructBlock):
    name = blocks.CharBlock(max_length=12, validators=[is_name], help_text="For the results, like warm.")
    share = blocks.IntegerBlock(min_value=0, max_value=100, default=1, help_text="Of the readers, beside the others’.")
    texts = blocks.ListBlock(TextBlock(), min_num=1)
    amounts = blocks.CharBlock(
        required=False, max_length=40, help_text="Like 2, 5, 10 in the newsroom’s currency; empty: the usual ones."
    )
    cadence = blocks.ChoiceBlock(
        choices=[("monthly", "Monthly"), ("once", "Once"), ("annual", "Annual")], default="monthly"
    )
    ticker = blocks.BooleanBlock(required=False, default=True, label="With the month’s figure")
    remind = blocks.BooleanBlock(required=False, default=True, label="With “Remind me later”")

    class Meta:
        label = "Wording"
        label_format = "{name}"

    def clean(self, value: StructValue) -> StructValue:
        cleaned = super().clean(value)
        spoken = [one["language"] for one in cleaned["texts"]]
        if len(spoken) != len(set(spoken)):
            raise StructBlockValidationError({"texts": ValidationError("One text for each language.")})
        try:
            amounts(cleaned["amounts"])
        except ValueError as error:
            raise StructBlockValidationError({"amounts": ValidationError(str(error))}) from None
        return cleaned


class WordingsBlock(blocks.StreamBlock):
    wording = WordingBlock()

    class Meta:
        max_num = MOST_WORDINGS

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        names = [child.value["name"] for child in cleaned]
        if len(names) != len(set(names)) or "none" in names:
            said = "Each wording needs a name of its own, and “none” is the group that is shown nothing."
            raise StreamBlockValidationError(non_block_errors=[said])
        if not any(child.value["share"] for child in cleaned):
            raise StreamBlockValidationError(non_block_errors=["Give at least one wording a share of the readers."])
        return cleaned


def amounts(said: str) -> tuple[Money, ...]:
    """ "2, 5, 10" in the newsroom's currency. Raises ValueError with words for whoever wrote it."""
    currency = settings.NEWSROOM.giving.currency
    return tuple(parse_amount(one.strip(), currency) for one in said.split(",") if one.strip())


def text(value: StructValue) -> wordings.Text:
    """A text as the rules know it."""
    return wordings.Text(
        language=value["language"],
        heading=escape(value["heading"] or ""),
        html=wordings.marked(value["text"] or ""),
        button=escape(value["button"]),
    )

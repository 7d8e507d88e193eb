"""What an article's body is made of, in a journalist's words."""

import json

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from wagtail import blocks
from wagtail.blocks import StreamBlockValidationError, StreamValue
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.images.blocks import ImageChooserBlock

from tamizdat.articles.rules import notes
from tamizdat.articles.rules.paths import safe_link

FEATURES = ["bold", "italic", "link"]
LONGEST_TEXT, LONGEST_BODY, MOST_BLOCKS, MOST_PICTURES = 50_000, 300_000, 1_000, 12


class ProseBlock(blocks.RichTextBlock):
    """Text with its emphasis and its links, of a length that an editor can still read and a press can set."""

    def __init__(self, **options: object) -> None:
        said = (
            f"This text has %(show_value)s letters, more than the {LONGEST_TEXT:,} that one block holds. "
            "Split it into paragraphs of their own, or cut what was pasted by mistake."
        )
        options.setdefault("features", FEATURES)
        super().__init__(**options, validators=[MaxLengthValidator(LONGEST_TEXT, said)])


class PictureBlock(blocks.StructBlock):
    picture = ImageChooserBlock()
    alt = blocks.CharBlock(label="What the picture shows", max_length=300, help_text="For readers who cannot see it.")
    credit = blocks.CharBlock(required=False, max_length=120, help_text="Who made it.")
    caption = blocks.CharBlock(required=False, max_length=300)

    class Meta:
        icon = "image"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(max_length=5_000, help_text="Without quotation marks; the paper sets them.")
    who = blocks.CharBlock(required=False, max_length=160, help_text="Who said it, and as what.")

    class Meta:
        icon = "openquote"


class ListBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(choices=[("bullet", "With bullets"), ("numbered", "Numbered")], default="bullet")
    items = blocks.ListBlock(ProseBlock())

    class Meta:
        icon = "list-ul"


class AddressBlock(blocks.CharBlock):
    """An address on the web, or one in the paper that begins with a slash."""

    def clean(self, value: str) -> str:
        cleaned = super().clean(value)
        if cleaned and not safe_link(cleaned, paper=""):
            raise ValidationError("Write an address like https://example.org/ or, in this paper, /news/storm/.")
        return cleaned


class CardBlock(blocks.StructBlock):
    address = AddressBlock(max_length=500)
    title = blocks.CharBlock(max_length=160)
    text = blocks.CharBlock(required=False, max_length=300)

    class Meta:
        icon = "link"
        label = "Link card"


class FactBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=120)
    paragraphs = ProseBlock()

    class Meta:
        icon = "info-circle"
        label = "Fact box"


class BodyBlock(blocks.StreamBlock):
    paragraph = ProseBlock(icon="pilcrow", help_text="A footnote is marked like this: [1].")
    heading = blocks.CharBlock(icon="title", max_length=160)
    picture = PictureBlock()
    gallery = blocks.ListBlock(
        PictureBlock(), icon="image", min_num=2, max_num=MOST_PICTURES, help_text="Pictures that belong side by side."
    )
    quote = QuoteBlock()
    pull = blocks.CharBlock(
        icon="openquote", label="Pull quote", max_length=200, help_text="A sentence of the article again, set large."
    )
    list = ListBlock()
    table = TableBlock(icon="table")
    card = CardBlock()
    fact = FactBlock()
    notes = blocks.ListBlock(
        ProseBlock(),
        icon="list-ol",
        label="Footnotes",
        help_text="The first is marked [1] in the text, the second [2]. They stand at the article's end.",
    )

    class Meta:
        block_counts = {"notes": {"max_num": 1}}
        max_num = MOST_BLOCKS

    def clean(self, value: StreamValue) -> StreamValue:
        """Refuses what is too long, and footnotes that nothing leads to; a draft may have those for a while."""
        cleaned = super().clean(value)
        refusals = [] if self.is_deferred_validation else notes.refusals(_marks(cleaned), _count(cleaned))
        length = len(json.dumps(self.get_prep_value(cleaned), ensure_ascii=False))
        if length > LONGEST_BODY:
            refusals.append(
                f"The body has {length:,} letters with its links and tables, more than the {LONGEST_BODY:,} that a "
                "page holds. Make two articles of it, or cut what was pasted by mistake."
            )
        if refusals:
            raise StreamBlockValidationError(non_block_errors=refusals)
        return cleaned


def _marks(stream: StreamValue) -> frozenset[int]:
    """Footnotes named by paragraphs, lists and fact boxes."""
    texts = []
    for child in stream:
        match child.block_type:
            case "paragraph":
                texts.append(child.value)
            case "list":
                texts += child.value["items"]
            case "fact":
                texts.append(child.value["paragraphs"])
    return frozenset().union(*(notes.marks(text.source) for text in texts))


def _count(stream: StreamValue) -> int:
    return sum(len(child.value) for child in stream if child.block_type == "notes")

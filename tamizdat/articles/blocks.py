"""What an article's body is made of, in a journalist's words."""

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.images.blocks import ImageChooserBlock

from tamizdat.articles.rules.paths import safe_link

FEATURES = ["bold", "italic", "link"]


class PictureBlock(blocks.StructBlock):
    picture = ImageChooserBlock()
    alt = blocks.CharBlock(label="What the picture shows", max_length=300, help_text="For readers who cannot see it.")
    credit = blocks.CharBlock(required=False, max_length=120, help_text="Who made it.")
    caption = blocks.CharBlock(required=False, max_length=300)

    class Meta:
        icon = "image"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(help_text="Without quotation marks; the paper sets them.")
    who = blocks.CharBlock(required=False, max_length=160, help_text="Who said it, and as what.")

    class Meta:
        icon = "openquote"


class ListBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(choices=[("bullet", "With bullets"), ("numbered", "Numbered")], default="bullet")
    items = blocks.ListBlock(blocks.RichTextBlock(features=FEATURES))

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
    paragraphs = blocks.RichTextBlock(features=FEATURES)

    class Meta:
        icon = "info-circle"
        label = "Fact box"


class BodyBlock(blocks.StreamBlock):
    paragraph = blocks.RichTextBlock(features=FEATURES, icon="pilcrow")
    heading = blocks.CharBlock(icon="title", max_length=160)
    picture = PictureBlock()
    quote = QuoteBlock()
    list = ListBlock()
    table = TableBlock(icon="table")
    card = CardBlock()
    fact = FactBlock()

"""The form of a picture: what cannot be printed is refused when it is uploaded, with the remedy."""

from __future__ import annotations

import struct
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from PIL import Image
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

MOST_MEGAPIXELS = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 1_000_000
DAMAGED = (
    "This file is damaged, or it is no picture. Open it in a picture program, save it again as JPEG or PNG, "
    "and upload that."
)
TOO_MANY = (
    f"This picture has too many pixels: the desk takes {MOST_MEGAPIXELS} million, like 8,000 by 6,000. "
    "Make it smaller in a picture program, to 4,000 wide for example, and upload that."
)
REFUSALS = {
    "invalid_image": DAMAGED,
    "file_too_large": (
        "This file is too large (%(file_size)s): the desk takes %(max_filesize)s. Save it as a JPEG, or make the "
        "picture smaller in a picture program, and upload that."
    ),
    "invalid_image_known_format": (
        "The name of this file ends in .%(extension)s, but what it holds is %(image_format)s. Save it again as JPEG "
        "or PNG in a picture program, and upload that."
    ),
}


class PictureField(WagtailImageField):
    """Counts the pixels before any is opened, and looks at the picture to its end: Wagtail does neither."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.error_messages |= REFUSALS

    def check_image_pixel_size(self, f: File[bytes]) -> None:
        f.seek(0)
        try:
            with Image.open(f) as picture:
                self._require_few_pixels(picture)
                picture.draft(None, (1, 1))  # a JPEG is read in an eighth of its size, which takes little memory
                picture.load()
        except Image.DecompressionBombError:
            raise ValidationError(TOO_MANY, code="file_too_many_pixels") from None
        except (ArithmeticError, EOFError, LookupError, OSError, SyntaxError, ValueError, struct.error):
            raise ValidationError(DAMAGED, code="invalid_image") from None  # whatever a decoder trips over
        finally:
            f.seek(0)

    def _require_few_pixels(self, picture: Image.Image) -> None:
        if picture.width * picture.height * getattr(picture, "n_frames", 1) > self.max_image_pixels:
            raise ValidationError(TOO_MANY, code="file_too_many_pixels")


class PictureForm(BaseImageForm):
    """Wagtail's form with our field for the file."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = self.fields.get("file")
        if given:
            self.fields["file"] = PictureField(label=given.label, widget=given.widget, required=given.required)

"""The form of a picture: what cannot be printed is refused when it is uploaded, with the remedy."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from PIL import Image
from wagtail.images.forms import BaseImageForm

MOST_MEGAPIXELS = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 1_000_000
DAMAGED = (
    "This file is damaged, or it is no picture. Open it in a picture program, save it again as JPEG or PNG, "
    "and upload that."
)
REFUSALS = {
    "invalid_image": DAMAGED,
    "file_too_many_pixels": (
        f"This picture has too many pixels: the desk takes {MOST_MEGAPIXELS} million, like 8,000 by 6,000. "
        "Make it smaller in a picture program, to 4,000 wide for example, and upload that."
    ),
    "file_too_large": (
        "This file is too large (%(file_size)s): the desk takes %(max_filesize)s. Save it as a JPEG, or make the "
        "picture smaller in a picture program, and upload that."
    ),
    "invalid_image_known_format": (
        "The name of this file ends in .%(extension)s, but what it holds is %(image_format)s. Save it again as JPEG "
        "or PNG in a picture program, and upload that."
    ),
}


class PictureForm(BaseImageForm):
    """Wagtail's form with our words; it also looks at the whole picture, where Wagtail reads only the beginning."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"].error_messages |= REFUSALS

    def clean_file(self) -> File[bytes]:
        file: File[bytes] = self.cleaned_data["file"]
        if "file" in self.changed_data and not _is_whole(file):
            raise ValidationError(DAMAGED, code="invalid_image")
        return file


def _is_whole(file: File[bytes]) -> bool:
    """Whether the picture can be read to its end."""
    file.seek(0)
    try:
        with Image.open(file) as picture:
            picture.draft(None, (1, 1))  # a JPEG is read in an eighth of its size, which takes little memory
            picture.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return False
    finally:
        file.seek(0)
    return True

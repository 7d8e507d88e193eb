"""Pictures as the paper shows them: WebP in two widths and one JPEG, named by their content."""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from wagtail.images.models import AbstractImage, AbstractRendition

from tamizdat.articles.models import Plate
from tamizdat.articles.rules.sheets import Picture

WHOLE = ("max-800x1200", "max-1600x2400")  # never larger than the original
STRIP = ("fill-800x450", "fill-1600x900")  # sixteen to nine about the focal point
SMALL = ("max-800x1200", "")  # side by side: never shown wider
FOLDER = "plates"  # in the media folder
# Bare: a camera writes down where it stood, and readers must not learn it.
WEBP = "|bare|format-webp|webpquality-75"
JPEG = "|bare|bgcolor-ffffff|format-jpeg|jpegquality-80"
Specs = tuple[str, str]


@dataclass
class Plates:
    """What has been made of a page's pictures: site path to file in the media folder.

    In a preview pictures stand inside the page itself: they have not been baked.
    """

    is_preview: bool = False
    files: dict[str, str] = field(default_factory=dict)

    def picture(self, image: AbstractImage, specs: Specs, words: Mapping[str, str]) -> dict[str, Any]:
        """The values of a `Picture` as they are kept; the wide one only when the original is as wide."""
        small, large = specs
        shown = image.get_rendition(small + WEBP)
        is_wide = large and not self.is_preview and image.width >= 1600 and (specs is not STRIP or image.height >= 900)
        return {
            "path": self._keep(shown, "webp"),
            "width": shown.width,
            "height": shown.height,
            "large": self._keep(image.get_rendition(large + WEBP), "webp") if is_wide else "",
            "jpeg": "" if self.is_preview else self._keep(image.get_rendition(small + JPEG), "jpg"),
            **words,
        }

    def _keep(self, rendition: AbstractRendition, suffix: str) -> str:
        with rendition.file.open("rb") as file:
            content = file.read()
        if self.is_preview:
            return f"data:image/webp;base64,{base64.b64encode(content).decode()}"
        name = f"{hashlib.sha256(content).hexdigest()[:20]}.{suffix}"
        self.files[f"/pictures/{name}"] = _stored(name, content)
        return f"/pictures/{name}"


def _stored(name: str, content: bytes) -> str:
    """Keep a copy of our own: Wagtail deletes its renditions when somebody crops the picture anew."""
    file = settings.MEDIA_ROOT / FOLDER / name
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        aside = file.with_name(f"{name}.{os.getpid()}~")
        aside.write_bytes(content)
        aside.replace(file)
    return f"{FOLDER}/{name}"


def shown(kept: Mapping[str, Any] | None) -> Picture | None:
    """A kept picture as sheets show it."""
    return Picture(**kept) if kept else None


def put(page: int, files: Mapping[str, str]) -> frozenset[str]:
    """Keep exactly these pictures of a page; answers the site paths of those that have come or gone."""
    kept = dict(Plate.objects.filter(page=page).values_list("path", "file"))
    if kept == files:
        return frozenset()
    Plate.objects.filter(page=page).delete()
    Plate.objects.bulk_create([Plate(page_id=page, path=path, file=file) for path, file in files.items()])
    return frozenset(kept.keys() ^ files.keys())

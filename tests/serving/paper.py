"""A small paper with a page of every kind: three languages, a picture, an address that moved, and one that left."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.newsrooms import Newsroom, founded, status, wait_until

ONION = "http://gazetteonion.onion"
CONTENT = """
import io
from django.core.files.images import ImageFile
from PIL import Image as Drawing
from wagtail.contrib.redirects.models import Redirect
from wagtail.images.models import Image
from tamizdat.articles import actions
from tamizdat.articles.models import ArticlePage, SectionPage

actions.lay_paper(languages=["en", "ru", "ar"])
drawing = io.BytesIO()
Drawing.effect_noise((900, 600), 60).save(drawing, "JPEG")
picture = Image.objects.create(title="The harbour", file=ImageFile(drawing, name="harbour.jpg"))

def publish(language, slug, title, **more):
    section = SectionPage.objects.filter(locale__language_code=language).first()
    text = [("paragraph", f"<p>{title}. " + f"Line {n} of {title}. " * 9 + "</p>") for n in range(40)]
    page = section.add_child(instance=ArticlePage(slug=slug, title=title, body=text, live=False, **more))
    page.save_revision().publish()
    return page

moved = publish("en", "storm", "A storm", picture=picture, picture_alt="The harbour in the storm")
publish("ru", "шторм", "Шторм")
publish("ar", "asifa", "عاصفة")
moved.slug = "gale"
moved.save_revision().publish()
Redirect.objects.create(old_path="/away.txt", redirect_link="https://elsewhere.example/x/")
print(moved.site_path)
"""


@contextmanager
def served(folder: Path) -> Iterator[Newsroom]:
    """The paper as it stands behind a proxy: live, at an https address, with an onion service."""
    with founded(folder, kind="live") as gazette:
        toml = gazette.home / "newsroom.toml"
        said = toml.read_text("utf-8").replace('languages = ["en"]', 'languages = ["en", "ru", "ar"]')
        said = said.replace('# onion_address = "http://….onion"', f'onion_address = "{ONION}"')
        said = said.replace("# trusted_proxies", "trusted_proxies")
        toml.write_text(said, "utf-8")
        path = gazette.shell(CONTENT)
        with gazette.serving():
            wait_until(lambda: status(gazette.address + path) == 200, "the article", seconds=120)
            gazette.wait_until_idle()
            # Else a file's variants, and with them its tags, may change between one server's answer and the other's.
            gazette.shell("from tamizdat.bakery.actions import repack; repack()")
            left = "SELECT 1 FROM bakery_bakedfile WHERE can_shrink"
            wait_until(lambda: gazette.rows(left) == [], "every file to be as small as can be", seconds=120)
            yield gazette

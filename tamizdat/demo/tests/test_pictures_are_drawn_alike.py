"""A picture is drawn by its name alone, the same each time, and every picture that is named can be drawn."""

from PIL import Image

from tamizdat.demo.pictures.drawing import PICTURES, draw
from tamizdat.demo.reading import read


def test_the_same_name_gives_the_same_picture(tmp_path):
    first = draw("lighthouse", tmp_path).read_bytes()
    assert draw("lighthouse", tmp_path).read_bytes() == first
    with Image.open(tmp_path / "lighthouse.jpg") as picture:
        assert picture.size == (1600, 1067)


def test_every_picture_that_an_article_names_can_be_drawn():
    named = set()
    for article in read().articles:
        named.add(article.picture)
        named.update(value["picture"] for kind, value in article.body if kind == "picture")
    assert named - {""} == set(PICTURES)

from collections.abc import Callable

from django.test import RequestFactory
from wagtail.images.models import Image

from tamizdat.articles import queries
from tamizdat.articles.models import ArticlePage, Plate
from tamizdat.articles.tests.conftest import Paper


def test_a_draft_is_shown_with_its_picture_inside_and_nothing_is_kept(
    paper: Paper, picture: Callable[..., Image]
) -> None:
    page = paper.write("Storm")
    page.title, page.picture, page.picture_alt = "Draft", picture(), "Waves"
    page.body = [("picture", {"picture": picture(), "alt": "Foam", "credit": "", "caption": ""})]
    sheet = queries.preview_sheet(page)
    assert sheet.page.headline == "Draft"
    assert sheet.page.picture.path.startswith("data:image/webp;base64,")
    assert 'src="data:image/webp;base64,' in sheet.page.body
    assert not Plate.objects.exists()


def test_a_page_that_was_never_published_is_shown(paper: Paper) -> None:
    page = ArticlePage(title="Draft", slug="draft", live=False, locale=paper.news.locale)
    paper.news.add_child(instance=page)
    assert queries.preview_sheet(page).path == "/news/draft/"


def test_every_kind_of_page_is_shown(paper: Paper) -> None:
    for page in (paper.front, paper.news, paper.ada, paper.people):
        assert queries.preview_sheet(page).path == page.site_path


def test_the_preview_is_the_page_as_it_will_be_baked(
    paper: Paper, training: None, picture: Callable[..., Image]
) -> None:
    page = paper.write("Storm", picture=picture(), picture_alt="Waves")
    page.title = "Draft"
    content = page.serve_preview(RequestFactory().get("/"), "").content.decode()
    assert "<h1>Draft</h1>" in content
    assert 'src="data:image/webp;base64,' in content
    assert "small favor to ask" in content

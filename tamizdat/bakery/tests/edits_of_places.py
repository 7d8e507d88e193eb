"""What an editor can do to the places where articles stand: front page, sections, authors, topics."""

from __future__ import annotations

from wagtail.models import Page

from tamizdat.articles.models import ArticlePage, AuthorPage, AuthorsPage, Chosen, FrontPage, SectionPage, Topic
from tamizdat.bakery.tests.desk import LANGUAGES, Desk


def front_arranged(desk: Desk) -> None:
    front = desk.some(FrontPage)
    desk.change(front, chosen=[Chosen(article=one) for one in desk.few(ArticlePage.objects.all(), 4)])


def section_named(desk: Desk) -> None:
    desk.change(desk.some(SectionPage), title=desk.name("Section")[0])


def section_introduced(desk: Desk) -> None:
    desk.change(desk.some(SectionPage), intro=f"<p>{desk.words(15)}</p>")


def section_moved(desk: Desk) -> None:
    desk.change(desk.some(SectionPage), slug=desk.name("Section")[1])


def section_ordered(desk: Desk) -> None:
    page = desk.some(SectionPage)
    page.move(page.get_parent(), pos=desk.chance.choice(["first-child", "last-child"]))


def section_made(desk: Desk) -> None:
    desk.section(under=desk.some(FrontPage))


def section_gone(desk: Desk) -> None:
    """Out of the paper with all its articles, or alone, for an hour or for good."""
    page = desk.some(SectionPage)
    match desk.chance.randrange(3):
        case 0:
            page.unpublish()
        case 1:
            for one in [*page.get_descendants().live().specific(), page]:
                one.unpublish()
        case 2:
            Page.objects.get(pk=page.pk).delete()


def section_back(desk: Desk) -> None:
    desk.change(desk.one_of(SectionPage.objects.not_live()))


def author_named(desk: Desk) -> None:
    desk.change(desk.some(AuthorPage), title=desk.name("Author")[0])


def author_described(desk: Desk) -> None:
    image = desk.chance.choice([None, *desk.pictures])
    desk.change(desk.some(AuthorPage), bio=f"<p>{desk.words(15)}</p>", picture=image)


def author_moved(desk: Desk) -> None:
    desk.change(desk.some(AuthorPage), slug=desk.name("Author")[1])


def author_made(desk: Desk) -> None:
    desk.author(under=desk.some(AuthorsPage))


def author_gone(desk: Desk) -> None:
    page = desk.some(AuthorPage)
    page.unpublish() if desk.chance.random() < 0.5 else Page.objects.get(pk=page.pk).delete()


def author_back(desk: Desk) -> None:
    desk.change(desk.one_of(AuthorPage.objects.not_live()))


def topic_made(desk: Desk) -> None:
    desk.topic(desk.chance.choice(LANGUAGES))


def topic_named(desk: Desk) -> None:
    desk.save(desk.one_of(Topic.objects), name=desk.name("Topic")[0])


def topic_introduced(desk: Desk) -> None:
    desk.save(desk.one_of(Topic.objects), intro=f"<p>{desk.words(15)}</p>")


def topic_moved(desk: Desk) -> None:
    desk.save(desk.one_of(Topic.objects), slug=desk.name("Topic")[1])


def topic_gone(desk: Desk) -> None:
    desk.one_of(Topic.objects).delete()

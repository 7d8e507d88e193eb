"""What editors write (pages, topics) and what is printed of it."""

from tamizdat.articles.models.article import ArticlePage, Byline, Correction
from tamizdat.articles.models.places import AuthorPage, AuthorsPage, Chosen, FrontPage, PlainPage, SectionPage
from tamizdat.articles.models.printed import Galley, Keyword, Mention, Plate, ReadMore, Shelf, Shelving, Telling
from tamizdat.articles.models.topic import Topic

__all__ = [
    "ArticlePage",
    "AuthorPage",
    "AuthorsPage",
    "Byline",
    "Chosen",
    "Correction",
    "FrontPage",
    "Galley",
    "Keyword",
    "Mention",
    "PlainPage",
    "Plate",
    "ReadMore",
    "SectionPage",
    "Shelf",
    "Shelving",
    "Telling",
    "Topic",
]

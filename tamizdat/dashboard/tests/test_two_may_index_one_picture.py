"""A picture's entry may be made by the request that brought it and by the worker at once."""

import pytest
from django.db import IntegrityError, connection
from wagtail.images.models import Image
from wagtail.search.backends import get_search_backend

from tamizdat.articles.tests.conftest import draw
from tamizdat.dashboard.search import Yielding


@pytest.mark.django_db
def test_whoever_comes_second_finds_the_others_entry():
    picture = draw()
    index = get_search_backend().get_index_for_object(picture)
    assert isinstance(index, Yielding)
    seen = []

    def hides_it_once(execute, sql, *more):
        """The other one's entry is made just after this one has looked for it."""
        if sql.startswith("SELECT") and "indexentry" in sql and not seen:
            seen.append(sql)
            return execute(sql.replace(" WHERE ", " WHERE 1 = 0 AND "), *more)
        return execute(sql, *more)

    index.add_item(picture)
    with connection.execute_wrapper(hides_it_once):
        index.add_item(picture)
    assert seen
    assert list(get_search_backend().search(picture.title, Image)) == [picture]
    with connection.execute_wrapper(hides_it_once), pytest.raises(IntegrityError):
        seen.clear()
        super(Yielding, index).add_items(Image, [picture])

import re

import pytest
from django.test import RequestFactory
from django.urls import reverse
from wagtail.admin.menu import admin_menu, reports_menu


def labels(menu, client):
    request = RequestFactory().get("/desk/")
    request.user = client.get("/desk/").context["user"]
    return [str(item.label) for item in menu.menu_items_for_request(request)]


def test_an_editor_finds_topics_at_once_and_no_snippets(editor):
    found = labels(admin_menu, editor)
    assert {"The paper", "Pictures", "Topics"} <= set(found)
    assert not {"Pages", "Images", "Snippets", "Documents"} & set(found)


def test_a_journalist_finds_what_a_journalist_may_do(journalist):
    found = labels(admin_menu, journalist)
    assert {"The paper", "Pictures"} <= set(found)
    assert "Topics" not in found and "Money" not in found


def test_reports_are_the_few_that_a_newsroom_reads(editor):
    assert labels(reports_menu, editor) == ["Locked", "Submitted", "Read by an editor", "Who did what"]


def test_the_first_screen_counts_no_documents(editor):
    assert "Document" not in re.sub(r"(?s)<script.*?</script>", "", editor.get("/desk/").content.decode())


@pytest.mark.parametrize("name", ["wagtailsnippets_articles_topic:list", "wagtailimages:index"])
def test_an_empty_screen_says_what_to_do_next(editor, name):
    assert "Why not" in editor.get(reverse(name)).content.decode()

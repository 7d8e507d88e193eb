"""Every address of the desk that changes what readers see: an editor's press counts, a journalist's does not."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision, TaskState

from tamizdat.articles.models import ArticlePage, SectionPage, Topic
from tamizdat.articles.tests.conftest import Paper
from tamizdat.dashboard import roles
from tamizdat.dashboard.tests.writing import article_form, form_of
from tamizdat.letters.models import TrainingLetter


class Newsroom:
    """A paper with a live article, a journalist's draft, a submitted draft and a scheduled one."""

    def __init__(self):
        self.paper = Paper()
        self.author = User.objects.create_user("author")
        self.live = self.paper.write("Storm")
        self.draft, self.submitted, self.scheduled = (self.write(title) for title in ("Calm", "Fog", "Frost"))
        self.submitted.get_workflow().start(self.submitted, self.author)
        self.scheduled.go_live_at = timezone.now() + timedelta(days=1)
        self.scheduled.save_revision().publish()

    def write(self, title):
        page = ArticlePage(title=title, slug=title.lower(), live=False, locale=self.paper.news.locale)
        self.paper.news.add_child(instance=page)
        page.save_revision()
        return page

    @property
    def waiting(self):
        return TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)


@pytest.fixture
def newsroom(desk):
    return Newsroom()


def standing():
    """All that readers see, now or at a set time."""
    return (
        list(Page.objects.live().order_by("pk").values_list("pk", "title", "path", "url_path", "live_revision")),
        list(Revision.objects.exclude(approved_go_live_at=None).order_by("pk").values_list("pk", flat=True)),
        list(Topic.objects.order_by("pk").values_list("pk", "name", "slug")),
    )


def pages(name, *arguments):
    return reverse(f"wagtailadmin_pages:{name}", args=arguments)


def bulk(action, *found):
    chosen = "&".join(f"id={page.pk}" for page in found)
    return f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', action])}?{chosen}"


PUBLISH = {"action-publish": "action-publish"}
TOMORROW = {"go_live_at": "2036-01-01 10:00"}
ATTEMPTS = {
    "publish a new article": lambda n: (
        pages("add", "articles", "articlepage", n.paper.news.pk),
        article_form("Hail", **PUBLISH),
    ),
    "publish a draft": lambda n: (pages("edit", n.draft.pk), form_of(n.draft, **PUBLISH)),
    "publish a change": lambda n: (pages("edit", n.live.pk), form_of(n.live, **PUBLISH)),
    "schedule a draft": lambda n: (pages("edit", n.draft.pk), form_of(n.draft, **PUBLISH, **TOMORROW)),
    "unschedule": lambda n: (
        pages("revisions_unschedule", n.scheduled.pk, n.scheduled.scheduled_revision.pk),
        {},
    ),
    "unpublish": lambda n: (pages("unpublish", n.live.pk), {}),
    "delete": lambda n: (pages("delete", n.live.pk), {}),
    "delete a section": lambda n: (pages("delete", n.paper.culture.pk), {}),
    "move": lambda n: (pages("move_confirm", n.live.pk, n.paper.culture.pk), {}),
    "reorder the masthead": lambda n: (f"{pages('set_page_position', n.paper.culture.pk)}?position=0", {}),
    "copy as published": lambda n: (
        pages("copy", n.live.pk),
        {
            "new_title": "Copy",
            "new_slug": "copy",
            "new_parent_page": n.paper.news.pk,
            "publish_copies": "on",
            "copy_subpages": "on",
        },
    ),
    "copy as an alias": lambda n: (
        pages("copy", n.live.pk),
        {"new_title": "Copy", "new_slug": "copy", "new_parent_page": n.paper.news.pk, "alias": "on"},
    ),
    "approve": lambda n: (pages("workflow_action", n.submitted.pk, "approve", n.waiting.pk), {}),
    "approve from the form": lambda n: (
        pages("edit", n.submitted.pk),
        form_of(
            n.submitted,
            **{"action-workflow-action": "true", "workflow-action-name": "approve", "workflow-action-extra-data": "{}"},
        ),
    ),
    "publish many": lambda n: (bulk("publish", n.draft), {}),
    "unpublish many": lambda n: (bulk("unpublish", n.live), {}),
    "delete many": lambda n: (bulk("delete", n.live), {}),
    "move many": lambda n: (bulk("move", n.live), {"chooser": n.paper.culture.pk}),
    "add a topic": lambda n: (
        reverse("wagtailsnippets_articles_topic:add"),
        {"name": "Fog", "slug": "fog", "intro": "null"},
    ),
    "delete a topic": lambda n: (reverse("wagtailsnippets_articles_topic:delete", args=[n.paper.ice.pk]), {}),
    "translate a topic": lambda n: (
        reverse("simple_translation:submit_snippet_translation", args=["articles", "topic", n.paper.ice.pk]),
        {"locales": [n.paper.russian.locale.pk]},
    ),
}


@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS)
def test_what_a_journalist_presses_changes_nothing_that_is_read(newsroom, journalist, attempt):
    address, form = attempt(newsroom)
    before = standing()
    journalist.get(address)
    journalist.post(address, form)
    journalist.post(address.replace("/?", "?").rstrip("/"), form)
    assert standing() == before


@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS)
def test_the_same_pressed_by_an_editor_counts(newsroom, editor, attempt):
    address, form = attempt(newsroom)
    before = standing()
    answer = editor.post(address, form)
    assert standing() != before, answer.content.decode()[:3000]


def test_a_journalist_submits_and_an_editor_approves(newsroom, journalist, editor):
    address = pages("edit", newsroom.draft.pk)
    journalist.post(address, form_of(newsroom.draft, **{"action-submit": "action-submit"}))
    newsroom.draft.refresh_from_db()
    assert newsroom.draft.current_workflow_task.name == roles.TASK
    assert not newsroom.draft.live
    assert "Calm" in editor.get("/desk/").content.decode().partition("Awaiting your review")[2]
    task = newsroom.draft.current_workflow_task_state
    editor.post(pages("workflow_action", newsroom.draft.pk, "approve", task.pk), {})
    newsroom.draft.refresh_from_db()
    assert newsroom.draft.live


def test_an_editor_with_an_address_is_told_by_letter(newsroom, journalist, editor):
    User.objects.filter(groups__name=roles.EDITORS).update(email="ed@gazette.example")
    journalist.post(pages("edit", newsroom.draft.pk), form_of(newsroom.draft, **{"action-submit": "action-submit"}))
    assert "Calm" in TrainingLetter.objects.get(to="ed@gazette.example").subject


@pytest.mark.usefixtures("editor")
def test_a_mail_server_that_is_down_stops_no_submission(newsroom, journalist, monkeypatch, settings):
    monkeypatch.setattr("tamizdat.newsroom.queries.is_training", lambda: False)
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    User.objects.filter(groups__name=roles.EDITORS).update(email="ed@gazette.example")
    journalist.post(pages("edit", newsroom.draft.pk), form_of(newsroom.draft, **{"action-submit": "action-submit"}))
    newsroom.draft.refresh_from_db()
    assert newsroom.draft.current_workflow_task.name == roles.TASK


def test_what_waits_for_an_editor_is_not_changed_behind_their_back(newsroom, journalist):
    journalist.post(pages("edit", newsroom.submitted.pk), form_of(newsroom.submitted, kicker="Late"))
    assert newsroom.submitted.get_latest_revision_as_object().kicker == ""


def test_a_journalist_corrects_what_is_live_as_a_draft(newsroom, journalist):
    journalist.post(pages("edit", newsroom.live.pk), form_of(newsroom.live, kicker="Weather"))
    newsroom.live.refresh_from_db()
    assert newsroom.live.kicker == ""
    assert newsroom.live.get_latest_revision_as_object().kicker == "Weather"


@pytest.mark.parametrize("who", ["journalist", "editor"])
def test_an_article_is_translated_from_the_desk(request, newsroom, who):
    client = request.getfixturevalue(who)
    paper = newsroom.paper
    address = reverse("simple_translation:submit_page_translation", args=[newsroom.live.pk])
    assert address in client.get(pages("edit", newsroom.live.pk)).content.decode()
    answer = client.post(address, {"locales": [paper.russian.locale.pk]}, follow=True)
    translation = ArticlePage.objects.get(locale=paper.russian.locale)
    assert answer.request["PATH_INFO"] == pages("edit", translation.pk)
    assert answer.status_code == 200
    assert not translation.live
    assert translation.get_parent().specific == SectionPage.objects.child_of(paper.russian).get()
    assert translation.translation_key == newsroom.live.translation_key

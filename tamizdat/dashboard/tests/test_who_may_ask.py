"""Who may draft, publish, stop and put away an ask: by any address, whatever is sent to it."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from tamizdat.asks.models import Ask, Silence
from tamizdat.asks.tests.published import wording
from tamizdat.dashboard.roles import FUNDRAISERS
from tamizdat.dashboard.tests.conftest import somebody


@pytest.fixture
def fundraiser(desk):
    return somebody(FUNDRAISERS)


@pytest.fixture
def ask(desk):
    drafted = Ask(name="Winter", key="winter", placement="appeal", wordings=[wording("warm")], live=False)
    drafted.save()
    drafted.save_revision().publish()
    drafted.refresh_from_db()
    return drafted


def form(**changed):
    """What the ask's form sends; see the panels of the model."""
    said = {
        "name": "Spring",
        "key": "spring",
        "placement": "notice",
        "priority": "50",
        "audience": streamfield([]),
        "most_showings": "",
        "close_days": "",
        "paragraph": "6",
        "wordings": streamfield([("wording", the_wording())]),
        "hold_out": "0",
        "go_live_at": "",
        "expire_at": "",
        **changed,
    }
    return nested_form_data(said)


def the_wording():
    return {
        "name": "warm",
        "share": "1",
        "texts": {
            "count": "1",
            "0": {
                "value": {"language": "en", "heading": "Spring", "text": "Please.", "button": "Give"},
                "order": "0",
                "deleted": "",
                "id": "",
            },
        },
        "amounts": "",
        "cadence": "monthly",
        "ticker": "on",
        "remind": "on",
    }


def test_a_fundraiser_drafts_and_an_editor_publishes(fundraiser, editor):
    answer = fundraiser.post(reverse("asks:add"), form())
    assert answer.status_code == 302, answer.context["form"].errors
    drafted = Ask.objects.get(key="spring")
    assert not drafted.live
    answer = editor.post(reverse("asks:edit", args=[drafted.pk]), form(**{"action-publish": "1"}))
    assert answer.status_code == 302, answer.context["form"].errors
    drafted.refresh_from_db()
    assert drafted.live
    assert drafted.sources.get().source == "notice/spring.warm"


def test_a_fundraiser_publishes_nothing_by_any_address(fundraiser, ask):
    before = Ask.objects.filter(pk=ask.pk).values().get()
    fundraiser.post(reverse("asks:add"), form(**{"action-publish": "1"}))
    assert not Ask.objects.filter(key="spring", live=True).exists()
    draft = Ask.objects.filter(key="spring").first()
    if draft:
        fundraiser.post(reverse("asks:edit", args=[draft.pk]), form(name="Spring 2", **{"action-publish": "1"}))
        draft.refresh_from_db()
        assert not draft.live
    later = form(**{"go_live_at": "2020-01-01 00:00", "expire_at": "2020-01-02 00:00", "action-publish": "1"})
    fundraiser.post(reverse("asks:edit", args=[ask.pk]), later)
    for name in ("unpublish", "delete", "revisions_unschedule"):
        arguments = [ask.pk] + ([ask.latest_revision_id] if name == "revisions_unschedule" else [])
        fundraiser.post(reverse(f"asks:{name}", args=arguments))
    fundraiser.post(reverse("asks:copy", args=[ask.pk]), form(key="winter", **{"action-publish": "1"}))
    for name in ("archive_ask", "bring_ask_back"):
        fundraiser.post(reverse(f"desk:{name}", args=[ask.pk]))
    fundraiser.post(reverse("desk:be_silent"), {"placement": "", "first": "2026-11-27", "why": "no"})
    after = Ask.objects.filter(pk=ask.pk).values().get()
    same = {"live", "key", "wordings", "archived_at", "live_revision_id", "go_live_at", "expire_at", "expired"}
    assert {name: before[name] for name in same} == {name: after[name] for name in same}
    assert not Silence.objects.exists()


@pytest.mark.parametrize("who", ["journalist", "treasurer"])
def test_whoever_has_nothing_to_do_with_asks_sees_none(request, who, ask):
    client = request.getfixturevalue(who)
    for address in addresses(ask):
        assert client.get(address)["Location"] == "/desk/", address
        assert client.post(address)["Location"] == "/desk/", address


def test_a_stranger_is_asked_to_log_in(ask):
    for address in addresses(ask):
        assert Client().get(address)["Location"].startswith("/desk/login/"), address


def addresses(ask):
    own = [reverse(f"asks:{name}", args=[ask.pk]) for name in ("edit", "copy", "history", "unpublish", "delete")]
    ours = [reverse(f"desk:{name}", args=[ask.pk]) for name in ("archive_ask", "bring_ask_back", "ask_results")]
    return [reverse("asks:list"), reverse("asks:add"), reverse("desk:asks_calendar"), *own, *ours]


def test_what_was_live_is_never_deleted(admin_client, ask):
    assert "cannot be deleted" in admin_client.post(reverse("asks:delete", args=[ask.pk]), follow=True).content.decode()
    bulk = reverse("wagtail_bulk_action", args=["asks", "ask", "delete"]) + f"?id={ask.pk}"
    assert "cannot be deleted" in admin_client.post(bulk, follow=True).content.decode()
    assert Ask.objects.filter(pk=ask.pk).exists()


def test_what_is_archived_is_brought_back_before_it_is_changed(editor, ask):
    assert editor.post(reverse("desk:archive_ask", args=[ask.pk])).status_code == 302
    ask.refresh_from_db()
    assert (ask.live, bool(ask.archived_at)) == (False, True)
    said = form(name="Again", key="winter", **{"action-publish": "1"})
    answer = editor.post(reverse("asks:edit", args=[ask.pk]), said, follow=True)
    assert "Bring it back" in answer.content.decode()
    ask.refresh_from_db()
    assert not ask.live
    assert "Bring it back" in editor.get(reverse("desk:bring_ask_back", args=[ask.pk])).content.decode()
    editor.post(reverse("desk:bring_ask_back", args=[ask.pk]))
    ask.refresh_from_db()
    assert (ask.live, ask.archived_at) == (False, None)
    editor.post(reverse("asks:edit", args=[ask.pk]), said)
    ask.refresh_from_db()
    assert ask.live


def test_a_second_wording_of_the_same_name_is_refused_in_words(editor):
    twice = streamfield([("wording", the_wording()), ("wording", the_wording())])
    answer = editor.post(reverse("asks:add"), form(wordings=twice))
    assert "Each wording needs a name of its own" in answer.content.decode()


def test_a_short_name_that_was_live_stays(editor, ask):
    answer = editor.post(reverse("asks:edit", args=[ask.pk]), form(key="summer"))
    assert "This ask has been live as “winter”" in answer.content.decode()


def test_a_copy_needs_a_short_name_of_its_own(editor, ask):
    shown = editor.get(reverse("asks:copy", args=[ask.pk])).context["form"].instance
    assert (shown.key, shown.name.endswith("(copy)")) == ("", True)
    answer = editor.post(reverse("asks:copy", args=[ask.pk]), form(key="winter"))
    assert "already exists" in answer.content.decode()
    assert editor.post(reverse("asks:copy", args=[ask.pk]), form(key="winter-2")).status_code == 302
    assert not Ask.objects.get(key="winter-2").live

"""Who may draft, publish, stop and put away an ask: by any address, whatever is sent to it."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from wagtail.models import Revision
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


def every_address(ask):
    """Wagtail's own for asks, with arguments that are there."""
    for pattern in Ask.snippet_viewset.get_urlpatterns():
        for arguments in ([], [ask.pk], [ask.pk, ask.latest_revision_id], [ask.pk, "earliest", "latest"]):
            with suppress(NoReverseMatch):
                yield reverse(f"asks:{pattern.name}", args=arguments)
                break


def in_days(days):
    return f"{timezone.now() + timedelta(days=days):%Y-%m-%d %H:%M}"


def standing():
    kept = ("key", "name", "live", "live_revision", "go_live_at", "expire_at", "archived_at", "wordings")
    coming = Revision.objects.exclude(approved_go_live_at=None).values_list("pk", flat=True)
    return list(Ask.objects.filter(live=True).values(*kept)), list(coming), Silence.objects.count()


def test_a_fundraiser_publishes_nothing_by_any_address(fundraiser, ask):
    before, publish = standing(), {"action-publish": "1"}
    addresses = list(every_address(ask))
    assert len(addresses) > 12
    for address in addresses:
        fundraiser.post(address, form(key="winter", placement="appeal", **publish))
    for said in (form(key="one", **publish), form(key="two", go_live_at=in_days(1), expire_at=in_days(2), **publish)):
        assert fundraiser.post(reverse("asks:add"), said).status_code == 302
    said = form(key="winter", placement="appeal", go_live_at=in_days(1), expire_at=in_days(2), **publish)
    assert fundraiser.post(reverse("asks:edit", args=[ask.pk]), said).status_code == 302
    assert fundraiser.post(reverse("asks:copy", args=[ask.pk]), form(key="three", **publish)).status_code == 302
    for name in ("archive_ask", "bring_ask_back"):
        fundraiser.post(reverse(f"desk:{name}", args=[ask.pk]))
    fundraiser.post(reverse("desk:be_silent"), {"placement": "", "first": "2026-11-27", "why": "no"})
    assert standing() == before


def test_what_an_editor_has_settled_for_a_day_is_not_a_fundraisers_to_change(fundraiser, editor):
    editor.post(reverse("asks:add"), form(key="later", go_live_at=in_days(3), **{"action-publish": "1"}))
    later, before = Ask.objects.get(key="later"), standing()
    assert before[1]
    for address in every_address(later):
        fundraiser.post(address, form(key="later", **{"action-publish": "1"}))
    unschedule = reverse("asks:revisions_unschedule", args=[later.pk, later.scheduled_revision.pk])
    assert fundraiser.post(unschedule)["Location"] == "/desk/"
    assert standing() == before


@pytest.mark.parametrize("who", ["journalist", "treasurer"])
def test_whoever_has_nothing_to_do_with_asks_sees_none(request, who, ask):
    client = request.getfixturevalue(who)
    for address in addresses(ask):
        for answer in (client.get(address), client.post(address)):
            assert answer.status_code in {302, 403, 404, 405}, address
            assert b"Winter" not in answer.content, address
            assert answer.get("Location", "/desk/") == "/desk/", address


def test_a_stranger_is_asked_to_log_in(ask):
    for address in addresses(ask):
        assert Client().get(address)["Location"].startswith("/desk/login/"), address


def addresses(ask):
    ours = ("archive_ask", "bring_ask_back", "ask_results", "ask_results_export", "ask_try")
    yield from every_address(ask)
    yield from (reverse(f"desk:{name}", args=[ask.pk]) for name in ours)
    yield from (reverse(f"desk:{name}") for name in ("asks_calendar", "be_silent"))


def test_nothing_chooses_asks(journalist, ask):
    assert journalist.get("/desk/snippets/choose/asks/ask/").status_code == 404


def test_a_place_in_which_it_was_live_stays(editor, ask):
    answer = editor.post(reverse("asks:edit", args=[ask.pk]), form(key="winter", placement="notice"))
    assert "This ask has been live elsewhere" in answer.content.decode()


def test_what_was_live_is_never_deleted(admin_client, ask):
    assert "cannot be deleted" in admin_client.post(reverse("asks:delete", args=[ask.pk]), follow=True).content.decode()
    bulk = reverse("wagtail_bulk_action", args=["asks", "ask", "delete"]) + f"?id={ask.pk}"
    assert "cannot be deleted" in admin_client.post(bulk, follow=True).content.decode()
    assert Ask.objects.filter(pk=ask.pk).exists()


def test_what_is_archived_is_brought_back_before_it_is_changed(editor, ask):
    assert editor.post(reverse("desk:archive_ask", args=[ask.pk])).status_code == 302
    ask.refresh_from_db()
    assert (ask.live, bool(ask.archived_at)) == (False, True)
    said = form(name="Again", key="winter", placement="appeal", **{"action-publish": "1"})
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

"""Every address of the desk, for everybody, by GET and by POST, with and without its last slash."""

from uuid import UUID

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tamizdat.dashboard.urls import urlpatterns

GIFT = UUID(int=7)
ARGUMENTS = {
    "archive_ask": [1],
    "bring_ask_back": [1],
    "end_silence": [1],
    "ask_try": [1],
    "ask_results": [1],
    "ask_results_export": [1],
    "gift": [GIFT],
    "stop": [GIFT],
    "refund": [GIFT, 1],
    "change_cost": [GIFT],
    "end_cost": [GIFT],
    "letter": [1],
    "decide_refund": [GIFT],
    "replay": [GIFT],
    "place": [1],
    "carried_out": ["RF00"],
    "gave_back": ["RF00"],
    "evidence": [1],
}
ADDRESSES = [reverse(f"desk:{pattern.name}", args=ARGUMENTS.get(pattern.name, [])) for pattern in urlpatterns]
MONEY = [address for address in ADDRESSES if not address.startswith("/desk/asks/")]
SCREENS = {reverse(f"desk:{pattern.name}") for pattern in urlpatterns if pattern.name not in ARGUMENTS}
OPEN_TO_A_TREASURER = [address for address in MONEY if address in SCREENS]


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_stranger_is_asked_to_log_in(desk, address, method):
    answer = getattr(Client(), method)(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/desk/login/")


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("address", MONEY)
def test_an_editor_is_sent_away_from_the_money(editor, address, method):
    answer = getattr(editor, method)(address)
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")


@pytest.mark.parametrize("address", OPEN_TO_A_TREASURER)
def test_a_treasurer_opens_every_screen(treasurer, address):
    assert treasurer.get(address).status_code == 200


@pytest.mark.parametrize("address", sorted(set(MONEY) - set(OPEN_TO_A_TREASURER)))
def test_what_is_not_there_is_not_found(treasurer, address):
    assert treasurer.get(address).status_code in {404, 405}


@pytest.mark.parametrize("who", ["editor", "treasurer"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_without_its_last_slash_an_address_shows_nothing(request, who, address):
    assert request.getfixturevalue(who).get(address.rstrip("/")).status_code in {301, 404}


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_login_that_is_no_longer_active_opens_nothing(treasurer, address):
    User.objects.update(is_active=False)
    assert treasurer.get(address)["Location"].startswith("/desk/login/")


def test_a_treasurer_edits_no_page(treasurer):
    assert treasurer.get(reverse("wagtailadmin_explore_root")).status_code == 302


def test_each_sees_only_the_menu_that_leads_somewhere(editor, treasurer):
    assert "/desk/gifts/" not in editor.get("/desk/").content.decode()
    assert "/desk/gifts/" in treasurer.get("/desk/").content.decode()


def test_a_form_from_another_site_changes_nothing(treasurer):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = treasurer.cookies
    assert strict.post(reverse("desk:add_cost"), {"name_en": "Rent"}).status_code == 403

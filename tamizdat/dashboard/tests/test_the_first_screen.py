"""Each role finds first what it needs first."""

import json
import re
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.utils import timezone
from wagtail.models import Locale, Page

from tamizdat.asks.models import Alarm, Ask
from tamizdat.asks.tests.published import publish
from tamizdat.bakery.models import Build
from tamizdat.dashboard import queries
from tamizdat.ledger import actions as ledger
from tamizdat.money import Money
from tamizdat.months import Month
from tamizdat.newsroom import queries as newsroom


@pytest.fixture
def month(training):
    return Month.of(newsroom.today())


def first_screen(client):
    return client.get("/desk/").content.decode()


@pytest.fixture
def page(db):
    root = Page.get_first_root_node()
    page = root.add_child(instance=Page(title="Storm warning", slug="storm", live=False, locale=Locale.get_default()))
    page.save_revision()
    return page


def test_a_treasurer_sees_the_month_in_large_figures(treasurer, paid, month):
    ledger.add_cost(names={"en": "Rent"}, amount=Money(30000, "USD"), first=month, by="founder")
    page = first_screen(treasurer)
    assert "$4.55 <span>raised of $300 needed in" in page
    assert "<dd>$295.45</dd>" in page
    assert paid.payments[0].number in page
    assert "Drafted" not in page


def test_the_chart_and_the_table_say_the_same_year(treasurer, paid, month):
    page = first_screen(treasurer)
    chart = json.loads(re.search(r'id="desk-chart-data"[^>]*>(.*?)</script>', page)[1])
    assert chart["months"] == [str(month - back) for back in range(11, -1, -1)]
    assert chart["raised"] == ["0.00"] * 11 + ["4.55"]
    assert [line.raised.decimal() for line in queries.months(month)] == chart["raised"]


def test_a_treasurer_is_told_what_doctor_finds(treasurer, monkeypatch):
    monkeypatch.setattr(queries, "findings", lambda: ["The mirror east is behind."])
    assert "<li>The mirror east is behind.</li>" in first_screen(treasurer)


def test_a_treasurer_is_told_why_nothing_is_asked(treasurer, settings):
    assert "The paper asks for nothing." not in first_screen(treasurer)
    settings.PAYMENT_PROVIDERS = {}
    page = first_screen(treasurer)
    assert "The paper asks for nothing." in page
    assert "There is no payment company “practice”" in page


def test_an_editor_sees_what_is_drafted_and_nothing_of_money(editor, page):
    shown = first_screen(editor)
    assert "Storm warning" in shown.partition("Drafted")[2].partition("Scheduled")[0]
    assert "raised" not in shown


def test_a_scheduled_page_stands_with_its_time_and_no_longer_among_the_drafts(editor, page):
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision(approved_go_live_at=page.go_live_at)
    shown = first_screen(editor)
    assert "Storm warning" not in shown.partition("Drafted")[2].partition("Scheduled")[0]
    assert "Storm warning" in shown.partition("Scheduled")[2].partition("Lately baked")[0]


def test_an_editor_sees_the_last_build(editor):
    assert "The paper has not been baked." in first_screen(editor)
    Build.objects.create(written=7, removed=0)
    assert "7 written" in first_screen(editor)


def test_empty_screens_say_what_to_do_next(editor, treasurer):
    assert "add an article" in first_screen(editor)
    assert "enter what a month costs" in first_screen(treasurer)


@pytest.fixture
def alarm(training):
    """An ask of long ago that rang today."""
    ask = publish("warm", name="Winter & snow")
    return Alarm.objects.create(ask=ask, day=date(2026, 11, 25), shown=12, usual=4100, at=timezone.now())


def test_who_may_see_asks_is_told_above_all_else_that_one_is_no_longer_shown(editor, alarm):
    User.objects.get().user_permissions.add(Permission.objects.get(codename="view_ask"))
    shown = first_screen(editor)
    assert "Winter &amp; snow</a> was shown 12 times on November 25, 2026 (UTC)" in shown
    assert "In the week before it was 4,100 times a day" in shown
    assert "publish it again and this note goes" in shown
    assert shown.index("Asks that are no longer shown") < shown.index("Write an article")
    Ask.objects.update(live=False)
    assert "Asks that are no longer shown" not in first_screen(editor)


def test_who_may_not_see_asks_is_not_told_of_an_alarm(treasurer, alarm):
    assert "Winter" not in first_screen(treasurer)

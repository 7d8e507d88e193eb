"""One page, three steps, whole without script; what is wrong is said beside its field."""

import html
import logging
import re

import pytest
from django.test import Client

from tamizdat.letters.models import Recipient
from tamizdat.money import Money
from tamizdat.support import queries
from tamizdat.support.models import Contribution, Event
from tamizdat.support.rules.contract import Cadence, GiveUp, TryLater
from tamizdat.support.tests.company import SIGNED

FIELD = re.compile(r'<input[^>]*type="hidden"[^>]*name="(\w+)"[^>]*value="([^"]*)"')


@pytest.fixture
def browser():
    return Client(enforce_csrf_checks=True, REMOTE_ADDR="203.0.113.9")


@pytest.fixture
def fill(company, browser):
    """Open the form, fill it in, send it."""

    def send(query="", *, at="/support/", **answers):
        page = browser.get(at + query).text
        hidden = {name: html.unescape(value) for name, value in FIELD.findall(page)}
        return browser.post(at, {"amount": "5.00", "method": "practice", **hidden, **answers})

    return send


def shown_error(answer, field):
    found = re.search(rf'id="{field}-error">([^<]*)<', answer.text)
    return found and html.unescape(found[1]).strip()


def test_a_filled_form_leads_to_the_company(fill):
    answer = fill("?source=appeal/plain&cadence=monthly&amount=5")
    assert answer.status_code == 303
    assert answer["Location"].startswith("https://company.example/order-")
    (gift,) = queries.find_gifts()
    assert (gift.amount, gift.cadence, gift.source) == (Money(500, "USD"), Cadence.MONTHLY, "appeal/plain")


def test_all_three_steps_and_the_sentence_are_in_the_first_html(company, browser):
    page = browser.get("/support/?cadence=monthly&amount=5").text
    for words in (
        "1. How much",
        "2. How to pay",
        "3. Receipt",
        "You give $5 a month. You can stop at any time.",
    ):
        assert words in page
    assert "<script" not in page


@pytest.mark.parametrize(
    ("cadence", "tile"), [("once", "$25 once"), ("monthly", "$5 a month"), ("annual", "$60 a year")]
)
def test_each_cadence_has_its_own_tiles_by_a_link(company, browser, cadence, tile):
    assert tile in browser.get(f"/support/?cadence={cadence}").text


def test_a_link_fills_in_amount_cadence_and_source(company, browser):
    page = browser.get("/support/?cadence=annual&amount=25&source=appeal/plain").text
    assert re.search(r'value="25.00" checked', page)
    assert 'name="source" value="appeal/plain"' in page


def test_a_link_with_an_amount_of_its_own_ticks_other(company, browser):
    page = browser.get("/support/?amount=7.50").text
    assert re.search(r'value="other" checked', page)
    assert 'value="7.50"' in page


@pytest.mark.parametrize(
    "query", ["?amount=five", "?amount=-5", "?cadence=hourly", "?amount=1e9", "?reply=" + "x" * 999]
)
def test_what_a_link_says_wrong_is_passed_over(company, browser, query):
    answer = browser.get("/support/" + query)
    assert answer.status_code == 200 and 'class="error"' not in answer.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("0", "The smallest gift is $2."),
        ("-5", "The smallest gift is $2."),
        ("1.99", "The smallest gift is $2."),
        ("1e9", "“1e9” is not an amount."),
        ("five", "“five” is not an amount."),
        ("1000000000", "The largest gift here is $10,000."),
        ("", "Choose an amount"),
    ],
)
def test_a_bad_amount_is_said_beside_its_field_and_stores_nothing(fill, caplog, typed, said):
    with caplog.at_level(logging.WARNING):
        answer = fill(amount="other", other=typed)
    assert answer.status_code == 422
    assert said in shown_error(answer, "amount")
    assert not Contribution.objects.exists()
    assert [record.name for record in caplog.records] == ["tamizdat.support"]
    assert "203.0.113" not in caplog.text


def test_what_was_typed_is_kept(fill):
    answer = fill(amount="other", other="five", address="a@reader.example")
    assert 'value="five"' in answer.text and 'value="a@reader.example"' in answer.text


def test_other_amounts_are_read_as_people_type_them(fill):
    fill(amount="other", other="7,50")
    assert queries.find_gifts()[0].amount == Money(750, "USD")


def test_an_amount_both_ticked_and_typed_is_asked_about(fill):
    answer = fill(other="7")
    assert answer.status_code == 422
    assert "another was chosen" in shown_error(answer, "amount")
    assert re.search(r'value="other" checked', answer.text)


def test_a_bad_address_is_said_beside_its_field_and_nowhere_else(fill, caplog):
    answer = fill(address="reader at example")
    assert answer.status_code == 422
    assert shown_error(answer, "address")
    assert not Contribution.objects.exists() and not Recipient.objects.exists()
    assert "reader at example" not in caplog.text


def test_an_unknown_method_is_refused(fill):
    assert shown_error(fill(method="cash"), "method") == "Choose how to pay."


def test_a_broken_form_token_is_mended_and_asked_again(fill):
    answer = fill(form="x")
    assert answer.status_code == 422
    assert re.search(r'name="form" value="[0-9a-f-]{36}"', answer.text)


def test_a_double_click_makes_one_gift(company, browser):
    page = browser.get("/support/").text
    hidden = {name: html.unescape(value) for name, value in FIELD.findall(page)}
    answers = {"amount": "5.00", "method": "practice", **hidden}
    first, second = browser.post("/support/", answers), browser.post("/support/", answers)
    assert first["Location"] == second["Location"]
    assert Contribution.objects.count() == 1


def test_a_company_out_of_reach_is_said_kindly_and_the_next_press_continues(company, browser):
    company.trouble["start"] = [TryLater("down")]
    hidden = {name: html.unescape(value) for name, value in FIELD.findall(browser.get("/support/").text)}
    answer = browser.post("/support/", {"amount": "10.00", "method": "practice", **hidden})
    assert answer.status_code == 503
    assert "you will not pay twice" in answer.text and re.search(r'value="10.00" checked', answer.text)
    kept = {name: html.unescape(value) for name, value in FIELD.findall(answer.text)}
    assert browser.post("/support/", {"amount": "10.00", "method": "practice", **kept}).status_code == 303
    assert Contribution.objects.count() == len(company.orders) == 1


def test_a_company_that_refuses_is_said_so_and_the_next_press_begins_anew(company, fill):
    company.trouble["start"] = [GiveUp("no")]
    answer = fill()
    assert answer.status_code == 503 and "Nothing was taken" in answer.text


def test_the_form_without_our_cookie_is_refused(company):
    assert Client(enforce_csrf_checks=True).post("/support/", {}).status_code == 403


def test_without_a_method_the_page_says_that_giving_is_not_open(edge, live, browser):
    answer = browser.get("/support/")
    assert answer.status_code == 200
    assert "Giving is not open yet" in answer.text and "<form" not in answer.text


def test_a_training_newsroom_says_so(company, browser):
    assert "No real money" in browser.get("/support/").text


def test_the_language_is_the_paths_and_never_the_browsers(company, browser):
    assert '<html lang="ar" dir="rtl"' in browser.get("/ar/support/").text
    assert '<html lang="en"' in browser.get("/support/", HTTP_ACCEPT_LANGUAGE="ar").text


def test_a_gift_begun_in_russian_returns_to_russian(company, fill):
    fill(at="/ru/support/")
    (order,) = company.orders.values()
    assert "/ru/support/thanks/" in order.urls.back and "/ru/support/?" in order.urls.abandoned
    assert order.intent.language == "ru"


def test_the_page_is_never_stored(company, browser):
    assert "no-store" in browser.get("/support/")["Cache-Control"]


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [({}, b"[]", 400), (SIGNED, b" " * 1_100_000, 413), (SIGNED, b"[]", 200)],
)
def test_the_door_for_events_answers_plainly(company, caplog, *, headers, body, status):
    answer = Client().post("/events/practice/", body, content_type="application/json", headers=headers)
    assert answer.status_code == status
    assert len(caplog.records) == (status != 200)
    assert not Event.objects.exists()


def test_the_door_of_an_unknown_company_is_closed(company):
    assert Client().post("/events/nobody/", b"[]", content_type="application/json").status_code == 404


def test_an_event_is_stored_before_it_is_answered(company, give):
    _, ref = give()
    raw = company.event(ref)
    for _ in range(2):
        answer = Client().post("/events/practice/", raw, content_type="application/json", headers=SIGNED)
        assert answer.status_code == 200
    assert Event.objects.count() == 1

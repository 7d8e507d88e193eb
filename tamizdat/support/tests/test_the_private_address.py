"""A key that is shown once and stored as its digest."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from tamizdat.letters import actions as letters
from tamizdat.letters.queries import training_letters
from tamizdat.support import actions, queries
from tamizdat.support.giver import addresses, keys
from tamizdat.support.models import Contribution, Payment, SealedKey
from tamizdat.support.rules.contract import Cadence, TryLater
from tamizdat.support.rules.standing import Standing


@pytest.fixture
def browser():
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def private(company, give, deliver, browser):
    """A running gift and its private address."""
    contribution, ref = give()
    company.pay(ref)
    deliver(ref)
    return contribution, address_on(open_thanks(browser, contribution))


def path(address):
    return address.removeprefix("http://127.0.0.1:8000")


def open_thanks(browser, contribution):
    return browser.get(path(addresses.thanks(contribution, "en"))).text


def address_on(page):
    found = re.search(r"http://[^\s\"<]+/support/my/[\w-]{22}/", page)
    return found and found[0]


def press(browser, address):
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', browser.get(path(address)).text)
    return browser.post(path(address), {"csrfmiddlewaretoken": token[1]} if token else {})


def test_the_thanks_page_shows_it_once(company, give, browser):
    contribution, _ = give()
    assert address_on(open_thanks(browser, contribution))
    again = open_thanks(browser, contribution)
    assert address_on(again) is None
    assert "has been shown here already" in again


def test_looking_at_the_headers_does_not_use_it_up(company, give, browser):
    contribution, _ = give()
    browser.head(path(addresses.thanks(contribution, "en")))
    assert address_on(open_thanks(browser, contribution))


def test_it_has_128_bits_and_only_its_digest_is_kept(private):
    contribution, address = private
    key = address.rstrip("/").rpartition("/")[2]
    assert len(key) * 6 >= 128
    assert Contribution.objects.get(pk=contribution).key_hash == keys.digest(key)
    with connection.cursor() as cursor:
        for table in [name for name in connection.introspection.table_names() if name.startswith("support_")]:
            cursor.execute(f'SELECT * FROM "{table}"')
            assert key not in str(cursor.fetchall())


def test_the_sealed_copy_goes_when_it_was_shown_and_no_receipt_waits(private):
    assert not SealedKey.objects.exists()


def test_the_sealed_copy_waits_for_the_first_receipt(company, give, deliver, browser):
    contribution, ref = give(address="a@reader.example")
    shown = address_on(open_thanks(browser, contribution))
    assert SealedKey.objects.exists()
    company.pay(ref)
    deliver(ref)
    assert not SealedKey.objects.exists()
    letters.deliver_due(now=timezone.now())
    assert shown in training_letters()[0].text


def test_after_an_hour_it_is_forgotten_shown_or_not(company, give, browser, later):
    give()
    assert actions.forget_keys(later(59)) == 0
    assert actions.forget_keys(later(61)) == 1
    assert not SealedKey.objects.exists()


def test_a_copy_that_was_not_erased_in_time_is_not_shown_either(company, give, later):
    contribution, _ = give()
    assert keys.to_show(Contribution.objects.get(pk=contribution), later(61)) == ""


def test_a_copy_that_outlived_its_hour_is_reported(company, give, later):
    give()
    SealedKey.objects.update(made_at=later(-90))
    assert any("longer than an hour" in sentence for sentence in queries.self_checks())


def test_it_shows_the_gift_and_stops_it_in_one_click(private, browser):
    contribution, address = private
    page = browser.get(path(address)).text
    assert "$5 a month" in page and queries.gift(contribution).payments[0].number in page
    assert press(browser, address).status_code == 303
    assert queries.gift(contribution).standing is Standing.STOPPED
    page = browser.get(path(address)).text
    assert "No further payment will be taken" in page and "<button" not in page


def test_a_click_without_our_page_stops_nothing(private, browser):
    contribution, address = private
    assert Client(enforce_csrf_checks=True).post(path(address)).status_code == 403
    assert queries.gift(contribution).standing is Standing.RUNNING


def test_a_gift_given_once_offers_nothing_to_stop(company, give, browser):
    contribution, _ = give(cadence=Cadence.ONCE)
    page = browser.get(path(address_on(open_thanks(browser, contribution)))).text
    assert "$5 once" in page and "<button" not in page


def test_a_wrong_address_is_told_so_and_the_log_says_neither_key_nor_sender(company, browser, caplog):
    for number in range(1000):
        answer = browser.get(f"/support/my/wrong-key-of-22-ch-{number:04}/", REMOTE_ADDR="203.0.113.9")
        assert answer.status_code == 404
    assert "Nothing is kept at this address" in answer.text
    assert len(caplog.records) == 1000
    assert {record.name for record in caplog.records} == {"tamizdat.support"}
    assert "wrong-key" not in caplog.text and "203.0.113" not in caplog.text


def test_a_wrong_thanks_address_is_told_so(company, browser, caplog):
    assert browser.get("/support/thanks/0123456789abcdef.forged/").status_code == 404
    assert "forged" not in caplog.text


def test_the_thanks_address_does_not_open_the_private_page(company, give, browser):
    contribution, _ = give()
    token = addresses.thanks(contribution, "en").rstrip("/").rpartition("/")[2]
    assert browser.get(f"/support/my/{token}/").status_code == 404


def test_its_pages_are_never_stored_and_tell_no_other_site(private, browser):
    answer = browser.get(path(private[1]))
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin"


def test_the_thanks_page_says_whether_the_payment_has_arrived(company, give, browser):
    contribution, ref = give(cadence=Cadence.ONCE)
    assert "not confirmed a payment yet" in open_thanks(browser, contribution)
    company.pay(ref)
    assert "Your gift has arrived" in open_thanks(browser, contribution)


def test_a_reader_ahead_of_the_event_sees_the_truth_and_the_event_adds_nothing(company, give, deliver, browser):
    contribution, ref = give(address="a@reader.example")
    company.pay(ref)
    assert address_on(open_thanks(browser, contribution))
    deliver(ref)
    assert Payment.objects.count() == 1


def test_a_company_that_does_not_answer_leaves_the_page_waiting(company, give, browser):
    contribution, _ = give()
    company.trouble["fetch"] = [TryLater()]
    assert "not confirmed a payment yet" in open_thanks(browser, contribution)


def test_the_thanks_page_of_a_declined_payment_offers_another_try(company, give, browser):
    contribution, ref = give()
    company.refuse(ref, "declined")
    page = open_thanks(browser, contribution)
    assert "Nothing was taken" in page and "Try again" in page and address_on(page) is None


def test_instructions_stand_on_the_thanks_page(company, give, browser):
    company.tells = True
    contribution, ref = give()
    page = open_thanks(browser, contribution)
    assert f"<dt>Reference</dt><dd><bdi>{ref}</bdi></dd>" in page
    assert "<dt>Назначение платежа</dt>" in browser.get(path(addresses.thanks(contribution, "ru"))).text
    assert 'role="img" aria-label="The same as a code' in page
    assert "We have not seen your transfer yet" in page


def test_the_private_page_speaks_its_paths_language(private, browser):
    answer = browser.get("/ru" + path(private[1]), HTTP_ACCEPT_LANGUAGE="en")
    assert '<html lang="ru"' in answer.text

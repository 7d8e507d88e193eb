import email
import logging
from datetime import timedelta

import pytest
from django.utils import timezone

from tamizdat.letters import actions, queries
from tamizdat.letters.models import Letter
from tamizdat.letters.rules import WAITS, Outcome
from tamizdat.letters.tests.conftest import ADDRESS
from tamizdat.letters.tests.mail_server import RESET, SILENCE


@pytest.fixture
def letter(smtp, reader):
    actions.send("test", to=reader, key="k", context={"secret": "canary"})
    return Letter.objects.get()


def deliver(letter, *, later=timedelta()):
    sent = actions.deliver_due(now=timezone.now() + later)
    letter.refresh_from_db()
    return sent


def test_an_accepted_letter_is_sent(smtp, letter):
    assert deliver(letter) == 1
    assert letter.outcome == Outcome.SENT
    assert len(smtp.letters) == 1


@pytest.mark.parametrize(
    ("command", "answer", "why"),
    [
        ("", SILENCE, "fell silent"),
        ("", b"554 go away", "refused the connection (554)"),
        ("MAIL", b"451 not now", "refused the sender (451)"),
        ("MAIL", b"550 who are you", "refused the sender (550)"),
        ("RCPT", b"450 Reader.Canary@example.org is full", "refused the recipient (450)"),
        ("DATA", b"421 closing", "refused the letter (421)"),
        ("DATA", SILENCE, "fell silent"),
        (".", b"452 no room", "refused the letter (452)"),
        (".", RESET, "hung up"),
        (".", SILENCE, "fell silent"),
    ],
)
def test_what_may_pass_is_tried_again_under_the_same_message_id(smtp, letter, *, command, answer, why):
    smtp.answers[command] = answer
    assert deliver(letter) == 0
    assert (letter.outcome, letter.tries, letter.leased_until) == ("", 1, None)
    assert why in letter.last_failure
    assert deliver(letter) == 0, "it is not due yet"
    smtp.answers.clear()
    assert deliver(letter, later=WAITS[0]) == 1
    ids = {email.message_from_bytes(raw)["Message-ID"] for raw in smtp.letters}
    assert ids == {letter.message_id}


def test_a_reset_after_the_letter_sends_the_very_same_letter_again(smtp, letter):
    smtp.answers["."] = RESET
    deliver(letter)
    smtp.answers.clear()
    deliver(letter, later=WAITS[0])
    first, second = (email.message_from_bytes(raw) for raw in smtp.letters)
    assert [first[h] for h in ("Message-ID", "Date", "Subject")] == [
        second[h] for h in ("Message-ID", "Date", "Subject")
    ]


@pytest.mark.parametrize(
    ("command", "answer", "why"),
    [
        ("RCPT", b"550 <Reader.Canary@example.org> unknown", "refused the recipient (550)"),
        (".", b"554 we do not want it", "refused the letter (554)"),
    ],
)
def test_a_final_no_ends_it_at_once(smtp, letter, *, command, answer, why):
    smtp.answers[command] = answer
    deliver(letter)
    assert (letter.outcome, letter.tries, letter.sealed_context) == (Outcome.REFUSED, 1, None)
    assert why in letter.last_failure
    assert queries.given_up()[0].why == letter.last_failure
    assert queries.self_checks() == [], "a reader's slip is not the newsroom's to mend"


def test_it_gives_up_loudly_after_some_three_days(smtp, letter, caplog):
    smtp.answers["MAIL"] = b"451 not now"
    later = timedelta()
    for wait in (timedelta(), *WAITS):
        later += wait + timedelta(seconds=1)
        deliver(letter, later=later)
    assert (letter.outcome, letter.tries) == (Outcome.GIVEN_UP, len(WAITS) + 1)
    assert timedelta(days=2) < later < timedelta(days=4)
    assert [r.levelno for r in caplog.records].count(logging.ERROR) == 1
    assert queries.given_up()[0].tries == letter.tries
    assert "1 letters were given up" in queries.self_checks()[0]


@pytest.mark.parametrize("answer", [b"550 <Reader.Canary@example.org> unknown", b"450 <Reader.Canary@example.org>"])
def test_no_log_and_no_row_names_the_recipient(smtp, letter, caplog, answer):
    caplog.set_level(logging.DEBUG)
    smtp.answers["RCPT"] = answer
    deliver(letter)
    assert caplog.records
    told = caplog.text.casefold() + repr(Letter.objects.values_list()).casefold()
    assert "canary" not in told
    assert ADDRESS.partition("@")[2].casefold() not in told


def test_nobody_listening_is_tried_again(smtp, letter, settings):
    settings.EMAIL_PORT = 1
    deliver(letter)
    assert letter.last_failure == "no connection: Connection refused"


def test_a_faulty_template_waits_and_quotes_nothing(smtp, reader, caplog):
    actions.send("no_such_kind", to=reader, key="x", context={"secret": "canary"})
    letter = Letter.objects.get()
    deliver(letter)
    assert letter.last_failure == "it could not be written: TemplateDoesNotExist"
    assert "canary" not in caplog.text


def test_without_a_host_letters_wait_untried_and_the_checks_say_so(live, reader):
    actions.send("test", to=reader, key="k", context={})
    assert actions.deliver_due(now=timezone.now()) == 0
    assert Letter.objects.get().tries == 0
    assert queries.self_checks() == ["No letter can leave: newsroom.toml names no [post] host."]

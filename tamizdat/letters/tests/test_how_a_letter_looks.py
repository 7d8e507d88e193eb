import email
from datetime import date
from email import policy

import pytest
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.utils import timezone

from tamizdat.letters import actions, queries, seals
from tamizdat.letters.rendering import compose
from tamizdat.money import Money


def letter(**changes):
    usual = {
        "kind": "test",
        "to": "reader@example.org",
        "language": "en",
        "context": {},
        "message_id": "<1@gazette.example>",
        "written_at": timezone.now(),
    }
    return compose(**usual | changes)


def test_it_is_text_and_html_in_the_recipients_language(smtp, db):
    reader = actions.remember_address(address="reader@example.org", language="ar")
    actions.send("test", to=reader, key="k", context={})
    actions.deliver_due(now=timezone.now())
    sent = email.message_from_bytes(smtp.letters[0], policy=policy.default)
    text, html = sent.iter_parts()
    assert (sent.get_content_type(), text.get_content_type()) == ("multipart/alternative", "text/plain")
    assert '<html lang="ar" dir="rtl">' in html.get_content()


def test_its_headers_are_few_and_neutral(smtp, db):
    reader = actions.remember_address(address="reader@example.org", language="en")
    actions.send("test", to=reader, key="k", context={})
    actions.deliver_due(now=timezone.now())
    sent = email.message_from_bytes(smtp.letters[0], policy=policy.default)
    assert set(sent.keys()) == {
        "Content-Type", "MIME-Version", "Subject", "From", "To", "Message-ID", "Date", "Auto-Submitted",
    }  # fmt: skip
    assert (sent["Auto-Submitted"], sent["From"]) == ("auto-generated", "noreply@127.0.0.1")


def test_text_is_not_escaped_and_html_is():
    gift = {"amount": Money(500, "USD"), "day": date(2026, 11, 23), "number": "A&B", "cadence": "once"}
    message = letter(kind="receipt", context=gift)
    assert "Receipt number: A&B" in message.body
    assert "Receipt number: A&amp;B" in message.alternatives[0][0]


def test_a_subject_is_one_line_whatever_its_template_says(monkeypatch):
    monkeypatch.setattr(
        "tamizdat.letters.rendering.render_to_string", lambda *a, **k: "A word\r\nBcc: spy@example.org\n"
    )
    assert letter().message()["Subject"] == "A word Bcc: spy@example.org"


def test_money_and_dates_survive_the_seal():
    context = {"amount": Money(500, "USD"), "on": date(2026, 11, 23), "list": [1, "два"]}
    assert seals.open_context(seals.seal_context(context)) == context


def test_a_password_reset_goes_the_same_way(training):
    EmailMessage("Reset", "Here is the link", to=["editor@example.org"]).send()
    kept = queries.training_letters()[0]
    assert (kept.subject, kept.to, kept.html) == ("Reset", "editor@example.org", "")
    assert queries.training_letter(kept.id) == kept
    assert queries.training_letter(0) is None


def test_the_command_sends_at_once_and_says_so(smtp, capsys):
    call_command("test_letter", "editor@example.org")
    assert len(smtp.letters) == 1
    assert "took the letter" in capsys.readouterr().out


def test_the_command_repeats_the_servers_words_to_whoever_asked(smtp):
    smtp.answers["RCPT"] = b"550 no such mailbox"
    with pytest.raises(CommandError, match=r"refused the recipient \(550\).*550 no such mailbox"):
        call_command("test_letter", "editor@example.org")


def test_the_command_says_when_no_host_is_named(live):
    with pytest.raises(CommandError, match=r"names no \[post\] host"):
        call_command("test_letter", "editor@example.org")


def test_the_command_in_training_points_to_the_mailbox(training, capsys):
    call_command("test_letter", "editor@example.org")
    assert "mailbox on the desk" in capsys.readouterr().out


def test_the_paragraphs_of_the_text_stand_apart(db):
    context = {"amount": Money(500, "USD"), "day": date(2026, 11, 24), "cadence": "monthly"}
    said = letter(kind="stopped", context=context).body
    assert said.startswith("Your gift of $5 a month has stopped. No further payment will be taken.\n\nThank you")
    assert "\n\n-- \n" in said

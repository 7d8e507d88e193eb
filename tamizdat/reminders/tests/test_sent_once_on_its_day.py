from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from tamizdat.letters.models import Address, Letter
from tamizdat.reminders import actions, queries, receivers, tasks, tokens
from tamizdat.reminders.models import Forgetting, Reminder, Reply, Sending
from tamizdat.reminders.rules import Why
from tamizdat.reminders.tests.conftest import ADDRESS, reply_in
from tamizdat.support import queries as support


def whys():
    return list(Forgetting.objects.order_by("id").values_list("why", flat=True))


def test_it_goes_once_on_its_day_however_often_the_clock_strikes(reminder, mailbox):
    assert actions.send_due(today=reminder.on - timedelta(1)) == 0
    assert actions.send_due(today=reminder.on) == 1
    assert actions.send_due(today=reminder.on) == 0
    assert [letter.subject for letter in mailbox()].count("The reminder you asked for") == 1


def test_it_goes_days_late_after_a_downtime(reminder):
    assert actions.send_due(today=reminder.on + timedelta(9)) == 1


def test_an_unconfirmed_one_never_goes(ask, today):
    ask(days=1)
    assert actions.send_due(today=today + timedelta(30)) == 0


def test_it_leads_to_giving_by_a_source_that_names_nobody(reminder, mailbox):
    actions.send_due(today=reminder.on)
    text = mailbox()[0].text
    assert "/support/?source=reminder%2Fletter&reply=" in text
    assert Reply.objects.filter(token_hash=tokens.hashlib.sha256(reply_in(text).encode()).hexdigest()).exists()


def test_only_the_digest_of_a_reply_is_stored(reminder, mailbox):
    token = reply_in(mailbox()[0].text)
    assert len(token) == 22
    assert token not in str(list(Reply.objects.values()))


def test_its_address_is_erased_once_it_has_left_and_not_before(reminder, mailbox):
    mailbox()
    actions.send_due(today=reminder.on)
    assert actions.forget_done(now=timezone.now()) == 0
    mailbox()
    assert actions.forget_done(now=timezone.now()) == 1
    assert not Address.objects.exists()
    assert not Reminder.objects.exists()
    assert whys() == [Why.REMINDED]
    assert actions.send_due(today=reminder.on + timedelta(1)) == 0


def test_a_letter_that_never_arrives_is_forgotten_too(reminder):
    actions.send_due(today=reminder.on)
    Letter.objects.filter(kind="reminder").update(outcome="given_up", ended_at=timezone.now(), sealed_context=None)
    actions.forget_done(now=timezone.now())
    assert whys() == [Why.UNDELIVERED]


def test_what_nobody_confirms_is_erased_after_a_week(ask):
    asked = ask()
    assert actions.forget_done(now=asked.asked_at + timedelta(days=6, hours=23)) == 0
    assert actions.forget_done(now=asked.asked_at + timedelta(days=7)) == 1
    assert not Address.objects.exists()
    assert whys() == [Why.UNCONFIRMED]


def test_nothing_is_kept_for_longer_than_a_year(reminder):
    actions.send_due(today=reminder.on)
    assert actions.forget_done(now=reminder.asked_at + timedelta(days=365)) == 1
    assert not Address.objects.exists()


def test_who_gave_by_its_link_is_not_reminded(reminder, monkeypatch):
    mine = set(reminder.replies.values_list("token_hash", flat=True))
    monkeypatch.setattr(support, "has_replied", lambda digest, since: {digest} == mine)
    assert actions.send_due(today=reminder.on) == 0
    assert whys() == [Why.GAVE]


def test_whose_address_gave_since_is_not_reminded(ask, monkeypatch, today):
    first, other = ask(), ask("READER.canary@example.org")
    actions.confirm(reminder=first.id)
    monkeypatch.setattr(support, "has_given_since", lambda recipients, since: other.recipient_id in recipients)
    assert actions.send_due(today=today + timedelta(40)) == 0
    assert not Reminder.objects.filter(id=first.id).exists()


def test_the_news_of_a_gift_forgets_the_reminder_at_once(reminder):
    digest = reminder.replies.get().token_hash
    tasks.forget_who_gave.func(digest)
    assert not Address.objects.exists()
    assert whys() == [Why.GAVE]
    tasks.forget_who_gave.func(digest)


def test_the_news_of_a_gift_is_only_enqueued(reminder, monkeypatch):
    enqueued = []
    monkeypatch.setattr(tasks.forget_who_gave.__class__, "enqueue", lambda _task, *args: enqueued.append(args))
    receivers.forget_who_gave(reply_token_hash="", contribution=uuid4())
    receivers.forget_who_gave(reply_token_hash="d", contribution=uuid4())
    assert enqueued == [("d",)]


def test_one_reminder_that_fails_holds_up_nobody_else(ask, monkeypatch, today, caplog):
    for address in ("a@example.org", "b@example.org"):
        actions.confirm(reminder=ask(address, days=1).id)
    bad = Reminder.objects.order_by("asked_at").first()
    really = actions._has_given
    monkeypatch.setattr(actions, "_has_given", lambda row: 1 / 0 if row.id == bad.id else really(row))
    assert actions.send_due(today=today + timedelta(2)) == 1
    assert str(bad.id) in caplog.text
    monkeypatch.undo()
    assert actions.send_due(today=today + timedelta(2)) == 1


def test_the_checks_notice_a_clock_that_stands_still(reminder):
    assert queries.self_checks() == []
    Reminder.objects.update(on=timezone.now().date() - timedelta(3))
    reminder.confirmation.__class__.objects.update(confirmed_at=timezone.now() - timedelta(5))
    assert "1 reminders are late" in queries.self_checks()[0]
    assert queries.waiting() == 1


def test_an_address_gets_at_most_three_confirmation_letters_a_day(ask, mailbox):
    for spelling in (ADDRESS, ADDRESS.upper(), f" {ADDRESS}", ADDRESS, ADDRESS):
        ask(spelling)
    ask("other@example.org")
    assert len(mailbox()) == 4
    Reminder.objects.update(asked_at=timezone.now() - timedelta(days=1, minutes=1))
    ask()
    assert len(mailbox()) == 5
    assert Address.objects.count() == 5


def test_an_unknown_source_is_stored_as_nothing(ask):
    assert ask(source="somebody/else").source == ""
    assert ask(source="appeal/plain").source == "appeal/plain"


def test_a_forgotten_reminder_leaves_a_day_and_a_reason(reminder, today):
    assert actions.forget(reminder=reminder.id, why=Why.DECLINED)
    assert not actions.forget(reminder=reminder.id, why=Why.DECLINED)
    assert list(Forgetting.objects.values_list("day", "why", "source")) == [(today, "declined", "appeal/plain")]
    assert not Sending.objects.exists()
    assert not actions.confirm(reminder=reminder.id)

"""All that happened to one gift stands on one screen: promised, told, booked, written, asked, by whom and why."""

import pytest

from tamizdat.money import Money
from tamizdat.support import actions, queries
from tamizdat.support.models import Event
from tamizdat.support.tests.company import SIGNED


@pytest.fixture
def running(company, give, deliver):
    contribution, ref = give(address="anna@reader.example")
    charge = company.pay(ref)
    deliver(ref)
    return contribution, ref, charge


def told(contribution):
    return [one.what for one in queries.story_of(contribution)]


def has(contribution, *whats):
    """Whether these stand there, in this order among themselves."""
    there = iter(told(contribution))
    return all(any(what in one for one in there) for what in whats)


def test_what_was_promised_told_booked_and_written_stands_there(company, running):
    contribution, _ref, charge = running
    payment = queries.gift(contribution).payments[0].number
    promised, paid, written = "5.00 USD monthly through practice", f"payment {payment} of 5.00 USD", "letter “receipt”"
    assert {f"promised: {promised}", paid, written} <= set(told(contribution))
    (booked,) = [one for one in queries.story_of(contribution) if one.lines]
    assert dict(booked.lines)["income:gifts"] == Money(-500, "USD")
    assert booked.key == f"payment:practice:{charge.id}"
    (event,) = [one for one in queries.story_of(contribution) if one.what.startswith("event")]
    assert event.key == Event.objects.get().event_id


def test_an_event_that_speaks_of_it_by_another_name_stands_there_too(company, running, deliver):
    contribution, ref, _charge = running
    company.orders["customer-7"] = company.orders[ref]
    deliver("customer-7")
    assert len([one for one in told(contribution) if one.startswith("event")]) == 2
    assert [gift.id for gift in queries.find_gifts(ref="customer-7")] == [contribution]


def test_an_event_that_failed_says_why(company, running, later):
    contribution, ref, _charge = running
    company.trouble["fetch"] = [RuntimeError("out of order")] * 100
    actions.receive_event(provider="practice", headers=SIGNED, raw=company.event(ref, event_id="another"))
    actions.process_due_events(later(0))
    assert any(one.why.startswith("waits until") for one in queries.story_of(contribution))
    for day in range(30):
        actions.process_due_events(later(day * 24 * 60 + 1))
    assert any("out of order" in one.why for one in queries.story_of(contribution))


def test_who_asked_for_what_and_why_stands_there(company, running, deliver):
    contribution, ref, _charge = running
    actions.change_amount(contribution=contribution, amount=Money(700, "USD"), by="supporter")
    actions.pause(contribution=contribution, days=30, by="supporter")
    payment = queries.gift(contribution).payments[0].id
    actions.refund(payment=payment, amount=Money(200, "USD"), by="olga", reason="a slip", key="k")
    company.fail(ref, 1)
    deliver(ref)
    company.pay(ref)
    deliver(ref)
    actions.stop(contribution=contribution, by="boris", reason="they wrote")
    story = queries.story_of(contribution)
    said = {(one.what, one.by, one.why) for one in story}
    number = queries.gift(contribution).payments[0].number
    assert ("another wish: 7.00 USD", "supporter", "") in said
    assert (f"to give back: 2.00 USD of {number}", "olga", "a slip") in said
    assert ("to be stopped", "boris", "they wrote") in said
    assert has(
        contribution, "promised", "another wish: 7.00", "to give back", "past due", "no longer past due", "ended"
    )
    assert any(f"2.00 USD of {number} given back" in one.what and one.lines for one in story)
    assert [one.at for one in story] == sorted(one.at for one in story)


def test_what_came_to_nothing_says_so(company, give, deliver):
    contribution, ref = give()
    company.refuse(ref, "abandoned")
    deliver(ref)
    assert has(contribution, "promised", "came to nothing: abandoned")


def test_nothing_in_it_says_who_gave(company, running):
    contribution, *_ = running
    assert "anna" not in repr(queries.story_of(contribution))
    actions.forget_supporter(contribution=contribution)
    assert "to be forgotten" in told(contribution)


def test_it_is_drawn_with_few_questions(company, running, deliver, django_assert_max_num_queries):
    contribution, ref, _charge = running
    for _ in range(3):
        company.pay(ref)
        deliver(ref)
    with django_assert_max_num_queries(40):
        queries.story_of(contribution)

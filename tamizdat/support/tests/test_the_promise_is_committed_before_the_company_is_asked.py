"""What is not written down first can be lost, or paid twice."""

import uuid

import pytest

from tamizdat.letters.models import Recipient
from tamizdat.money import Money
from tamizdat.support import actions, queries
from tamizdat.support.models import Attempt, Contribution, SealedKey
from tamizdat.support.rules.contract import Cadence, GiveUp, TryLater


def test_contribution_attempt_and_key_stand_when_the_company_is_asked(company, give):
    seen = []
    company.before["start"] = lambda what: seen.append(Attempt.objects.get(pk=what[0]).contribution_id)
    contribution, _ = give()
    assert seen == [contribution]


def test_a_company_that_falters_is_asked_again_with_the_same_key(company, give):
    form = uuid.uuid4()
    company.trouble["start"] = [TryLater(), TryLater()]
    for _ in range(2):
        with pytest.raises(TryLater):
            give(form=form)
    give(form=form)
    assert len({key for _, key in company.asked}) == len(company.orders) == Contribution.objects.count() == 1


def test_the_same_form_with_the_same_answers_is_one_gift(company, give):
    form = uuid.uuid4()
    assert give(form=form) == give(form=form)
    assert company.count("start") == 1


def test_the_same_form_with_other_answers_is_another_gift(company, give):
    form = uuid.uuid4()
    first, second, third = (
        give(form=form),
        give(form=form, minor=700),
        give(form=form, address="a@reader.example"),
    )
    assert len({first, second, third}) == 3


def test_a_paid_form_sent_again_leads_to_its_thanks_and_not_to_another_payment(company, give, deliver):
    form = uuid.uuid4()
    _, ref = give(form=form)
    company.pay(ref)
    deliver(ref)
    again = actions.begin(
        amount=Money(500, "USD"),
        cadence=Cadence.MONTHLY,
        provider="practice",
        source="",
        language="en",
        form=form,
    )
    assert "/support/thanks/" in again.next.url
    assert company.count("start") == 1


def test_a_company_that_refuses_is_not_asked_behind_the_readers_back(company, give, later):
    company.trouble["start"] = [GiveUp("no")]
    with pytest.raises(GiveUp):
        give()
    actions.finish_due(later(10))
    assert company.count("start") == 1


def test_instructions_are_kept_for_the_readers_pages(company, give):
    company.tells = True
    contribution, ref = give()
    kept = queries.gift(contribution)
    assert (kept.instructions, kept.camera_code) == ((("Reference", ref),), f"code of {ref}")
    form = uuid.uuid4()
    give(form=form)
    assert give(form=form)


@pytest.mark.parametrize("minor", [0, -500, 199, 1_000_001])
def test_an_amount_out_of_bounds_is_not_written_down(company, give, minor):
    with pytest.raises(actions.NotAccepted):
        give(minor)
    assert not Contribution.objects.exists()


def test_a_bad_address_leaves_nothing_behind(company, give):
    with pytest.raises(actions.BadAddress):
        give(address="not an address")
    assert not Contribution.objects.exists() and not Recipient.objects.exists() and not SealedKey.objects.exists()


def test_a_source_that_is_not_on_the_list_is_not_kept(company, give):
    contribution, _ = give(source="appeal/jane")
    assert queries.gift(contribution).source == ""


def test_a_live_newsroom_has_no_make_believe_company(edge, live, give):
    assert queries.methods() == []
    assert "practice" in queries.why_no_methods()
    with pytest.raises(actions.NotAccepted):
        give()


def test_a_training_newsroom_takes_no_real_money(company, give):
    company.is_pretend = False
    assert queries.methods() == []


def test_the_company_learns_nothing_of_the_reader(company, give):
    _, ref = give(address="a@reader.example")
    told = str(company.orders[ref].intent) + str(company.orders[ref].urls)
    assert "reader.example" not in told
    assert "/support/my/" not in told

"""A reference is found however it is written, and a slip is noticed, never taken for another gift."""

import random
from uuid import UUID

import pytest

from tamizdat.providers.brought import references
from tests.soak import SEED, record, tries

GIFT = references.of_gift(UUID(int=7))
REFUND = references.of_refund(references.of_row(GIFT, "a" * 40), "key")


@pytest.mark.parametrize(
    "text",
    [
        GIFT, references.written(GIFT), GIFT.lower(), f"Gift {GIFT}, thank you!", f"{GIFT}THANKYOU", f"PRF{GIFT}",
        GIFT.replace("0", "O").replace("1", "l"), f"RF {GIFT[2:]}", "-".join(GIFT), f"{GIFT} {GIFT}",
    ],
)  # fmt: skip
def test_it_is_found_however_it_is_written(text):
    assert references.find(text) == (GIFT, "")


def test_a_refund_names_its_gift_and_its_payment():
    assert references.find(f"back {references.written(REFUND)}") == (GIFT, REFUND)
    assert references.tagged(REFUND) == references.tag(references.of_row(GIFT, "a" * 40))
    assert len(REFUND) <= 25  # ISO 11649


def test_two_gifts_in_one_text_are_none():
    assert references.find(f"{GIFT} {references.of_gift(UUID(int=8))}") == ("", "")


@pytest.mark.parametrize("text", ["", "RF", "for the newspaper", "RF00" + "A" * 12])
def test_other_texts_name_none(text):
    assert references.find(text) == ("", "")


def test_a_known_reference_has_its_published_check_digits():
    assert references._checked("539007547034") == "RF18539007547034"


def test_no_slip_names_another_gift():
    """One letter wrong, two changed about, one left out, one too many: nothing is named. What fits the check digits by
    chance, as one in a hundred does, is the name of no gift, and the till knows which there are."""
    dice, told = random.Random(SEED), {"nothing": 0, "itself": 0, "a gift that is none": 0}
    n = tries(soak=100_000, test=3_000)
    gifts = [references.of_gift(UUID(int=dice.getrandbits(128))) for _ in range(n)]
    known = set(gifts)
    for ref in gifts:
        found, _ = references.find(slipped(ref, dice))
        what = {"": "nothing", ref: "itself"}.get(found, "a gift that is none")
        told[what] += 1
        assert found == ref or found not in known
    record("slips in references", n=n, seed=SEED, **told)
    assert told["a gift that is none"] < n / 50 and told["nothing"] > n / 2


def slipped(ref, dice):
    at, letter = dice.randrange(4, len(ref) - 1), dice.choice(references.SYMBOLS)
    return dice.choice([
        ref[:at] + letter + ref[at + 1 :], ref[:at] + ref[at + 1] + ref[at] + ref[at + 2 :], ref[:at] + ref[at + 1 :],
        ref[:at] + letter + ref[at:],
    ])  # fmt: skip

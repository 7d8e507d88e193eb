"""While stolen cards are tried, the giving page has the browser do a sum, and then goes by itself."""

from types import SimpleNamespace
from urllib.parse import parse_qs

import pytest
from django.template import engines

from tamizdat.money import Money
from tamizdat.newsroom.giving import Prices
from tamizdat.support.rules import work
from tamizdat.support.rules.contract import Cadence
from tamizdat.support.rules.values import Method
from tests.soak import SEED, record, tries

AT = "http://127.0.0.1:9/support/"
CARD = Method("card", "Card", frozenset(Cadence))


def page_with(riddle: str, bits: int, *, has_to_work: bool) -> str:
    """The form as it is served while the shield is up."""
    said = {"amount": "other", "other": "5", "currency": "USD", "method": "card", "form": "f", "source": "",
            "reply": "", "address": ""}  # fmt: skip
    prices = Prices(minimum=Money(200, "USD"), suggested={})
    context = {
        "language": "en", "data": said, "currencies": ["USD"], "errors": {},
        "form": SimpleNamespace(all_methods=[CARD], methods=[CARD], listed=(), prices=prices),
        "cadence": Cadence.ONCE, "cadences": list(Cadence), "tiles": [], "has_to_work": has_to_work,
        "is_training": lambda: False,
        "riddle": SimpleNamespace(text=riddle, bits=bits, signed=f"{riddle}.signed"), "script": "work.js",
    }  # fmt: skip
    return engines["reader"].get_template("support/give.html").render(context).replace('action="', 'action="/sent?')


@pytest.fixture
def shown(chromium):
    """A page of the form, and what it sends."""
    context = chromium.new_context(viewport={"width": 360, "height": 800})

    def on(html: str):
        page, sent = context.new_page(), []

        def answer(route):
            if route.request.method == "POST":
                sent.append({name: value for name, (value,) in parse_qs(route.request.post_data).items()})
            route.fulfill(body=html if route.request.url == AT else "thanks", content_type="text/html")

        page.route("**/*", answer)
        page.goto(AT)
        return page, sent

    yield on
    context.close()


def test_any_riddle_is_solved_right(shown):
    n = tries(soak=100, test=12)
    for number in range(n):
        riddle = f"riddle-{SEED}-{number}"[:22]
        page, sent = shown(page_with(riddle, 10, has_to_work=True))
        page.wait_for_url("**/sent?**")
        assert work.is_solved(riddle, sent[0]["answer"], 10)
        assert sent[0]["riddle"] == f"{riddle}.signed"
        page.close()
    record("sums done by a browser", n=n, seed=SEED)


def test_a_reader_who_takes_their_time_waits_for_nothing(shown):
    page, sent = shown(page_with("a-riddle", work.FEWEST_BITS, has_to_work=False))
    page.wait_for_selector("[name=answer]:not([value=''])", state="attached")
    assert not page.locator("#work").is_visible() and not sent
    page.get_by_role("button").click()
    page.wait_for_url("**/sent?**")
    assert work.is_solved("a-riddle", sent[0]["answer"], work.FEWEST_BITS)


def test_a_reader_who_is_quicker_is_told_why_and_it_goes_by_itself(shown):
    page, sent = shown(page_with("another", work.MOST_BITS, has_to_work=False))
    page.get_by_role("button").click()
    assert page.locator("#work").is_visible() and not sent
    page.wait_for_url("**/sent?**")
    assert len(sent) == 1 and work.is_solved("another", sent[0]["answer"], work.MOST_BITS)

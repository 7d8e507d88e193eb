"""Random readers on random pages with random asks: whoever is to be left alone is asked by nothing, anywhere."""

from collections import Counter
from datetime import timedelta
from random import Random

import pytest

from tamizdat.asks.rules.audiences import Place
from tamizdat.asks.rules.decks import deal
from tamizdat.reader.environment import inlined
from tests.pages.asking import TODAY
from tests.pages.at_random import ABOUT, STATES, ZONES, a_reader, an_ask, manners
from tests.soak import SEED, record, tries

READERS_OF_A_PAGE = 50
# Read as a function, so that thousands of devices are made of one browser; only the device around it is made up.
DECIDE = """([script, deck, readers]) => {
  const decide = new Function("document", "localStorage", "navigator", "location", "history", "matchMedia", "Intl",
    "Date", "addEventListener", "window", script);
  return readers.map((reader) => {
    const document = { documentElement: { dataset: {}, lang: "en" }, styleSheets: [{ insertRule() {} }],
      getElementById: () => ({ text: deck }) };
    class Clock extends Date {
      constructor(...when) { super(...(when.length ? when : [reader.now])); }
      static now() { return reader.now; }
      getHours() { return reader.hour; }
    }
    const zone = { DateTimeFormat: () => ({ resolvedOptions: () => ({ timeZone: reader.zone }) }) };
    try {
      decide(document, reader.kept == null ? {} : { tamizdat: reader.kept },
        { globalPrivacyControl: reader.gpc, language: "en-GB" }, { hash: "", host: "", pathname: "/" }, history,
        () => ({ matches: reader.isNarrow }), zone, Clock, () => {}, {});
    } catch (error) {
      if (error != "unreadable" && !(error instanceof SyntaxError) && !(error instanceof TypeError)) throw error;
    }
    return document.documentElement.dataset.asks;
  });
}"""


def a_place(random: Random) -> Place:
    return Place(
        kind=random.choice(("front", "article", "article", "listing", "plain")),
        language=random.choice(("en", "ru", "ar")),
        about=frozenset(random.sample(ABOUT, 2)),
        published=TODAY - timedelta(days=random.randrange(60)),
        words=random.randrange(100, 3000),
        is_quiet=random.random() < 0.1,
        is_last=random.random() < 0.9,
    )


def asked(said: str) -> list[str]:
    """Which asks stand, the masthead's plain link aside, which asks nobody."""
    verdicts = [] if said == "unreadable" else [one.split(" ") for one in said.split("; ") if one]
    return [ask for ask, verdict in verdicts if verdict == "asks" and ask != "header/plain"]


def visits(chromium, n: int, blinded: str = ""):
    """Why a reader is to be left alone, and what asked; `blinded` is a refusal that the script has lost."""
    random, page = Random(SEED), chromium.new_page()
    for _ in range(n // READERS_OF_A_PAGE):
        place, how = a_place(random), manners(random)
        asks = [an_ask(random, number) for number in range(random.randrange(6))]
        deck = deal(asks, place, how, today=TODAY, known={})
        readers = [a_reader(random) for _ in range(READERS_OF_A_PAGE)]
        script = str(inlined(*deck.files)).replace(
            "said.asks=deck", f"delete refusals.{blinded or 'none'};said.asks=deck"
        )
        said = page.evaluate(DECIDE, [script, deck.said, [device for _, device in readers]])
        of_page = "quiet page" if place.is_quiet else "dark" if how.dark[0][0] == TODAY else ""
        for (why, device), verdicts in zip(readers, said, strict=True):
            is_listed = ZONES[device["zone"]] in how.silent_in
            yield why or of_page or ("listed" if is_listed else ""), asked(verdicts)
    page.close()


def test_nobody_who_is_to_be_left_alone_is_asked(chromium):
    n, readers, were_asked = tries(soak=100_000, test=2_000), Counter(), Counter()
    for why, asks in visits(chromium, n):
        readers[why] += 1
        were_asked[why] += bool(asks)
    record("silent readers asked", n=n, seed=SEED, readers=dict(readers), asked=dict(were_asked))
    assert {why for why, times in were_asked.items() if times} == {""}
    assert were_asked[""] > readers[""] / 4, "whoever may be asked is asked, mostly"
    assert set(readers) == {"", *STATES, "unreadable", "quiet page", "dark", "listed"}


@pytest.mark.parametrize("refusal", ["hidden", "later", "gave", "dark", "listed"])
def test_a_script_that_has_lost_a_refusal_is_found_out(chromium, refusal):
    assert any(asks for why, asks in visits(chromium, 2_000, blinded=refusal) if why)

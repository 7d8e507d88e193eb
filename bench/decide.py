"""How long does a slow telephone take to decide who is asked, with fifty asks live?

    python -m bench.decide --quick

A page of a long article is opened again and again in Chromium at a quarter of this machine's speed, each time by a new
reader in a new process: all is done for the first time. Deciding is what the script does with every ask of the deck
and every refusal; whole, the script from before it is read until anything can be painted, and beside it a script of
nothing. Readers remember what readers do. As dealt, a page holds as many wordings as its bytes allow; crowded, all
fifty.
"""

import json
import tempfile
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import Any

from playwright.sync_api import Browser

from bench.measuring import idle, is_quick, publish
from tests import browser
from tests.newsrooms import founded

QUESTION = "Of the 2 ms promised for deciding on a slow telephone, how many does deciding take with fifty asks live?"
GOAL_MS, SLOWER, ASKS, SEED = 2, 4, 50, 20261127
QUICK, FULL = 20, 100
PAGES = f"""
import json
from random import Random
from tamizdat.asks.rules import decks
from tamizdat.bakery.renderer import Renderer
from tests.pages.asking import asking
from tests.pages.at_random import an_ask
from tests.pages.test_the_device_decides import sheet
random = Random({SEED})
asks = [an_ask(random, number) for number in range({ASKS})]
made = {{}}
for name, room in (("as dealt", decks.ROOM), ("crowded", 1_000_000)):
    decks.ROOM = room
    made[name] = Renderer(asking(*asks)).render(sheet(asks[0].placement.APPEAL)).decode()
print(json.dumps(made))
"""
ADDRESS = "http://paper.example/"
SCRIPT, ENDS = "<script>", "</script>"
DECIDING = ("const picked=", "const asked=")  # what stands in the script where it begins and where it has decided


def kept(random: Random) -> str:
    """What a reader of some months remembers."""
    days = [f"2026-{month:02}-{day:02}" for month in (9, 10, 11) for day in range(1, 27)]
    return json.dumps({
        "version": 2,
        "quiet": {"notice": random.choice(days)},
        "first": days[0],
        "reads": {day: {"all": random.randrange(1, 9), "/topics/floods/": 1} for day in days},
        "seen": {at: sorted(random.sample(days, 12)) for at in ("notice", "appeal")},
        "dice": {f"ask-{number}": random.random() for number in range(ASKS)},
    })  # fmt: skip


def watched(html: str) -> dict[str, str]:
    """The page with a watch around its script and around its decision; and with a script of nothing."""
    before, _, rest = html.partition(SCRIPT)
    script, _, after = rest.partition(ENDS)
    for name, at in zip(("decides", "decided"), DECIDING, strict=True):
        assert at in script, f"the script says nothing of {at}"
        script = script.replace(at, mark(name) + at, 1)
    scripts = {"page": script, "nothing": "{}"}
    around = [SCRIPT + mark(name) + ENDS for name in ("begins", "ends")]
    return {name: f"{before}{around[0]}{SCRIPT}{said}{ENDS}{around[1]}{after}" for name, said in scripts.items()}


def mark(name: str) -> str:
    return f"performance.mark('{name}');"


def opened(chromium: Browser, html: str, remembers: str) -> dict[str, float]:
    """Milliseconds on a slow telephone, and how many asks it decided on."""
    context = browser.reader(chromium, bypass_csp=True, timezone_id="Asia/Almaty", locale="en-GB")
    context.add_init_script(f"localStorage.tamizdat ??= {remembers!r}")
    page = context.new_page()
    page.route("**/*", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(ADDRESS, wait_until="domcontentloaded")
    taken = page.evaluate("""Object.fromEntries(performance.getEntriesByType("mark").map(
        ({ name, startTime }) => [name, startTime]))""")
    asks = page.evaluate("(document.documentElement.dataset.asks || '').split(';').length")
    context.close()
    whole = {"whole": taken["ends"] - taken["begins"], "asks": asks}
    return whole | ({"deciding": taken["decided"] - taken["decides"]} if "decided" in taken else {})


def spread(taken: list[float]) -> dict[str, float]:
    return {
        "p50_ms": round(median(taken), 2),
        "p95_ms": round(quantiles(taken, n=20)[18], 2),
        "worst_ms": round(max(taken), 2),
    }


def measured(chromium: Browser, html: str, times: int) -> dict[str, Any]:
    random, pages = Random(SEED), watched(html)
    seen: dict[str, list[dict[str, float]]] = {name: [] for name in pages}
    for _ in range(times):
        remembers = kept(random)
        for name, made in pages.items():
            seen[name].append(opened(chromium, made, remembers))
    return {
        "asks_in_the_deck": seen["page"][0]["asks"],
        "deciding": spread([one["deciding"] for one in seen["page"]]),
        "whole": spread([one["whole"] for one in seen["page"]]),
        "a_script_of_nothing": spread([one["whole"] for one in seen["nothing"]]),
    }


def main() -> None:
    times = QUICK if is_quick(QUESTION) else FULL
    with tempfile.TemporaryDirectory() as folder, founded(Path(folder) / "paper") as newsroom:
        pages = json.loads(newsroom.shell(PAGES))
    before = idle()
    with browser.opened() as chromium:
        found = {name: measured(chromium, html, times) for name, html in pages.items()}
    publish("decide", {
        "question": QUESTION,
        "product": found["as dealt"]["deciding"]["p95_ms"],
        "peer": GOAL_MS,
        "ratio": round(found["as dealt"]["deciding"]["p95_ms"] / GOAL_MS, 3),
        "better": "lower",
        "detail": {**found, "times": times, "seed": SEED, "slower": SLOWER, "idle_before": before},
    })  # fmt: skip


if __name__ == "__main__":
    main()

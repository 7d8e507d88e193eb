"""How long does a slow telephone take to decide who is asked, with fifty asks live?

    python -m bench.decide --quick

A page of a long article is opened again and again in Chromium at a quarter of this machine's speed; the time is that
of the page's own script, from before it is read until it has decided, before anything is painted. Readers remember
what readers do. As dealt, a page holds as many wordings as its bytes allow; crowded, all fifty.
"""

import json
import tempfile
from pathlib import Path
from random import Random
from statistics import median, quantiles

from playwright.sync_api import Browser

from bench.measuring import idle, is_quick, publish
from tests import browser
from tests.newsrooms import founded

QUESTION = "Of the 2 ms promised for deciding on a slow telephone, how many are taken with fifty asks live?"
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
SCRIPT = "<script>"


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


def timed(html: str) -> str:
    """The page with a watch before and after its script."""
    before, _, rest = html.partition(SCRIPT)
    script, _, after = rest.partition("</script>")
    started, ended = (f"<script>performance.mark('{name}')</script>" for name in ("a", "b"))
    return f"{before}{started}{SCRIPT}{script}</script>{ended}{after}"


def decided(chromium: Browser, html: str, times: int) -> dict[str, float]:
    """Milliseconds that deciding took, and of how many asks."""
    random, taken, verdicts = Random(SEED), [], 0
    for _ in range(times):
        context = browser.reader(chromium, bypass_csp=True, timezone_id="Asia/Almaty", locale="en-GB")
        context.add_init_script(f"localStorage.tamizdat ??= {kept(random)!r}")
        page = context.new_page()
        page.route("**/*", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(ADDRESS, wait_until="domcontentloaded")
        taken.append(page.evaluate("performance.measure('decide', 'a', 'b').duration"))
        verdicts = page.evaluate("document.documentElement.dataset.asks").count(";") + 1
        context.close()
    return {
        "asks_in_the_deck": verdicts,
        "p50_ms": round(median(taken), 2),
        "p95_ms": round(quantiles(taken, n=20)[18], 2),
        "worst_ms": round(max(taken), 2),
    }


def main() -> None:
    times = QUICK if is_quick(QUESTION) else FULL
    with tempfile.TemporaryDirectory() as folder, founded(Path(folder) / "paper") as newsroom:
        pages = json.loads(newsroom.shell(PAGES))
    before = idle()
    with browser.opened() as chromium:
        found = {name: decided(chromium, timed(html), times) for name, html in pages.items()}
    publish("decide", {
        "question": QUESTION,
        "product": found["as dealt"]["p95_ms"],
        "peer": GOAL_MS,
        "ratio": round(found["as dealt"]["p95_ms"] / GOAL_MS, 3),
        "better": "lower",
        "detail": {**found, "times": times, "seed": SEED, "slower": SLOWER, "idle_before": before},
    })  # fmt: skip


if __name__ == "__main__":
    main()

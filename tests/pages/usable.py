"""What makes a page usable by everybody: axe has no complaint; the keyboard gets everywhere, and shows where it is."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

MOST_STOPS = 250
# One stop of the Tab key: which of the controls it is, and whether it can be seen there. A hidden box shows its label.
STOP = """() => {
    const here = document.activeElement;
    const shown = here.matches(".quietly") ? here.nextElementSibling : here;
    const style = getComputedStyle(shown), box = shown.getBoundingClientRect();
    const isSeen = (style.outlineStyle !== "none" || style.boxShadow !== "none") && box.width > 0 && box.right > 0;
    return [window.controls.indexOf(here), isSeen, shown.outerHTML.slice(0, 120)];
}"""
CONTROLS = """scope => {
    const all = document.querySelectorAll(`${scope} :is(a[href], button, summary, input:not([type=hidden]), select)`);
    const isFirst = one => one.type !== "radio" || one.checked;
    window.controls = [...all].filter(one => one.checkVisibility() && one.tabIndex >= 0 && isFirst(one));
    return window.controls.map(one => one.outerHTML.slice(0, 120));
}"""


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]


def unreached(page: Page, scope: str) -> list[str]:
    """The controls below `scope` that the Tab key does not come to, or where nobody would see that it has."""
    controls = page.evaluate(CONTROLS, scope)
    left = set(range(len(controls)))
    for _ in range(MOST_STOPS):
        if not left:
            break
        page.keyboard.press("Tab")
        stop, is_seen, html = page.evaluate(STOP)
        if stop in left and not is_seen:
            return [f"not seen: {html}"]
        left.discard(stop)
    return [controls[one] for one in sorted(left)]

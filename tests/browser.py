"""Debian's Chromium, driven by Playwright."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str:
    """Where the system's Chromium is. Fails with the line that installs it."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert found, "Chromium is missing: apt install chromium"
    return found


@contextmanager
def opened() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


def reader(browser: Browser, **options: Any) -> BrowserContext:
    """A reader with an empty device; `java_script_enabled=False` reads without script."""
    return browser.new_context(**{"viewport": {"width": 360, "height": 800}, **options})


# Set before any page script: adds up what moves under the reader's eyes, and keeps what it was.
LAYOUT_SHIFT = """
window.layoutShift = 0;
window.moved = [];
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) {
    window.layoutShift += entry.value;
    for (const { node, previousRect, currentRect } of entry.sources) {
      const said = node && (node.outerHTML || node.textContent).slice(0, 90);
      moved.push(`${said} from ${JSON.stringify(previousRect)} to ${JSON.stringify(currentRect)} at ${scrollY}`);
    }
  }
}).observe({type: "layout-shift", buffered: true});
"""

"""A reader without a mouse: Tab, arrows, Space and Enter."""

from playwright.sync_api import Locator, Page

IS_FOCUSED = "element => element === document.activeElement"
MOST_STOPS = 80


def tab_to(page: Page, wanted: Locator) -> None:
    """Tab onward until it has the focus. Fails when the keyboard never gets there."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if wanted.evaluate(IS_FOCUSED):
            return
    raise AssertionError(f"{MOST_STOPS} times Tab never reached {wanted}")


def choose(page: Page, wanted: Locator) -> None:
    """A radio button: Tab enters its group, arrows walk in it."""
    name = wanted.get_attribute("name")
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == name:
            break
    for _ in range(MOST_STOPS):
        if wanted.is_checked():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"the arrows never reached {wanted}")


def type_into(page: Page, wanted: Locator, text: str) -> None:
    tab_to(page, wanted)
    page.keyboard.type(text)


def press(page: Page, wanted: Locator) -> None:
    """A button or a link."""
    tab_to(page, wanted)
    page.keyboard.press("Enter")

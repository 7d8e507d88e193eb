"""People at the desk, as they would use it."""

from contextlib import suppress
from datetime import datetime

from playwright.sync_api import Page, TimeoutError

from tests.newsrooms import wait_until

IS_IN_THE_FORM = """text => [...document.querySelectorAll("[name^='body-'][name$='-value']")]
    .some(field => field.value.includes(text))"""


def log_in(page: Page, newsroom, *, login: str = "", password: str = "") -> None:
    """As the administrator, or as who is named."""
    page.goto(newsroom.address + "/desk/login/")
    page.locator("#id_username").fill(login or newsroom.login)
    page.locator("#id_password").fill(password or newsroom.password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/desk/")


def section(newsroom, slug: str = "") -> int:
    """The id of the first section of the default language, or of the one named."""
    where = f".filter(slug='{slug}')" if slug else ""
    code = (
        "from tamizdat.articles.models import SectionPage\n"
        f"print(SectionPage.objects{where}.order_by('path').first().pk)"
    )
    return int(newsroom.shell(code))


def write_article(page: Page, newsroom, *, title: str, text: str) -> None:
    begin_article(page, newsroom, under=section(newsroom), title=title, text=text)


def begin_article(page: Page, newsroom, *, under: int, title: str, text: str) -> None:
    """An article's form in a section, with title, standfirst and a paragraph; nothing is saved."""
    page.goto(f"{newsroom.address}/desk/pages/add/articles/articlepage/{under}/")
    page.locator("#id_title").fill(title)
    page.locator("#id_standfirst").fill("What the story is about, in a sentence.")
    add_paragraph(page)
    page.keyboard.type(text)
    page.get_by_text(text).first.wait_for()
    # The editor hands its text to the form a little later; sent before, the article would have no body.
    page.wait_for_function(IS_IN_THE_FORM, arg=text)


def add_paragraph(page: Page) -> None:
    """A paragraph at the top of the body, with the focus in it."""
    page.locator("#panel-child-content-body-section button[title='Insert a block']").first.click()
    page.get_by_role("option", name="Paragraph").click()
    page.wait_for_function("document.activeElement.isContentEditable")
    page.wait_for_timeout(300)  # the editor takes the focus, then loads what it holds


def add_picture(page: Page, name: str, content: bytes) -> None:
    """Send a file from the article's form to the desk's pictures. What comes of it is for the caller to see."""
    if not page.locator("#id_image-chooser-upload-file").is_visible():
        page.get_by_role("button", name="Choose an image").click()
        page.get_by_role("tab", name="Upload").click()
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.locator("#id_image-chooser-upload-file").set_input_files(file)
    page.locator("#id_image-chooser-upload-title").fill("A drawing")
    with page.expect_response(lambda answer: answer.request.method == "POST" and "/images/chooser/" in answer.url):
        page.locator("#tab-upload").get_by_role("button", name="Upload").click()


def press(page: Page, name: str) -> None:
    """A button at the foot of a page's form. A draft that is kept by itself meanwhile closes the list it is in."""
    toggle = page.locator(".footer [data-w-dropdown-target='toggle']")
    button = page.get_by_role("button", name=name, exact=True)

    def is_shown() -> bool:
        if toggle.get_attribute("aria-expanded") != "true":
            toggle.click()
        with suppress(TimeoutError):
            button.click(timeout=3_000, trial=True)
            return True
        return False

    wait_until(is_shown, f"the button {name!r} at the foot of the form")
    button.click()


def publish(page: Page) -> None:
    press(page, "Publish")
    page.get_by_text("published.").first.wait_for()


def open_panel(page: Page, name: str) -> None:
    """One of the panels at the side of a form: status or preview."""
    toggle = page.get_by_role("button", name=f"Toggle {name}")
    if toggle.get_attribute("aria-expanded") != "true":  # Wagtail remembers the last one
        toggle.click()


def schedule(page: Page, *, comes: datetime, goes: datetime) -> None:
    open_panel(page, "status")
    page.get_by_role("button", name="Set schedule").click()
    page.locator("#id_go_live_at").fill(f"{comes:%Y-%m-%d %H:%M}")
    page.locator("#id_expire_at").fill(f"{goes:%Y-%m-%d %H:%M}")
    # Not clicked: the calendar lies over it.
    page.get_by_role("button", name="Save schedule").press("Enter")
    page.get_by_text("Once scheduled:").first.wait_for()

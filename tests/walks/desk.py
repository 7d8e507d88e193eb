"""An editor at the desk, as a person would."""

from playwright.sync_api import Page

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
    page.goto(f"{newsroom.address}/desk/pages/add/articles/articlepage/{section(newsroom)}/")
    page.locator("#id_title").fill(title)
    page.locator("#id_standfirst").fill("What the story is about, in a sentence.")
    page.locator("#panel-child-content-body-section button[title='Insert a block']").first.click()
    page.get_by_role("option", name="Paragraph").click()
    page.wait_for_function("document.activeElement.isContentEditable")
    page.wait_for_timeout(300)  # the editor takes the focus, then loads what it holds
    page.keyboard.type(text)
    page.get_by_text(text).first.wait_for()
    # The editor hands its text to the form a little later; sent before, the article would have no body.
    page.wait_for_function(IS_IN_THE_FORM, arg=text)


def publish(page: Page) -> None:
    page.locator(".footer [data-w-dropdown-target='toggle']").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    page.get_by_text("published.").first.wait_for()

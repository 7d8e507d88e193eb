"""Whatever address a journalist types, and whatever button is there: what readers see stays as it is."""

import re

import pytest
from playwright.sync_api import Page

from tests.walks import desk

# Addresses of the desk that would change the paper, for an article `page` and a section `to`.
ADDRESSES = {
    "unpublish": "pages/{page}/unpublish/",
    "delete": "pages/{page}/delete/",
    "move": "pages/{page}/move/{to}/confirm/",
    "reorder": "pages/{to}/?ordering=ord",
    "publish many": "bulk/wagtailcore/page/publish/?id={page}",
    "unpublish many": "bulk/wagtailcore/page/unpublish/?id={page}",
    "delete many": "bulk/wagtailcore/page/delete/?id={page}",
    "move many": "bulk/wagtailcore/page/move/?id={page}",
    "add a topic": "snippets/articles/topic/add/",
    "add a redirect": "redirects/add/",
    "settle a workflow": "workflows/list/",
    "grant rights": "groups/",
    "become another": "users/",
    "add a language": "locales/new/",
    "change the site": "sites/",
    "the money": "gifts/",
}
WORDS = re.compile(r"\b(publish|unpublish|delete|move|approve|yes|add|save|create)\b", re.IGNORECASE)


@pytest.fixture
def standing(office):
    """The manifest of what readers are served, when nothing is being baked."""
    assert office.is_quiet()
    return office.manifest()


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
def test_an_address_that_is_typed_changes_nothing_whatever_is_pressed_there(journalist, office, address, standing):
    page, to = office.made["Herring"], office.made["Harbour"]
    journalist.goto(f"{office.address}/desk/{address.format(page=page, to=to)}")
    buttons = journalist.locator("main").get_by_role("button", name=WORDS).filter(visible=True)
    if buttons.count():
        buttons.first.click()
        journalist.wait_for_load_state()
    assert office.is_quiet() and office.manifest() == standing


def test_a_button_that_is_forged_into_the_form_only_saves_a_draft(journalist, office, standing):
    journalist.goto(office.form("Herring"))
    assert journalist.get_by_role("button", name="Publish").count() == 0
    journalist.locator("#id_standfirst").fill("Forged.")
    forge(journalist, "action-publish")
    assert office.is_quiet() and office.manifest() == standing
    assert "Forged." not in office.file("/news/herring/")


def forge(page: Page, name: str) -> None:
    """Send the form that is open with a button that it does not offer."""
    with page.expect_navigation():
        page.evaluate(
            """name => {
              const form = document.querySelector("[data-edit-form], #page-edit-form");
              form.insertAdjacentHTML("beforeend", `<input type="hidden" name="${name}" value="${name}">`);
              HTMLFormElement.prototype.submit.call(form);
            }""",
            name,
        )


@pytest.mark.parametrize("path", ["unpublish/", "delete/", "convert_alias/", "lock/", "unlock/"])
def test_a_form_that_is_forged_whole_is_refused(journalist, office, path, standing):
    send(journalist, f"{office.address}/desk/pages/{office.made['Herring']}/{path}")
    assert office.is_quiet() and office.manifest() == standing


def send(page: Page, address: str) -> None:
    token = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "csrftoken")
    answer = page.request.post(address, form={"csrfmiddlewaretoken": token}, headers={"Referer": address})
    assert "csrf" not in answer.text().lower() or answer.status != 403, "the attempt never reached the desk's rule"


def test_a_copy_is_a_draft(journalist, office, standing):
    journalist.goto(f"{office.address}/desk/pages/{office.made['Herring']}/copy/")
    assert journalist.get_by_label("Publish copied page").count() == 0
    journalist.locator("#id_new_title").fill("Sprats")
    journalist.locator("#id_new_slug").fill("sprats")
    journalist.get_by_role("button", name="Copy this page").click()
    journalist.get_by_text("copied").first.wait_for()
    assert office.is_quiet() and office.manifest() == standing
    assert office.file("/news/sprats/") == ""


def test_what_is_submitted_cannot_be_approved_by_who_wrote_it(journalist, office, standing):
    journalist.goto(office.form("Islands"))
    desk.press(journalist, "Submit to A second pair of eyes")
    journalist.get_by_text("submitted for moderation").first.wait_for()
    (task,) = office.newsroom.rows("SELECT max(id) FROM wagtailcore_taskstate")[0]
    page = office.made["Islands"]
    send(journalist, f"{office.address}/desk/pages/{page}/workflow/action/approve/{task}/")
    journalist.goto(office.form("Islands"))
    assert journalist.get_by_role("button", name="Approve").count() == 0
    assert office.newsroom.rows(f"SELECT status FROM wagtailcore_taskstate WHERE id = {task}") == [("in_progress",)]
    assert office.is_quiet() and office.manifest() == standing
